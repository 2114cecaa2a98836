"""Tests of dossier/build/output."""
