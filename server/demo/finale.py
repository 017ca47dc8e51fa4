"""The end of a play: the adopted texts with the opinions on record, what was left and why, and how to look further."""

import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from polylogue.vocabulary import SessionId
from server.demo.acts import SCRIPTS
from server.demo.outcome import VISIBLE, ItemEnded, Moved, Outcome, Part
from server.demo.screen import BANNER, hanging

QUERY = "examples/queries/objections.graphql"
LANGUAGES = {"en": "English", "ru": "Russian", "zh-Hans": "Chinese"}
HEADING, HEADED = ("entry", "closeness"), "the acts that changed it most, and the last that changed words"
NO_FIGURE = "–"
NUMBER, LABEL = 2, 24
"""Columns by which an item's lines stand in, and of what a thing to do is for."""


def print_outcome(console: Console, outcome: Outcome) -> None:
    """How every item ended, in the words of the record."""
    console.print(Rule(Text(BANNER, "bold"), style="yellow"))
    console.print(Text(outcome.title, "bold"))
    for item in outcome.items:
        _print_item(console, item, outcome.names)
    _print_parts(console, outcome.parts)
    console.print(Rule(style="yellow"))


def print_further(console: Console, outcome: Outcome, audited: str, *, url: str, board: str, lasting: bool) -> None:
    """What the audit says of the record, and where to look on."""
    _print(console, Text(f"The record has {outcome.entries} entries and is {outcome.phase.lower()}."))
    if outcome.withheld:
        private = (
            f"The gallery was not shown {outcome.withheld} of them: interests behind positions, and stances that"
            " candidates expect"
        )
        _print(console, Text(f"{private}, which only their own seat, the chair and facilitators read.", "dim"))
    _print(console, Text(f"Audit: {audited}", "bold"))
    console.print()
    things = (
        ("the board", board if lasting else ""),
        ("the API by hand", f"{url}/graphql" if lasting else ""),
        ("a server that stays", "" if lasting else f"make serve  (the board is then at /s/{outcome.session})"),
        ("all acts, to read", f"{program()} minutes {outcome.session}"),
        ("the figures, drawn", f"{program()} convergence {outcome.session} --svg pictures"),
        ("check the record again", f"{program()} audit"),
        ("another script", f"{program()} demo --seed {_next_seed(outcome)}"),
    )
    _print_things(console, things)
    console.print()
    _print(console, Text("Who objected, why, and what changed afterwards? Ask as a facilitator, who reads everything:"))
    where = f"{url}/graphql" if lasting else "/graphql of `make serve`, in a browser"
    _print_things(console, (("the query", QUERY), ("to paste at", where), ("with this token", outcome.facilitator)))


def print_left(console: Console, session: SessionId) -> None:
    """What becomes of a session whose play is broken off, and where to find it."""
    left = f"The play was broken off. Session {session} stays as it was left, and nobody goes on with it."
    _print(console, Text(left, "bold"))
    things = (
        ("what there is", f"{program()} sessions"),
        ("its board", f"make serve  (the board is then at /s/{session})"),
        ("from the beginning", f"{program()} demo  (plays a new session)"),
    )
    _print_things(console, things)


def program() -> str:
    """This program as a person here would call it: by its name, or by the path by which it was called."""
    called = Path(sys.argv[0])
    if called.name != "polylogue" or shutil.which("polylogue") == str(called.absolute()):
        return "polylogue"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _signed(change: float) -> str:
    return f"{change:+.2f}".replace("-", "−")


def _next_seed(outcome: Outcome) -> int:
    """A seed that plays another script."""
    return (SCRIPTS.index(outcome.script.name) + 1) % len(SCRIPTS)


def _print(console: Console, text: Text, indent: int = 0, first: int = 0) -> None:
    for line in hanging(text, console, console.width, indent, first):
        console.print(line, soft_wrap=True)


def _print_things(console: Console, things: Iterable[tuple[str, str]]) -> None:
    """What a person may type or open, each in one line however long, so that it can be copied."""
    for what, how in things:
        if how:
            console.print(Text.assemble((f"{what:>{LABEL}}  ", "dim"), how), soft_wrap=True)


