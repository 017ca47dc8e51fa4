"""docs/api.md says what the API does: its examples are answered, its tables are the ones in the code.

`python -m tests.schema.api.test_docs` prints the tables as they should be.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from polylogue.refusals import RefusalCode
from polylogue.vocabulary import Role
from schema.api.actions import ACTIONS, Kind
from schema.api.english import SENTENCES
from tests.schema.api.house import house, on_sqlite

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
WRITTEN = {Kind.QUERY: "query", Kind.MUTATION: "mutation", Kind.SUBSCRIPTION: "subscription"}


def table(*rows: tuple[str, ...]) -> str:
    head, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join((head, "|" + "---|" * len(rows[0]), *rest))


def actions() -> str:
    """Who may knock for what."""
    heads = ("", *(role.lower() for role in Role), "anybody")
    rows = [
        (
            f"{WRITTEN[action.kind]} `{name}`",
            *("×" if role in action.roles else "" for role in Role),
            "×" if action.anybody else "",
        )
        for name, action in ACTIONS.items()
    ]
    return table(heads, *rows)


def codes() -> str:
    """Why a command is refused."""
    return table(("Code", "In a sentence"), *((f"`{code}`", SENTENCES[code][-1]) for code in RefusalCode))


def examples() -> Iterator[tuple[str, dict[str, Any]]]:
    """The documents of the page with their variables."""
    section = PAGE.partition("\n## Mutations")[2]
    for document, variables in re.findall(r"```graphql\n(.*?)```\n+```json\n(.*?)```", section, re.DOTALL):
        yield document, json.loads(variables)


def test_the_tables_are_those_in_the_code():
    for made in (actions(), codes()):
        assert made in PAGE, f"python -m {__name__}"


async def test_the_examples_are_answered(tmp_path: Path):
    async with house(on_sqlite(tmp_path)) as home:
        scene = await home.open()
        known = {"SESSION": scene.session, "ITEM": scene.item, "PROVISION": scene.provisions[0]}
        found = list(examples())
        assert found
        for document, variables in found:
            text = re.sub(r"\b(SESSION|ITEM|PROVISION)\b", lambda name: known[name[1]], json.dumps(variables))
            who = "KAZ" if "postPosition" in document else "organiser"
            response = await home.ask(document, json.loads(text), by=who)
            assert "errors" not in response, response
            assert all(answer["__typename"].endswith("Payload") for answer in response["data"].values()), response


async def test_the_figures_are_answered(tmp_path: Path):
    (document,) = re.findall(r"```graphql\n(query Figures.*?)```", PAGE, re.DOTALL)
    async with house(on_sqlite(tmp_path)) as home:
        scene = await home.open()
        variables = {"session": scene.session, "item": scene.item}
        response = await home.ask(document.replace("PROVISION", scene.provisions[0]), variables, by="KAZ")
    assert "errors" not in response, response
    assert response["data"]["session"]["item"]["unblocking"] == {"exact": True, "setCount": 1, "concerns": [], "sets": [
        {"seats": [], "cost": 0, "unknown": 0, "moves": []}
    ]}  # fmt: skip


async def test_candidates_are_answered(tmp_path: Path):
    (document,) = re.findall(r"```graphql\n(query Candidates.*?)```", PAGE, re.DOTALL)
    async with house(on_sqlite(tmp_path)) as home:
        scene = await home.open()
        response = await home.ask(document, {"session": scene.session, "item": scene.item}, by="KAZ")
    assert response == {"data": {"session": {"item": {"round": None}}}}


if __name__ == "__main__":
    sys.stdout.write(f"{actions()}\n\n{codes()}\n")
