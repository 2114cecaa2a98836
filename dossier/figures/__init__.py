"""Figures: series of numbers across briefings."""
