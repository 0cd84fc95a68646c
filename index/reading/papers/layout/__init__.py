"""Where text stands on pages: shown pieces become lines, columns, tables and paragraphs in reading order."""
