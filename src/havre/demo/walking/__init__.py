"""A walk through Havre as six people would take it, over HTTP, with nothing but the standard library."""
