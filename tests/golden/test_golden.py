"""What was once written is read, folded, written again to the same bytes and hashed to the same tree, for ever."""

import json
from pathlib import Path

from polylogue.events import KINDS
from polylogue.evolve import fold
from polylogue.record.envelope import read, write
from polylogue.record.prose import Said
from polylogue.record.tree import grow, leaf_hash, root, tree_root
from polylogue.state import State
from polylogue.vocabulary import SessionId
from tests.golden.history import golden

HERE = Path(__file__).parent
LINES = (HERE / "events.jsonl").read_bytes().splitlines()
TREE = json.loads((HERE / "tree.json").read_text("utf-8"))


def never(pointer: str, said: Said) -> str:
    raise AssertionError(f"the text at {pointer} is not sealed")


def test_every_kind_and_version_ever_written_is_there():
    written = {(line["kind"], line["v"]) for line in map(json.loads, LINES)}
    assert written == {(kind, v) for kind, event in KINDS.items() for v in range(1, event.v + 1)}


def test_each_line_is_written_again_to_the_same_bytes():
    for line in LINES:
        given = json.loads(line)
        nonce = bytes.fromhex(given["nonce"]) if given["nonce"] else None
        again = write(SessionId(given["session"]), given["command"], read(line), seal=never, nonce=nonce)
        assert again == line


def test_the_lines_fold_in_order():
    entries = [read(line) for line in LINES]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    state = fold(State(), entries)
    assert (state.phase, state.seq, state.decisions) == ("SEALED", len(LINES), 3)


def test_the_leaves_and_the_root_are_as_listed():
    leaves = [leaf_hash(line) for line in LINES]
    assert [leaf.hex() for leaf in leaves] == TREE["leaves"]
    frontier: list[bytes] = []
    for size, leaf in enumerate(leaves):
        grow(frontier, size, leaf)
    assert root(frontier, len(leaves)) == tree_root(leaves) == bytes.fromhex(TREE["root"])
    assert TREE["size"] == len(LINES)


def test_the_rules_of_today_write_these_lines():
    """If not: see tests/golden/__init__.py, and say in the commit why."""
    assert golden().stored == LINES
