"""History: what happened to briefings, by day."""
