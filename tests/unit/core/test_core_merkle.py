"""The log proves what it holds and that it only grew."""

import pytest
from pymerkle import InmemoryTree

from havre.core import merkle
from havre.core.merkle import Frontier

# The eight entries and roots that Certificate Transparency implementations share as test data.
LEAVES = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", bytes(range(96, 112)).hex())]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(leaves: list[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.append(leaf)
    return frontier


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1] == grown(LEAVES[:size]).root().hex()


def test_an_empty_log_has_the_hash_of_nothing_as_root() -> None:
    assert merkle.root([]) == merkle.EMPTY_ROOT == Frontier().root() == InmemoryTree().get_root(0)


def test_the_frontier_survives_storage() -> None:
    for size in range(9):
        frontier = grown(LEAVES[:size])
        stored = frontier.to_bytes()
        assert Frontier.from_bytes(stored) == frontier and len(stored) == 8 + 32 * size.bit_count()


@pytest.mark.parametrize("stored", [b"", bytes(7), bytes(8) + b"x", (1).to_bytes(8, "big"), bytes(7) + b"\x01x"])
def test_a_broken_frontier_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError):
        Frontier.from_bytes(stored)


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(ValueError, match="set bit"):
        Frontier(-1, (bytes(32),))


def test_every_entry_is_proved_in_every_log_up_to_40() -> None:
    leaves = [str(n).encode() for n in range(40)]
    for size in range(1, 41):
        root = merkle.root(leaves[:size])
        for index in range(size):
            proof = merkle.inclusion_proof(leaves[:size], index)
            assert merkle.verify_inclusion(leaves[index], index, size, proof, root)
            assert not merkle.verify_inclusion(b"other", index, size, proof, root)
            assert not merkle.verify_inclusion(leaves[index], index, size, (*proof, bytes(32)), root)
            assert not merkle.verify_inclusion(leaves[index], index, size, proof[:-1], root) or size == 1


def test_every_growth_up_to_40_is_proved() -> None:
    leaves = [str(n).encode() for n in range(40)]
    roots = [merkle.root(leaves[:size]) for size in range(41)]
    for new in range(41):
        for old in range(new + 1):
            proof = merkle.consistency_proof(leaves[:new], old)
            assert merkle.verify_consistency(old, new, roots[old], roots[new], proof)
            assert not merkle.verify_consistency(old, new, bytes(32), roots[new], proof)
            assert not merkle.verify_consistency(old, new, roots[old], bytes(32), proof) or old == 0
            assert not merkle.verify_consistency(old, new, roots[old], roots[new], (*proof, bytes(32)))
            if proof:
                assert not merkle.verify_consistency(old, new, roots[old], roots[new], proof[:-1])
                assert not merkle.verify_consistency(old, new, roots[old], roots[new], ())


def test_a_rewritten_entry_breaks_the_growth() -> None:
    honest, forged = LEAVES[:], [*LEAVES[:2], b"rewritten", *LEAVES[3:]]
    proof = merkle.consistency_proof(forged, 5)
    assert not merkle.verify_consistency(5, 8, merkle.root(honest[:5]), merkle.root(forged), proof)


def test_proofs_of_what_never_was_are_refused() -> None:
    for index in (-1, 8):
        with pytest.raises(ValueError, match="no such entry"):
            merkle.inclusion_proof(LEAVES, index)
    for size in (-1, 9):
        with pytest.raises(ValueError, match="never had"):
            merkle.consistency_proof(LEAVES, size)
    root = merkle.root(LEAVES)
    assert not merkle.verify_inclusion(LEAVES[0], 8, 8, (), root)
    assert not merkle.verify_inclusion(LEAVES[0], -1, 8, (), root)
    assert not merkle.verify_consistency(9, 8, root, root, ())
    assert not merkle.verify_consistency(-1, 8, root, root, ())


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = merkle.leaf_hash(LEAVES[0]), merkle.leaf_hash(LEAVES[1])
    assert merkle.root([left + right]) != merkle.root(LEAVES[:2])


def test_a_proof_for_a_smaller_log_does_not_pass_for_a_larger_one() -> None:
    proof = merkle.inclusion_proof(LEAVES[:2], 0)
    assert merkle.verify_inclusion(LEAVES[0], 0, 2, proof, merkle.root(LEAVES[:2]))
    assert not merkle.verify_inclusion(LEAVES[0], 0, 4, proof, merkle.root(LEAVES[:2]))
    growth = merkle.consistency_proof(LEAVES[:4], 2)
    roots = merkle.root(LEAVES[:2]), merkle.root(LEAVES[:4])
    assert merkle.verify_consistency(2, 4, *roots, growth)
    assert not merkle.verify_consistency(2, 8, *roots, growth)
