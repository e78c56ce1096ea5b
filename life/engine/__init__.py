"""Whole boards at once."""
