"""The tags themselves, one module per family of parts; registered in templatetags/parts.py."""
