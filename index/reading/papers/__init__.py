"""PDF and Word documents to articles, in the order in which a person reads them."""
