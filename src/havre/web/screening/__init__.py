"""First contact at the border, and its arrival at child protection."""
