"""People in from a file, people out in a file."""
