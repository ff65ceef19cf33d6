"""Patterns of vulnerability: what goes with what, where and when it arises, and what changed. Read from released sheets, never from rows."""
