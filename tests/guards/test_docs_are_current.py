"""Is every setting, command, safeguard, address and field in the reference pages as the code has it?"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_described():
    from havre.config.described import SETTINGS
    named = {name for name, _, _ in SETTINGS}
    text = "\n".join(p.read_text("utf-8") for p in [*(ROOT / "src/havre/config").glob("*.py")])
    read = set(re.findall(r"env\.\w+\(\"(\w+)\"", text)) | set(re.findall(r"environ\.get\(\"(\w+)\"", text))
    inner = {"HAVRE_OWNER_URL", "HAVRE_APP_URL"}
    assert read - named - inner == set()
    assert named - read == set(), "described but never read"


@pytest.mark.parametrize("name", ["gates.md", "workflows.md", "permissions.md", "fields.md", "problems.md", "settings.md",
                                  "commands.md", "addresses.md"])
def test_the_page_says_what_the_code_says(name):
    from havre.cli.docs import FOLDER, HEAD, PAGES
    assert (FOLDER / name).read_text("utf-8") == HEAD + PAGES[name](), "run ./run docs and commit"


def test_every_message_is_in_french():
    from havre.cli.messages import missing
    assert list(missing()) == []
