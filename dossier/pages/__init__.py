"""The plan of a site, and the pages that belong to no subject."""
