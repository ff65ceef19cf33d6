"""Reading a sheet needs no solver: heavy libraries are imported where they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import havre.disclosure as disclosure


def test_the_package_alone_imports_no_heavy_library() -> None:
    asked = "import sys, havre.disclosure; print(*sorted({'scipy', 'numba', 'opendp', 'duckdb', 'pyarrow', 'pandas'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_every_public_name_is_there() -> None:
    assert all(getattr(disclosure, name) is not None for name in disclosure.__all__)
    with pytest.raises(AttributeError, match="no attribute"):
        getattr(disclosure, "nothing_like_it")  # noqa: B009 - asked for as a caller's typing error would
