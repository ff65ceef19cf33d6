"""Django plumbing: database, sealed fields, records and edits, acting, actions, audit, keys, row-level security, jobs."""
