"""Patterns of vulnerability in the browser: what goes with what, where and when it arises, what changed."""
