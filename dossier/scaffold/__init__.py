"""New content files: `new briefing`, `new company` and the like."""
