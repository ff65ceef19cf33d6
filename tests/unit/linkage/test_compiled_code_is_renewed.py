"""Compiled code never outlives the source of what it calls."""

import os
from pathlib import Path

from havre.linkage.compiled import renew


def _write(path: Path, at: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    os.utime(path, (at, at))
    return path


def test_a_change_in_one_file_drops_what_was_compiled_before_it_everywhere(tmp_path: Path) -> None:
    _write(tmp_path / "names/kernel.py", 200)
    _write(tmp_path / "flat/search.py", 100)
    old = [_write(tmp_path / "names/__pycache__/kernel.similar-1.py311.nbi", 150), _write(tmp_path / "flat/__pycache__/search.best-2.py311.1.nbc", 150)]
    fresh = _write(tmp_path / "flat/__pycache__/search.best-2.py311.nbi", 250)
    assert renew(tmp_path) == 2
    assert not any(path.exists() for path in old)
    assert fresh.exists()


def test_nothing_is_dropped_while_nothing_changes(tmp_path: Path) -> None:
    _write(tmp_path / "kernel.py", 100)
    _write(tmp_path / "other.py", 900)  # has no compiled code
    kept = _write(tmp_path / "__pycache__/kernel.similar-1.py311.nbi", 150)
    assert renew(tmp_path) == 0
    assert kept.exists()
