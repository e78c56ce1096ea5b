"""What is done with a part of a board: selecting it, turning it, filling it, and pasting another pattern over it."""
