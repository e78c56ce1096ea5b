"""Everything Qt. Imports life and is never imported by it."""
