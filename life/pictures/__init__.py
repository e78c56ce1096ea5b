"""The board as other programs show it: pictures, films, and the population as a table."""
