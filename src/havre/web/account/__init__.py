"""Signing in, one's own sessions, the second step."""
