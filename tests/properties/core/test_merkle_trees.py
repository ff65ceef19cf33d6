"""Random logs have the roots and proofs that an independent implementation gives, and forged proofs fail."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency

from havre.core import merkle

LOGS = st.lists(st.binary(max_size=20), min_size=1, max_size=70)


def oracle(leaves: list[bytes]) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree


@settings(max_examples=100, deadline=None)
@given(LOGS)
def test_the_frontier_the_tree_and_the_oracle_agree_at_every_size(leaves: list[bytes]) -> None:
    tree, frontier = oracle(leaves), merkle.Frontier()
    for size, leaf in enumerate(leaves, 1):
        frontier = merkle.Frontier.from_bytes(frontier.append(leaf).to_bytes())
        assert frontier.size == size
        assert frontier.root() == merkle.root(leaves[:size]) == tree.get_root(size)


@settings(max_examples=100, deadline=None)
@given(LOGS, st.data())
def test_inclusion_proofs_are_those_of_the_oracle(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = merkle.inclusion_proof(leaves, index)
    theirs = oracle(leaves).prove_inclusion(index + 1, len(leaves)).serialize()["path"]
    assert theirs[0] == merkle.leaf_hash(leaves[index]).hex()
    assert sorted(h.hex() for h in proof) == sorted(theirs[1:])
    assert merkle.verify_inclusion(leaves[index], index, len(leaves), proof, merkle.root(leaves))


def subproof(old: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF as RFC 6962, 2.1.2 writes it."""
    if old == len(leaves):
        return [] if whole else [merkle.root(leaves)]
    split = max(1 << k for k in range(8) if 1 << k < len(leaves))
    if old <= split:
        return [*subproof(old, leaves[:split], whole), merkle.root(leaves[split:])]
    return [*subproof(old - split, leaves[split:], False), merkle.root(leaves[:split])]


@settings(max_examples=100, deadline=None)
@given(LOGS, st.data())
def test_consistency_proofs_are_those_of_the_definition(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    proof = merkle.consistency_proof(leaves, old)
    assert list(proof) == subproof(old, leaves, True)
    roots = merkle.root(leaves[:old]), merkle.root(leaves)
    assert merkle.verify_consistency(old, len(leaves), *roots, proof)
    # The oracle's own proof, in its own form, holds between our two roots.
    verify_consistency(*roots, oracle(leaves).prove_consistency(old, len(leaves)))


@settings(max_examples=100, deadline=None)
@given(LOGS, st.data())
def test_a_proof_changed_in_any_way_fails(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = list(merkle.inclusion_proof(leaves, index))
    root = merkle.root(leaves)
    junk = data.draw(st.binary(min_size=32, max_size=32))
    forged = data.draw(
        st.sampled_from(
            [[*proof, junk], [junk, *proof]]
            + [[*proof[:at], junk, *proof[at + 1 :]] for at in range(len(proof))]
            + [proof[:at] + proof[at + 1 :] for at in range(len(proof))]
        )
    )
    assert not merkle.verify_inclusion(leaves[index], index, len(leaves), forged, root)
    assert not merkle.verify_inclusion(leaves[index] + b"x", index, len(leaves), proof, root)


@settings(max_examples=100, deadline=None)
@given(LOGS, st.data())
def test_a_log_whose_past_was_changed_cannot_prove_growth(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    at = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves[:at], leaves[at] + b"x", *leaves[at + 1 :]]
    old_root, new_root = merkle.root(leaves[:old]), merkle.root(rewritten)
    proof = merkle.consistency_proof(rewritten, old)
    assert not merkle.verify_consistency(old, len(leaves), old_root, new_root, proof)
