"""Tables that authors keep as CSV files: reading them, and what their columns hold."""
