"""What can be done in the window: the table of all actions, where each one stands, and how they are made."""
