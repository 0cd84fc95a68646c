"""Web pages to articles: what is seen of them, and what they say of themselves."""
