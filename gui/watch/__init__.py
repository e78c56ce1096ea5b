"""What the workspace Watch shows of a generation: as it happens, and again afterwards."""
