"""The live preview: a site that is served while it is written."""
