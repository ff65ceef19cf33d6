"""The pages of registration: find, the steps of a registration, and the family of a case."""
