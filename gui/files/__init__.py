"""What surrounds the file that is open: the files before it, what it says about itself, and the copy for a crash."""
