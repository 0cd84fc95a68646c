"""Speed, size and quality, of the ranker beside other engines and of the whole program (docs/benchmarks.md)."""
