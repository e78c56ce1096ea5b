"""The one window for what cells raise: who got to know of it, and what the caller got instead."""
