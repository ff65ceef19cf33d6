"""The identification domain: see README.md of this package."""
