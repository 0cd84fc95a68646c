"""Rows of cells to sentences that stand alone."""
