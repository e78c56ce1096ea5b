"""Patterns as files hold them: reading, writing, and putting them on a board."""
