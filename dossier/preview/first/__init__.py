"""What a preview answers while it is still reading a large site."""
