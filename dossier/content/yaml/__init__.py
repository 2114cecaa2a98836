"""YAML by our schema: nodes with their positions, and what is said of what cannot be read."""
