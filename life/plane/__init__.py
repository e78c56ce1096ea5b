"""The board without edges: what is alive on it, kept so that memory follows the live cells and not the room between."""
