"""The store: sources, their versions and passages in one database that survives a crash at any moment."""
