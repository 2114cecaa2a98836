"""Tables: those of Markdown, and those that authors keep as CSV files."""
