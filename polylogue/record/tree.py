"""The Merkle tree of a session's record: RFC 6962 section 2.1 (RFC 9162 section 2.1.1), SHA-256.

Why a frontier and a recursive definition: the writer appends with a handful of hashes kept in the head row; an audit
computes the root from all leaves by another way, so that one fault cannot hide in both. Hashes are 32 bytes; sizes
count leaves.
"""

from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""Root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 ‖ data), data being the exact bytes of an entry."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def grow(frontier: list[bytes], size: int, leaf: bytes) -> None:
    """Append a leaf hash, in place, to the frontier of a tree of `size` leaves.

    The frontier holds the roots of the largest full subtrees from left to right, one per set bit of `size`.
    Raises ValueError if frontier and size do not belong together.
    """
    _check(frontier, size)
    node = leaf
    while size & 1:
        node = node_hash(frontier.pop(), node)
        size >>= 1
    frontier.append(node)


def root(frontier: Sequence[bytes], size: int) -> bytes:
    """The root of the tree of `size` leaves with this frontier; raises ValueError if they do not belong together."""
    _check(frontier, size)
    if not frontier:
        return EMPTY
    node = frontier[-1]
    for left in reversed(frontier[:-1]):
        node = node_hash(left, node)
    return node


def tree_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes by the definition itself (RFC 6962 section 2.1): for audits, not for growing."""

    def over(first: int, end: int) -> bytes:
        count = end - first
        if count == 1:
            return leaves[first]
        split = first + (1 << (count - 1).bit_length() - 1)
        return node_hash(over(first, split), over(split, end))

    return over(0, len(leaves)) if leaves else EMPTY


def _check(frontier: Sequence[bytes], size: int) -> None:
    if len(frontier) != size.bit_count():
        raise ValueError(f"a tree of {size} leaves has a frontier of {size.bit_count()} hashes, not {len(frontier)}")
