"""Reading of the content folder: its files, and the document in each."""
