"""What stands within a block of Markdown: emphasis, links, code and other signs."""
