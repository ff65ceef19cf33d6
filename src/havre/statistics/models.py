"""The records of statistics."""
