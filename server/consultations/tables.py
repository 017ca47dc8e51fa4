"""An imported consultation in the terminal, and as JSON.

Why texts as `Text`: a statement with brackets in it must not be taken for the terminal's markup.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

NEXT = 5
"""Statements that are shown by their priority."""
_DIFFERENCES = 3

PLAIN = ("id", "session", "title", "language", "description", "source", "attribution", "digest")
COUNTS = ("participants", "statements", "votes", "grouping")


def as_json(row: Mapping[str, Any], differences: Sequence[str], *, new: bool) -> str:
    """All that is kept but the votes and the points; `imported` tells whether it is new."""
    shown = {name: row[name] for name in (*PLAIN, *COUNTS)}
    shown |= {"importedAt": row["imported_at"], "imported": new, "differences": list(differences)}
    shown |= {"texts": json.loads(row["texts"]), "figures": json.loads(row["figures"])}
    return json.dumps(shown, ensure_ascii=False)


def show(row: Mapping[str, Any], differences: Sequence[str], out: Console) -> None:
    """How many there are, what each group stands for, what all agree on, and which statements come next."""
    found, texts = json.loads(row["figures"]), {each["id"]: each["text"] for each in json.loads(row["texts"])}
    groups = found["groups"]
    by_whom = "as the export names them" if row["grouping"] == "EXPORT" else "found here"
    out.print(Text(row["title"], style="bold"), soft_wrap=True)
    out.print(
        f"{row['participants']:,} participants, {row['statements']:,} statements, {row['votes']:,} votes; "
        f"{len(groups)} {'group' if len(groups) == 1 else 'groups'}, {by_whom}",
        soft_wrap=True,
    )
    for group in groups:
        shown = [(each, _side(each)) for each in group["representative"]]
        _statements(f"Group {group['group']}: {group['members']} members stand for", shown, texts, out)
    common = [
        (each, f"{each['votes']} of {each['seen']} {side}")
        for side in ("agree", "disagree")
        for each in found["consensus"][side]
    ]
    _statements("What all agree on", common, texts, out)
    open_to_votes = (each for each in found["statements"] if not each["out"])
    first = sorted(open_to_votes, key=lambda each: -each["priority"])[:NEXT]
    coming = [(each, f"priority {each['priority']:.1f}") for each in first]
    _statements("Which statements come next", coming, texts, out)
    if differences:
        out.print(f"The files differ from each other in {len(differences)} places:")
        for each in differences[:_DIFFERENCES]:
            out.print(f"  {escape(each)}", soft_wrap=True)
    beside = f"beside session {row['session']}" if row["session"] else "beside no session"
    out.print(f"Imported as consultation {row['id']}, {escape(beside)}.", soft_wrap=True)


def _side(listed: Mapping[str, Any]) -> str:
    """How a group votes; a best agreement may stand on the list for a few who disagree more than elsewhere."""
    if listed["bestAgree"]:
        return f"{listed['agrees']} of {listed['seen']} agree"
    return f"{listed['votes']} of {listed['seen']} {listed['side']}"


def _statements(
    title: str, shown: Sequence[tuple[Mapping[str, Any], str]], texts: Mapping[str, str], out: Console
) -> None:
    out.print(f"\n{title}")
    if not shown:
        out.print("  nothing")
        return
    table = Table(show_header=False)
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    table.add_column()
    for each, figure in shown:
        table.add_row(Text(each["statement"]), figure, Text(texts[each["statement"]].strip()))
    out.print(table)
