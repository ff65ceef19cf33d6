"""Parts: the template tags that every page is built from."""
