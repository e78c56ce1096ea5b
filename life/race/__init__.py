"""The race: the same board and the same waits in several strategies, each run in a child process of its own.

Inside a window that repaints, threads took up to five times as long; so nothing else runs where something is timed.
"""
