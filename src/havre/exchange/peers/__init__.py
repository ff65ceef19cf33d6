"""Asking another instance whether it may hold a child, without telling it whom we seek. See README.md."""
