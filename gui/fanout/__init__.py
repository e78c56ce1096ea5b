"""The panel in which one chooses how a generation is run, what a cell waits for and what goes wrong."""
