"""Tests of dossier/planning."""
