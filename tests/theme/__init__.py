"""Tests of dossier/theme."""
