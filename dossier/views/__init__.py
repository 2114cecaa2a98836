"""What the pages of several subjects share: parts of views, outputs, the builder."""
