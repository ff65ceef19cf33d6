"""Does the page “Release tables of a file” do what it says, block by block?"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "release-a-file.md"


def test_every_block_of_the_page_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```(python|sh)\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert [kind for kind, _ in blocks].count("sh") == 4
    seen: dict[str, object] = {}
    for kind, text in blocks:
        if kind == "python":
            exec(compile(text, str(PAGE), "exec"), seen)  # the page's own code, as a reader runs it
        else:
            for line in text.strip().splitlines():
                words = shlex.split(line)
                assert words[0] == "havre"
                done = subprocess.run([sys.executable, "-m", "havre.cli", *words[1:]], capture_output=True, text=True, timeout=120, check=False)
                assert done.returncode == 0, done.stderr
