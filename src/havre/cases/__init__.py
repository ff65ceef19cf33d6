"""The cases domain: see README.md of this package."""
