"""Speed and quality against other engines, on the same work (docs/benchmarks.md)."""
