"""Files for programs and images that belong to no subject."""
