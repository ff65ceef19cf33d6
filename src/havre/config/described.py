"""The settings of an instance in words, for the reference page; a test fails when one is missing here."""

SETTINGS = [
    ("DATABASE_URL", "unset: embedded PostgreSQL", "Address of a PostgreSQL 15 or newer, as a user that may create roles"),
    ("DATABASE_APP_URL", "derived", "Address with the role that requests use, when you made that role yourself"),
    ("HAVRE_HOME", "the user's data folder (`./run`: `var/`)", "Folder of the embedded database and the key ring"),
    ("HAVRE_KEYRING", "`keyring.json` in HAVRE_HOME", "File of the instance key ring; keep it apart from backups of the data"),
    ("HAVRE_HOSTS", "this machine only", "Host names that may be asked for, separated by commas"),
    ("HAVRE_TLS", "off", "On when a proxy in front speaks TLS: secure cookies, strict transport"),
    ("HAVRE_PRACTICE", "off (demo: on)", "Practice notice on every page; people may sign in without a second step"),
    ("HAVRE_REQUIRE_TOTP", "on, off in practice", "Nobody signs in without a second step"),
    ("HAVRE_LEAVE_TO", "a neutral page of Havre", "Address that Leave now opens"),
    ("HAVRE_COUNTRY", "each agency's country", "Country policy used where no agency says one"),
    ("HAVRE_TIME_ZONE", "UTC", "Time zone of pages"),
    ("HAVRE_LOG_LEVEL", "INFO", "How much is logged; never personal data"),
    ("HAVRE_NO_MIGRATIONS", "off", "Tests only: tables straight from the models"),
]
