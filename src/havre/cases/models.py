"""The records of the cases domain."""
