"""The records of the registration domain."""
