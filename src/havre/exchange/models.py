"""The records of the exchange domain."""
