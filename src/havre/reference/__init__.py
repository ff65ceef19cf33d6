"""What does everyone agree on: code lists, countries, languages and places, versioned with the code."""
