"""Tests of dossier/commands."""
