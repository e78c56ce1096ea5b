"""What happened in a generation: columns of times, and what is derived from them."""
