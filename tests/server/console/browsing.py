"""A reader of pages without scripts: signed in by a cookie, filling in forms as a browser would.

Why by hand: what a form says is then exactly what the page has in it.
"""

import html
import os
import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.server.console.pages import words
from tests.server.console.sitting import PATIENCE_SECONDS, Sitting, scheduled
from tests.serving import Server


@dataclass
class Form:
    """A form as it stands in a page: where it is sent to, and what is in its fields."""

    action: str
    fields: dict[str, str]


@dataclass
class Reader:
    """Somebody with a browser, with the page they see; `headers` go with all they ask for."""

    url: str
    headers: dict[str, str]
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    page: str = ""
    status: int = 0

    def ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        with httpx.Client(base_url=self.url, cookies=self.cookies, timeout=PATIENCE_SECONDS) as client:
            answer = client.request(method, address, headers=self.headers | more.pop("headers", {}), **more)
            self.cookies = client.cookies
        return answer

    def open(self, address: str) -> "Reader":
        self._see(self.ask("GET", address))
        return self

    def send(self, form: str, **said: str) -> httpx.Response:
        """Fill in a form of the page and send it, and see what comes; dots in names are written as two low lines."""
        found = self.form(form)
        given = {name.replace("__", "."): value for name, value in said.items()}
        return self.post(found.action, found.fields | given)

    def post(self, action: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        answer = self.ask("POST", action, data=fields, headers=headers)
        if answer.status_code == httpx.codes.SEE_OTHER:
            self.open(answer.headers["location"].partition("#")[0])
        else:
            self._see(answer)
        return answer

    def form(self, id: str) -> Form:
        found = re.search(rf'<form id="{re.escape(id)}".*?</form>', self.page, re.DOTALL)
        assert found, f"there is no form {id} among {self.forms}"
        action = re.search(r'action="([^"]*)"', found[0])
        assert action
        hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', found[0])
        areas = re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', found[0], re.DOTALL)
        chosen = re.findall(r'<select [^>]*name="([^"]*)".*?<option value="([^"]*)" selected', found[0], re.DOTALL)
        fields = {name: html.unescape(value) for name, value in (*hidden, *areas, *chosen)}
        return Form(html.unescape(action[1]), fields)

    @property
    def forms(self) -> list[str]:
        return re.findall(r'<form id="([^"]*)"', self.page)

    @property
    def refusals(self) -> list[str]:
        """What is said of what was sent, at whatever place."""
        found = re.findall(r'<p class="refusal"[^>]*role="alert">(.*?)</p>|id="refused"[^>]*>(.*?)</h2>', self.page)
        return [html.unescape(one or other) for one, other in found]

    @property
    def words(self) -> str:
        return html.unescape(words(self.page))

    def _see(self, answer: httpx.Response) -> None:
        assert answer.status_code != httpx.codes.INTERNAL_SERVER_ERROR, words(answer.text)
        self.page, self.status = answer.text, answer.status_code


def reader(server: Server, token: str | None = None, language: str = "en") -> Reader:
    """Somebody whose browser holds a token, or none, and prefers a language."""
    cookies = httpx.Cookies({"polylogue": token} if token else {})
    return Reader(server.url, {"Origin": server.url, "Accept-Language": language}, cookies)


def admitted(sitting: Sitting, role: str, *seats: str) -> str:
    """The token of somebody new in a session."""
    given = {"sessionId": sitting.id, "role": role, "seats": list(seats), "name": "Somebody", "fields": "token"}
    return sitting.server.give("admitPerson", sitting.chair, **given)["token"]


def seated(sitting: Sitting, *seats: str, language: str = "en") -> Reader:
    """A delegate of these seats, with the page of the first."""
    someone = reader(sitting.server, admitted(sitting, "DELEGATE", *seats), language)
    return someone.open(f"/s/{sitting.id}/seat")


REISSUE = """mutation($input: ReissueSeatInput!) { reissueSeat(input: $input) {
  __typename ... on ReissueSeatPayload { card { code } } } }"""


def reissued(sitting: Sitting, seat: str) -> str:
    """The code of a new card for a seat, whose phones are gone by it."""
    given = {"sessionId": sitting.id, "seats": [seat], "idempotencyKey": os.urandom(8).hex()}
    return sitting.server.ask(REISSUE, sitting.chair, input=given)["reissueSeat"]["card"]["code"]


INVITE = """mutation($input: InviteInput!) { invite(input: $input) {
  __typename ... on InvitePayload { cards { code } } } }"""


def cards(sitting: Sitting, *seats: str) -> list[str]:
    """The code of a card for seats that one person is to hold together."""
    given = {"sessionId": sitting.id, "seats": list(seats), "idempotencyKey": os.urandom(8).hex()}
    return [card["code"] for card in sitting.server.ask(INVITE, sitting.chair, input=given)["invite"]["cards"]]


def people(sitting: Sitting) -> dict[str, Reader]:
    """One of each who may look at a session, or may not."""
    server, other = sitting.server, scheduled(sitting.server, "small-council", public=False)
    lost = admitted(sitting, "DELEGATE", "CEDAR")
    reissued(sitting, "CEDAR")
    return {
        "stranger": reader(server),
        "of another session": reader(server, admitted(other, "DELEGATE", "BIRCH")),
        "revoked": reader(server, lost),
        "organiser": reader(server, server.organiser),
        "chair": reader(server, sitting.chair),
        "delegate": reader(server, admitted(sitting, "DELEGATE", "ALDER")),
        "facilitator": reader(server, admitted(sitting, "FACILITATOR")),
        "secretariat": reader(server, admitted(sitting, "SECRETARIAT")),
    }
