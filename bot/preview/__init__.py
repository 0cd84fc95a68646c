"""A Discord message drawn without Discord: as text for a terminal, as an SVG picture for documents."""
