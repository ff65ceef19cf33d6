"""The questions of each step of a case."""
