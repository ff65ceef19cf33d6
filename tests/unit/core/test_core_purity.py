"""The core imports no framework, and only its two key modules touch the cryptographic library."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import havre.core

CORE = Path(havre.core.__file__).parent
MODULES = sorted(CORE.glob("*.py"))
FORBIDDEN = {"django", "psycopg", "numpy", "requests", "socket", "sqlite3", "subprocess"}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            yield str(node.module)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_core_module_imports_only_the_core_and_pure_libraries(path: Path) -> None:
    for name in imported(path):
        assert name.partition(".")[0] not in FORBIDDEN, name
        assert not name.startswith("havre.") or name.startswith("havre.core"), name


def test_only_the_key_modules_import_the_cryptographic_library() -> None:
    statement = re.compile(r"^\s*(?:from|import) cryptography\b", re.MULTILINE)
    users = {str(path.relative_to(CORE.parent)) for path in CORE.parent.rglob("*.py") if statement.search(path.read_text(encoding="utf-8"))}
    assert "core/crypto.py" in users and users <= {"core/crypto.py", "core/keyring.py"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_core_module_is_small_and_says_its_question(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 300
    assert ast.get_docstring(ast.parse(source))
