"""Whole boards in bands of rows that any executor's workers compute: threads, processes, or other machines."""
