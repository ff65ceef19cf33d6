"""The tracing domain: see README.md of this package."""
