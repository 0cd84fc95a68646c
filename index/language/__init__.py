"""French and English: from text to terms, which language a text is in, and what words mean the same in both."""
