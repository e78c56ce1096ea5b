"""What a board is: empty, still, cyclic or on its way; how many live on it; what the object is that one points at."""
