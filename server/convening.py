"""Convening a session from the command line: scheduled on the server that runs, with join cards for everybody.

Why a client of the server: a session is changed in one place only, and whoever has the host has its organiser's token.
"""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from polylogue.commands import ScheduleSession
from polylogue.scenario import Scenario
from polylogue.vocabulary import LanguageTag
from server.console.cards import sheet
from server.console.languages import interface
from server.demo.client import Client, PlayStopped
from server.installation import RunningServer, running
from server.lan import reaches_nobody
from server.mishaps import Stopped
from server.scenarios.loader import load
from server.settings import Settings

INVITE = """mutation($input: InviteInput!) { invite(input: $input) {
  ... on InvitePayload { cards { code url role seats reusable } } ... on Refusal { code message } } }"""
DOCUMENTS = Path(__file__).resolve().parent / "console"


class NotConvened(Stopped):
    """Not all of what was asked for was done; the message is for whoever asked for it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for besides the scenario: the sheet of cards as a file, in a language, and for whom cards are."""

    html: Path | None
    language: str | None
    reusable: bool
    as_json: bool


def convene(settings: Settings, scenario: str, wanted: Wanted, out: Console) -> None:
    """Schedule a session from a scenario, by its name or file, and give its join cards. Raises NotConvened, and
    ScenarioInvalid with what is wrong with a file.
    """
    made = load(scenario)
    language = LanguageTag(wanted.language or made.working)
    server = running(settings.data_dir) if settings.embedded else None
    if server is None:
        raise NotConvened(_nobody(settings))
    if wanted.html and not wanted.html.parent.is_dir():
        raise NotConvened(f"There is no directory {wanted.html.parent} to write to.")
    try:
        session, cards = asyncio.run(_convened(server, made, language, reusable=wanted.reusable))
    except PlayStopped as stopped:
        raise NotConvened(str(stopped)) from None
    if wanted.as_json:
        out.out(json.dumps(_document(server, session, cards), ensure_ascii=False), highlight=False)
    else:
        _show(server, session, cards, out)
    if wanted.html:
        _written(wanted.html, sheet(cards, session, interface([language])))
        if not wanted.as_json:
            out.print(f"The cards are in {escape(str(wanted.html))}, to be printed: eight on a sheet.", soft_wrap=True)


def _nobody(settings: Settings) -> str:
    if not settings.embedded:
        return "`polylogue new` works beside an embedded server; with a database set, use the first page or the API."
    return f"No server runs with {settings.data_dir}. Start one with `polylogue serve`, and try again beside it."


async def _convened(
    server: RunningServer, scenario: Scenario, language: LanguageTag, *, reusable: bool
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The session with the names of its seats, and its cards."""
    async with Client(server.url) as client:
        key = os.urandom(16).hex()
        scheduled = await client.give(ScheduleSession(scenario=scenario), server.token, key=key, shown="session { id }")
        if scheduled.refused:
            raise NotConvened(scheduled.sentence)
        id = scheduled.payload["session"]["id"]
        asked = {"sessionId": id, "idempotencyKey": f"{key} cards", "reusable": reusable}
        invited = (await client.ask(INVITE, server.token, input=asked))["invite"]
        if "cards" not in invited:
            raise NotConvened(f"Session {id} is scheduled, and has no cards: {invited['message']}")
        document = (DOCUMENTS / "cards.graphql").read_text("utf-8")
        session = (await client.ask(document, server.token, session=id, tongue=language))["session"]
        return session, invited["cards"]


def _written(file: Path, page: str) -> None:
    """Write a file that only this user can read: it holds codes. Raises NotConvened where it cannot be written."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            if file.is_file():
                os.fchmod(descriptor, 0o600)  # also one that was there before
            opened.write(page)
    except OSError as wrong:
        raise NotConvened(f"{file} cannot be written: {wrong.strerror}.") from None


def _document(server: RunningServer, session: dict[str, Any], cards: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"session": session["id"], "title": session["title"], "board": _board(server, session), "cards": cards}


def _show(server: RunningServer, session: dict[str, Any], cards: Sequence[dict[str, Any]], out: Console) -> None:
    names = {seat["code"]: seat["name"] or seat["code"] for seat in session["delegations"]}
    table = Table("role", "seat", "code", box=None, pad_edge=False)
    for card in cards:
        seats = ", ".join(f"{names[seat]} ({seat})" for seat in card["seats"])
        table.add_row(card["role"].lower(), escape(seats), f"[bold]{card['code']}[/]")
    out.print(f"[bold]{escape(session['title'] or '')}[/] is scheduled: {session['id']}", soft_wrap=True)
    out.print(table)
    whom = "several people each, until the session is sealed" if cards[0]["reusable"] else "one person each"
    out.print(f"Each code is shown this once; the cards are for {whom}.", soft_wrap=True)
    out.print(f"Open {_join(cards)}, or type the code at {server.site or server.url}", soft_wrap=True)
    out.print(f"Board: {_board(server, session)}", soft_wrap=True)
    if reaches_nobody(server.site or server.url):
        out.print("Phones do not reach this address: `polylogue serve --lan` gives one for the room.", soft_wrap=True)


def _join(cards: Sequence[dict[str, Any]]) -> str:
    return f"{cards[0]['url'].rpartition('/')[0]}/CODE"


def _board(server: RunningServer, session: dict[str, Any]) -> str:
    return f"{server.site or server.url}/s/{session['id']}"
