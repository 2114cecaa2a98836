"""Bodies: Markdown to HTML that knows nothing of the site."""
