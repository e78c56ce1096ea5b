"""The board as files for other programs: pictures, animations, and the population as a table."""