def _print_moved(console: Console, moved: Iterable[Moved], names: Mapping[str, str]) -> None:
    """By which entries an item's figure changed, under a heading; what is by stances that were changed is told where it
    is not nothing.
    """
    rows = [(HEADING, Text(HEADED, "dim"))]
    for each in moved:
        by = f"{names.get(each.line.who, each.line.who)} " if each.line.who else ""
        share = (
            f" ({_signed(each.by_moves)} of it by stances that were changed)" if abs(each.by_moves) >= VISIBLE else ""
        )
        change = NO_FIGURE if each.change is None else _signed(each.change)
        rows.append(((str(each.seq), change), Text(f"{by}{each.line.did}{share}", "dim")))
    for (entry, change), told in rows if len(rows) > 1 else ():
        columns = f"{entry:>{len(HEADING[0])}}  {change:>{len(HEADING[1])}}  "
        first, *others = hanging(told, console, console.width, NUMBER + len(columns))
        console.print(
            Text.assemble(" " * NUMBER, (columns, "dim" if told.plain == HEADED else "cyan"), first), soft_wrap=True
        )
        for line in others:
            console.print(line, soft_wrap=True)


def _print_parts(console: Console, parts: Sequence[Part]) -> None:
    """A line for each member, in the order of their names."""
    console.print()
    _print(console, Text("What each member gained and gave, by the record", "bold"), NUMBER)
    _print(
        console,
        Text(
            "Nothing is weighed. It gave way where a wording was chosen of which it held less than of another, and let "
            "pass what it had a reservation about.",
            "dim",
        ),
        NUMBER,
    )
    widest = max((len(part.name) for part in parts), default=0)
    for part in parts:
        told = "; ".join(words for words in (part.gained and f"gained {part.gained}", part.gave) if words) or NO_FIGURE
        _print(console, Text.assemble((f"{part.name:<{widest}}  ", "bold"), told), NUMBER + widest + 2, NUMBER)


def _print_item(console: Console, item: ItemEnded, names: Mapping[str, str]) -> None:
    console.print()
    _print(console, Text(f"{item.number}  {item.title}", "bold"), NUMBER + 1)
    if len(item.closeness) > 1:
        moved = f"Closeness, once all had spoken: {item.closeness[0]:.2f}; at the end: {item.closeness[-1]:.2f}."
        _print(console, Text(moved, "dim"), NUMBER, NUMBER)
    _print_moved(console, item.moved, names)
    if item.decision:
        _print(console, Text(f"Adopted by consensus as decision {item.decision}.", "green"), NUMBER, NUMBER)
    for clause in item.clauses:
        others = " and ".join(LANGUAGES.get(language, language) for language in clause.texts if language != "en")
        words = clause.texts.get("en") or next(iter(clause.texts.values()))
        also = f" (also in {others})" if others else ""
        text = Text.assemble(f"{clause.number}. ", (words, "italic" if clause.preambular else ""), (also, "dim"))
        _print(console, text, NUMBER + 3, NUMBER)
    for opinion in item.opinions:
        place = f" on clause {opinion.clause}" if opinion.clause else ""
        head = f"{opinion.kind.capitalize()} of {names.get(opinion.seat, opinion.seat)}{place}: "
        _print(console, Text.assemble((head, "blue"), opinion.text), NUMBER + 3, NUMBER)
    if item.deferred:
        _print(console, Text.assemble(("Deferred. ", "red"), item.deferred), NUMBER, NUMBER)
    if item.objections:
        close = f", however close they are ({item.closeness[-1]:.2f})" if item.closeness else ""
        _print(console, Text(f"Objections that stand{close}:", "red"), NUMBER, NUMBER)
    for objecting in item.objections:
        whose = "the draft" if objecting.of == "draft" else names.get(objecting.of, objecting.of)
        wording = f"in the wording of {whose}" if objecting.of else "as it stands"
        head = f"{names.get(objecting.seat, objecting.seat)} to clause {objecting.clause} {wording}: "
        settled = f" Would be settled by: {objecting.removed_by}" if objecting.removed_by else ""
        _print(console, Text.assemble((head, "red"), objecting.reason, (settled, "dim")), NUMBER + 3, NUMBER)
