"""The endless plane in tiles, of which only those are computed that change."""
