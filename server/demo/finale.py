"""The end of a play: the adopted texts with the opinions on record, what was left and why, and how to look further."""

import shutil
import sys
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from server.demo.acts import SCRIPTS
from server.demo.outcome import ItemEnded, Outcome
from server.demo.screen import BANNER

INDENT = (0, 2, 0, 2)


def print_outcome(console: Console, outcome: Outcome) -> None:
    """How every item ended, in the words of the record."""
    console.print(Rule(Text(BANNER, "bold"), style="yellow"))
    console.print(Text(outcome.title, "bold"))
    for item in outcome.items:
        _print_item(console, item)
    console.print(Rule(style="yellow"))


def print_further(console: Console, outcome: Outcome, audited: str, *, url: str, board: str, lasting: bool) -> None:
    """What the audit says of the record, and where to look on."""
    record = f"The record has {outcome.entries} entries and is {outcome.phase.lower()}; "
    private = f"{outcome.withheld} of them, interests behind positions, were withheld from the gallery."
    console.print(Text(record + private))
    console.print(Text(f"Audit: {audited}", "bold"), soft_wrap=True)
    console.print()
    for what, how in (
        ("the board", board if lasting else ""),
        ("the API by hand", f"{url}/graphql" if lasting else ""),
        ("a server that stays", "" if lasting else "make serve  (the session and its board are still there)"),
        ("check the record again", f"{program()} audit"),
        ("another script", f"{program()} demo --seed {_next_seed(outcome)}"),
    ):
        if how:
            console.print(Text.assemble((f"{what:>24}  ", "dim"), how), soft_wrap=True)


def program() -> str:
    """This program as a person here would call it: by its name, or by the path by which it was called."""
    called = Path(sys.argv[0])
    if called.name != "polylogue" or shutil.which("polylogue") == str(called.absolute()):
        return "polylogue"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _next_seed(outcome: Outcome) -> int:
    """A seed that plays another script."""
    return (SCRIPTS.index(outcome.script.name) + 1) % len(SCRIPTS)


def _print_item(console: Console, item: ItemEnded) -> None:
    console.print()
    console.print(Text(f"{item.number}  {item.title}", "bold"))
    if len(item.closeness) > 1:
        moved = f"Closeness, once all had spoken: {item.closeness[0]:.2f}; at the end: {item.closeness[-1]:.2f}."
        console.print(Padding(Text(moved, "dim"), INDENT))
    if item.decision:
        console.print(Padding(Text(f"Adopted by consensus as decision {item.decision}.", "green"), INDENT))
    for clause in item.clauses:
        others = ", ".join(language for language in clause.texts if language != "en")
        words = clause.texts.get("en") or next(iter(clause.texts.values()))
        style = "italic" if clause.preambular else ""
        also = f"  (also {others})" if others else ""
        console.print(Padding(Text.assemble(f"{clause.number}. ", (words, style), (also, "dim")), INDENT))
    for opinion in item.opinions:
        place = f" on clause {opinion.clause}" if opinion.clause else ""
        head = f"{opinion.kind.capitalize()} of {opinion.seat}{place}: "
        console.print(Padding(Text.assemble((head, "blue"), opinion.text), INDENT))
    if item.deferred:
        standing = f" However close they are: objections that stand, {item.objections}." if item.objections else ""
        console.print(Padding(Text.assemble(("Deferred. ", "red"), item.deferred, (standing, "dim")), INDENT))
