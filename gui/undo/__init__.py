"""Undo and redo: what a step is, how little of it is kept, and the stack of them."""
