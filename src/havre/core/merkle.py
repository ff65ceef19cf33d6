"""Has the log only grown, and does it hold this entry? (RFC 6962 trees, RFC 9162 proofs)

Leaves are the raw bytes of entries (`canonical` makes them); hashes are SHA-256. The frontier is all that is
needed to append: one hash per set bit of the size. Checkpoints are C2SP signed notes, see `checkpoints`.
"""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from havre.core.canonical import canonical
from havre.core.checkpoints import Checkpoint, checkpoint, sign_checkpoint, verifier_key, verify_checkpoint

__all__ = [
    "EMPTY_ROOT",
    "Checkpoint",
    "Frontier",
    "canonical",
    "checkpoint",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "root",
    "sign_checkpoint",
    "verifier_key",
    "verify_checkpoint",
    "verify_consistency",
    "verify_inclusion",
]

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
_SIZE = struct.Struct(">Q")


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The state of a log of `size` entries: the roots of its full subtrees, the largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError("a frontier holds one hash for each set bit of its size")
        if any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise ValueError("a hash has 32 bytes")

    def append(self, leaf: bytes) -> "Frontier":
        """The state after one more entry (raw bytes)."""
        node, size, peaks = leaf_hash(leaf), self.size, list(self.peaks)
        while size & 1:
            node = _node_hash(peaks.pop(), node)
            size >>= 1
        return Frontier(self.size + 1, (*peaks, node))

    def root(self) -> bytes:
        """The root of the tree; EMPTY_ROOT when there are no entries."""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = _node_hash(peak, node)
        return node

    def to_bytes(self) -> bytes:
        """Size (8 bytes, big-endian), then the hashes."""
        return _SIZE.pack(self.size) + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Frontier":
        """Read what `to_bytes` wrote; ValueError when it is something else."""
        if len(data) < _SIZE.size:
            raise ValueError("a frontier begins with its size")
        (size,) = _SIZE.unpack_from(data)
        hashes = data[_SIZE.size :]
        return cls(size, tuple(hashes[i : i + HASH_BYTES] for i in range(0, len(hashes), HASH_BYTES)))


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of a tree over these entries."""
    return _root([leaf_hash(leaf) for leaf in leaves])


def _root(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = _split(len(hashes))
    return _node_hash(_root(hashes[:split]), _root(hashes[split:]))


def _split(size: int) -> int:
    """The largest power of two below `size`, for a size of at least two."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from entry `index` to the root of all `leaves`."""
    if not 0 <= index < len(leaves):
        raise ValueError("no such entry")
    proof: list[bytes] = []
    hashes = [leaf_hash(leaf) for leaf in leaves]
    while len(hashes) > 1:
        split = _split(len(hashes))
        if index < split:
            proof.append(_root(hashes[split:]))
            hashes = hashes[:split]
        else:
            proof.append(_root(hashes[:split]))
            hashes, index = hashes[split:], index - split
    return tuple(reversed(proof))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the tree of `size` entries with this root holds the entry at `index` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last = leaf_hash(leaf), size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = _node_hash(sibling, node)
            while not index & 1:
                index, last = index >> 1, last >> 1
        else:
            node = _node_hash(node, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and node == root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """The hashes that show that the first `old_size` entries still begin the log."""
    if not 0 <= old_size <= len(leaves):
        raise ValueError("the log never had this size")
    if old_size in (0, len(leaves)):
        return ()
    proof: list[bytes] = []
    hashes, old, whole = [leaf_hash(leaf) for leaf in leaves], old_size, True
    while old < len(hashes):
        split = _split(len(hashes))
        if old <= split:
            proof.append(_root(hashes[split:]))
            hashes = hashes[:split]
        else:
            proof.append(_root(hashes[:split]))
            hashes, old, whole = hashes[split:], old - split, False
    if not whole:
        proof.append(_root(hashes))
    return tuple(reversed(proof))


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the log of `new_size` begins with that of `old_size` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    if not path:
        return False
    old, new = old_size - 1, new_size - 1
    while old & 1:
        old, new = old >> 1, new >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if new == 0:
            return False
        if old & 1 or old == new:
            first, second = _node_hash(sibling, first), _node_hash(sibling, second)
            while old and not old & 1:
                old, new = old >> 1, new >> 1
        else:
            second = _node_hash(second, sibling)
        old, new = old >> 1, new >> 1
    return new == 0 and first == old_root and second == new_root
