"""The race in the window: choose, predict, run, compare.

What is measured runs in child processes of `life.race`; in here is only how one asks for it and looks at it.
"""
