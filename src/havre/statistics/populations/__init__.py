"""Whom do we count, one population per file."""
