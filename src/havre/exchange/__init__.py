"""The exchange domain: see README.md of this package."""
