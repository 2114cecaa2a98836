"""The market: who is where, worked out from moves."""
