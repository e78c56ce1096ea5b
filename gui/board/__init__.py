"""The painted board and what is done to it with mouse and keys."""
