"""Systems that release statistics, each in a process of its own. Modules here that name a peer run under that peer's own Python."""
