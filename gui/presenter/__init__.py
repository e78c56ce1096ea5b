"""The presenter mode: the same window for people who sit far away."""
