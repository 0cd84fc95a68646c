"""Figures: quantities and dates read from text, what they mean, and the ledger that keeps them with their proof."""
