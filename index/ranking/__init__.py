"""Ranking: which passages of a shelf answer a question best (BM25)."""
