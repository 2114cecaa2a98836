"""Build steps: inputs, detection, production, publication."""
