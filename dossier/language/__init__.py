"""What depends on a language: messages, formats, typography."""
