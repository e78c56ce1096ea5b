"""How fast boards are computed, measured in one run, so that the figures can be compared."""
