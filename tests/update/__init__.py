"""Tests of dossier/update."""
