"""A build in steps: inputs, decisions, production, publication."""
