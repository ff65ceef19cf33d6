"""The pure foundation: no framework, no input or output; time, ids and randomness are passed in."""
