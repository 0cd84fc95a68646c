"""Meaning: what a quantity in a text measures, of what, for which deal, since when, how certain, and who says so."""
