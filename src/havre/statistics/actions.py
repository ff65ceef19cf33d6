"""Everything that statistics writes, as actions."""
