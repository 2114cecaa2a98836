"""Views to bytes: templates, and files that code writes."""
