"""Where does this instance keep its data, and which instance is it?"""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The folder this instance owns: `HAVRE_HOME`, else the user's data folder. Created on first use, mode 0700."""
    given = os.environ.get("HAVRE_HOME")
    path = Path(given) if given else Path(platformdirs.user_data_dir("havre", appauthor=False))
    path.mkdir(parents=True, exist_ok=True)
    os.environ["HAVRE_HOME"] = str(path.resolve())  # so that every child process has the same
    return path.resolve()


def keyring_path() -> Path:
    """The file of the instance key ring: `HAVRE_KEYRING`, else `keyring.json` in the home."""
    return Path(os.environ.get("HAVRE_KEYRING") or home() / "keyring.json")
