"""A shelf as one file, to move it or to look into it: written, checked, taken in."""
