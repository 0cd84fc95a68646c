"""The library of Sourcier: sources, passages, ranking and answers. It knows nothing of Discord or of a terminal."""
