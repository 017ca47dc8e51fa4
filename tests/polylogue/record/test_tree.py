"""The tree is that of RFC 6962: the published vectors, and two ways to the root that always meet."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polylogue.record.tree import EMPTY, grow, leaf_hash, node_hash, root, tree_root

# Eight leaves and the roots of the trees of their first 0 to 8: facts taken from testonly/constants.go of
# transparency-dev/merkle (Apache-2.0).
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAF_HASHES = {2: "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7"}


def frontier_of(leaves: list[bytes]) -> list[bytes]:
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        grow(frontier, size, leaf)
    return frontier


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size: int):
    leaves = [leaf_hash(leaf) for leaf in LEAVES[:size]]
    assert tree_root(leaves).hex() == ROOTS[size]
    assert root(frontier_of(leaves), size).hex() == ROOTS[size]


def test_a_published_leaf_and_node():
    assert leaf_hash(LEAVES[2]).hex() == LEAF_HASHES[2]
    assert node_hash(leaf_hash(LEAVES[0]), leaf_hash(LEAVES[1])).hex() == ROOTS[2]
    assert sha256(b"").digest() == EMPTY


@given(st.integers(0, 600))
def test_the_frontier_leads_to_the_root_of_the_definition(size: int):
    leaves = [leaf_hash(size.to_bytes(2) + index.to_bytes(2)) for index in range(size)]
    assert root(frontier_of(leaves), size) == tree_root(leaves)


@given(st.integers(0, 2**40), st.integers(1, 8))
def test_a_frontier_of_another_size_is_refused(size: int, more: int):
    frontier = [leaf_hash(bytes(index)) for index in range(size.bit_count() + more)]
    before = list(frontier)
    with pytest.raises(ValueError, match=f"a tree of {size} leaves"):
        grow(frontier, size, EMPTY)
    with pytest.raises(ValueError, match=f"a tree of {size} leaves"):
        root(frontier, size)
    assert frontier == before
