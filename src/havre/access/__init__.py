"""Who may open what: people, agencies, teams, files, grants, bars, the one policy and the sign-in."""
