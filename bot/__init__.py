"""The faces of Sourcier: they ask the library and show what it says."""
