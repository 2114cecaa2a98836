"""Search: the page, the records and the index."""
