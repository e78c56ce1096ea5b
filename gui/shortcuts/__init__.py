"""The keys of all actions: how they are changed, remembered and looked up."""
