"""The page that shows how to link two registers: its blocks run, one after the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from havre.linkage.command import link

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "link-two-registers.md"


def test_every_block_of_the_how_to_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    known: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 6
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), known)
    assert "L0 R0" in capsys.readouterr().out
    command = next(line for line in text.splitlines() if line.startswith("havre link"))
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)][2:]
    done = CliRunner().invoke(link, words)
    assert done.exit_code == 0, done.output
    assert Path("report.html").is_file()
