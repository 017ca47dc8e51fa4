"""docs/procedure.md read as data, so that a page which says something else than the rules is found out."""

import re
from pathlib import Path

from tests.polylogue.procedure.moves import Move

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "procedure.md").read_text("utf-8")


def table(name: str) -> list[list[str]]:
    """The cells of a table's rows, without its head; the table is announced by a comment."""
    after = PAGE.partition(f"<!-- table: {name} -->\n\n")[2]
    rows = re.match(r"(?:\|.*\|\n)+", after)
    assert rows, f"there is no table {name!r}"
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[0].splitlines()[2:]]


def listed(cell: str) -> list[str]:
    return [word.strip("` ") for word in cell.split(",")] if cell else []


def _rules() -> dict[str, tuple[set[str], set[str]]]:
    """By number: the commands that a rule is about, and the codes that it says it refuses with."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for number, text in re.findall(r"^\*\*(\d\.\d+)\*\* (.*?)(?=^\*\*\d|^#)", PAGE, re.MULTILINE | re.DOTALL):
        assert number not in found, f"rule {number} is there twice"
        head = re.match(r"(?:`\w+`(?:, )?)*", text)
        assert head
        refused = " ".join(re.findall(r"Refused: ([^.]*)\.", text))
        found[number] = (set(re.findall(r"`(\w+)`", head[0])), set(re.findall(r"`([A-Z_]+)`", refused)))
    return found


def _moves() -> set[Move]:
    found: set[Move] = set()
    for command, *cells in table("moves"):
        for kind, cell in zip(("Session", "Item", "Text", "Provision"), cells, strict=True):
            for move in cell.split(";") if cell else ():
                before, after = move.split("→")
                found |= {Move(command, kind, state, after.strip()) for state in listed(before)}
    return found


RULES = _rules()
MOVES = _moves()
TOGETHER = {item: set(listed(texts)) for item, texts in table("together")}
GUARDS = {guard: set(listed(codes)) for guard, _, codes in table("guards")}
