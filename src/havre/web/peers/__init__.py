"""Pages of private questions between instances."""
