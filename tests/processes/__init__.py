"""Tests of dossier/processes."""
