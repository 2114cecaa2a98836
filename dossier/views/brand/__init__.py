"""What `site.yaml` says of the site itself, as every page shows it."""
