"""From content to a planned site: anew, or from what the last build kept."""
