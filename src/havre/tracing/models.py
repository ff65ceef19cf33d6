"""The records of the tracing domain."""
