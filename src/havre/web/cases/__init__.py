"""The pages of a case: the list, one child, and every step."""
