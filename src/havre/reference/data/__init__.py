"""Data files: places of the demonstration and the short list of languages."""
