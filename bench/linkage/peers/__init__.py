"""Other systems to measure against, each in a process of its own. Modules here that name a peer run under the peers' own Python."""
