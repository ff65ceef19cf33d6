"""The browser: one folder per area; every view is a screen that calls queries and actions only."""
