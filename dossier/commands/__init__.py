"""The commands: what each does, its options, and what it prints."""
