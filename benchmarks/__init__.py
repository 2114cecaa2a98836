"""Measurements: a corpus, where the time of a build goes, and how other generators do."""
