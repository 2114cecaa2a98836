"""What authors write: the models, and reading `content/` into documents."""
