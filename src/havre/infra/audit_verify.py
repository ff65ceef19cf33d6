"""Does an exported log hold together? Offline: no database, no Django, no secret."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from havre.core import merkle
from havre.core.crypto import Tampered

ORIGIN = "havre/audit"


@dataclass(frozen=True, slots=True)
class Verified:
    """`ok`, how many entries were read, and in a few words what is wrong when it is not."""

    ok: bool
    entries: int
    reason: str = ""


def verify_lines(lines: Iterable[str], *, witness: str | None = None, public: str | None = None) -> Verified:
    """Check every line of an export: canonical form, order, the signed root, and (when given) a witness's checkpoint."""
    tree = merkle.Frontier()
    last = ""
    seen_roots: dict[int, bytes] = {}
    wanted = _witness_size(witness)
    for text in lines:
        line = text.rstrip("\n")
        if last:
            problem = _entry_problem(last, tree.size)
            if problem:
                return Verified(False, tree.size, problem)
            tree = tree.append(last.encode())
            if tree.size == wanted:
                seen_roots[wanted] = tree.root()
        last = line
    if not last.startswith('{"checkpoint"'):
        return Verified(False, tree.size, "the file ends without a checkpoint")
    end = json.loads(last)
    key = bytes.fromhex(public or end["public"])
    try:
        stated = merkle.verify_checkpoint(key, end["checkpoint"], ORIGIN)
    except (Tampered, ValueError):
        return Verified(False, tree.size, "the checkpoint is not signed by this key")
    if stated.size != tree.size or stated.root != tree.root():
        return Verified(False, tree.size, "the entries are not those of the checkpoint: something was changed, added or removed")
    if witness is not None:
        return _against(witness, key, tree.size, seen_roots)
    return Verified(True, tree.size)


def _entry_problem(line: str, place: int) -> str:
    try:
        entry = json.loads(line)
        if entry["seq"] != place:
            return f"entry {place} is missing or out of order"
        if merkle.canonical(entry) != line.encode():
            return f"entry {place} is not in canonical form"
    except (ValueError, KeyError, TypeError):
        return f"entry {place} cannot be read"
    return ""


def _witness_size(witness: str | None) -> int:
    try:
        return int(witness.splitlines()[1]) if witness else -1
    except (IndexError, ValueError):
        return -1


def _against(witness: str, key: bytes, size: int, roots: dict[int, bytes]) -> Verified:
    try:
        old = merkle.verify_checkpoint(key, witness, ORIGIN)
    except (Tampered, ValueError):
        return Verified(False, size, "the witness's checkpoint is not signed by this key")
    if old.size > size:
        return Verified(False, size, "the witness has seen a longer log: entries were cut off")
    root = merkle.EMPTY_ROOT if old.size == 0 else roots.get(old.size, b"")
    if root != old.root:
        return Verified(False, size, "history before the witness's checkpoint was rewritten")
    return Verified(True, size)
