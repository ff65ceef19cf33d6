"""Numbers about children: exact ones inside one's own files, and releases that cannot point to a child."""
