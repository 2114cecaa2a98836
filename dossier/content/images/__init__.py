"""Images that texts show: in the text, their sizes, and what is published of them."""
