"""The simulation and everything that is measured about it. No Qt, ever."""
