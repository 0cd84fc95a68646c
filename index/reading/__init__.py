"""Reading: bytes from outside become an article, or one sentence that says why not."""
