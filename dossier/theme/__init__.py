"""The theme: what Dossier brings, and what a site overrides of it."""
