"""Dossier: a static site generator for briefing sites."""
