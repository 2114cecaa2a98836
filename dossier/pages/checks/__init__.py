"""Checks of a plan: addresses that collide, links and names that lead nowhere."""
