"""Documents together: references, hierarchies, relations, status, addresses."""
