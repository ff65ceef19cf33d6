"""The shell: what is the same on every page (bar, places, Find, Leave now, language, account)."""
