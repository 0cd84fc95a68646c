"""The commands, by what they are for. Each is a thin face and imports what it needs when it runs."""
