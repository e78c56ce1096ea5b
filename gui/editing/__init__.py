"""What is done with a part of the board: selecting, copying, pasting, turning, filling."""
