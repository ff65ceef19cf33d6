"""The registration domain: see README.md of this package."""
