"""Numbers: a board for each role, one page for each indicator, and what every number means."""
