"""What an update of Dossier changes for a site: content and settings that are read differently."""
