"""The records of the identification domain."""
