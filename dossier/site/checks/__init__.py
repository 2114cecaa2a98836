"""Checks of documents together, once their references are resolved."""
