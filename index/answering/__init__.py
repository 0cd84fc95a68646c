"""Answering: what a question wants, which sentences give it, and whether that is enough."""
