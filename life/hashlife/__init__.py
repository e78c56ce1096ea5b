"""HashLife: patterns that repeat themselves, taken further by steps of any size."""
