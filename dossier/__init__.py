"""Dossier: a static site generator for briefing sites."""

__version__ = "0.1.0"
