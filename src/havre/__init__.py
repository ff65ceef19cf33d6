"""Havre: one system for the whole chain of protecting children on the move."""

__version__ = "0.1.0"
