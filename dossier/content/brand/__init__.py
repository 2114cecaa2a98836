"""The brand in `site.yaml`: colours, menu, licence and links of the site itself."""
