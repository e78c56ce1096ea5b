"""What the rows of `gui.actions` do, one short method each; a class for every kind of thing that is done."""
