"""Releases in the browser: plans, approval, the ledger, the analyst's room, and the public catalogue."""
