"""The Today page: what is due for whoever is here."""
