"""Blocks of Markdown: paragraphs, headings, lists, and what encloses them."""
