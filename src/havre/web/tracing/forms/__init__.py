"""The questions of tracing, one module per piece of work."""
