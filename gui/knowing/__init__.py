"""What the window says of the board: what a run has come to, how many live, and what the pointer is at."""
