"""The pattern library beside the board: what there is, found by looking or by searching, opened, placed or dragged."""
