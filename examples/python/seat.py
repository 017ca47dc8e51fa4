"""Take a seat in a session and speak for it: follow the record, state stances, post a position.

Why worth copying: a lost connection costs this client nothing. It follows with `after`, so that no entry is missed or
comes twice, and sends a mutation again with the same `idempotencyKey`, so that nothing is said twice.

    python seat.py CARD [--url http://127.0.0.1:8440] [--stay]

CARD is the code of a join card, or the token that an earlier one gave.
"""

import argparse
import asyncio
import os
import re
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from gql import Client, GraphQLRequest
from gql.client import AsyncClientSession
from gql.transport.exceptions import (
    TransportConnectionFailed,
    TransportError,
    TransportQueryError,
    TransportServerError,
)
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport

COME_IN = """
mutation ComeIn($input: RedeemInvitationInput!) {
  done: redeemInvitation(input: $input) {
    __typename
    ... on RedeemInvitationPayload { token role seats }
    ... on Refusal { code message }
  }
}
"""

WHO_AM_I = "query WhoAmI { me { sessions { session { id title } seats } } }"

ON_THE_TABLE = """
query OnTheTable($session: ID!) {
  session(id: $session) {
    agenda { id title text { provisions { id number revision versions { language text } } } }
  }
}
"""

STATE_STANCES = """
mutation State($input: StateStancesInput!) {
  done: stateStances(input: $input) {
    __typename
    ... on StateStancesPayload { receipt { firstSeq seq leafHash at } stances { level } }
    ... on Refusal { code message }
  }
}
"""

POST_POSITION = """
mutation Post($input: PostPositionInput!) {
  done: postPosition(input: $input) {
    __typename
    ... on PostPositionPayload { receipt { firstSeq seq leafHash at } position { id } }
    ... on Refusal { code message }
  }
}
"""

# An entry that is not for this seat comes as `Withheld`, with its number and hash: numbers never have holes.
ENTRIES = """
subscription Entries($session: ID!, $after: Seq!) {
  entry: sessionEntries(sessionId: $session, after: $after) {
    __typename
    ... on Event { seq at kind seat detail { ... on PositionPosted { text { text } } } }
    ... on Withheld { seq leafHash }
  }
}
"""

PATIENCE = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
"""Seconds before each further try."""


class Refused(Exception):
    """The rules do not allow it now; `code` is stable, the sentence is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def door(url: str, token: str | None) -> Client:
    """Queries and mutations, over HTTP."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(transport=HTTPXAsyncTransport(f"{url}/graphql", headers=headers, timeout=30))


async def tell(http: AsyncClientSession, document: str, **given: object) -> dict[str, Any]:
    """The payload of a mutation. While it is not known whether it arrived, it is sent again, word for word.

    The key is what makes that safe: it is drawn once, before the first try. The server answers a key it knows with the
    receipt of the first time and does nothing.
    """
    request = GraphQLRequest(document, variable_values={"input": {"idempotencyKey": uuid.uuid4().hex, **given}})
    for wait in (*PATIENCE, None):
        try:
            answer = (await http.execute(request))["done"]
        except (TransportConnectionFailed, TransportServerError):
            if wait is None:
                raise
        else:
            if answer["__typename"].endswith("Payload"):
                return answer
            if answer["code"] != "SESSION_BUSY" or wait is None:
                raise Refused(answer["code"], answer["message"])
        await asyncio.sleep(wait)
    raise AssertionError("the last try either returns or raises")


async def come_in(url: str, code: str, name: str) -> str:
    """The token for a join card's code: one person's, for this session. A card counts once, so the token is kept.

    The key is drawn at random and told to nobody: together with the code it would give another token, and end this one.
    """
    async with door(url, None) as http:
        admitted = await tell(http, COME_IN, code=code, name=name)
    print(f"came in by the card of {', '.join(admitted['seats']) or admitted['role']}; for the next time:")
    print(admitted["token"])
    return admitted["token"]


@dataclass
class Following:
    """The record of a session, as this viewer may read it. `after` is the last entry that was handed out."""

    url: str
    token: str
    session: str
    after: int = 0
    socket: WebsocketsTransport | None = None

    async def entries(self) -> AsyncGenerator[dict[str, Any]]:
        """Each entry once and in order: those that are there, then as they come, over however many connections."""
        tries = 0
        while True:
            # On a WebSocket the token goes into the first message: headers do not count, for browsers cannot set them.
            self.socket = WebsocketsTransport(
                f"{self.url}/graphql".replace("http", "ws", 1),
                init_payload={"token": self.token},
                subprotocols=["graphql-transport-ws"],
            )
            # Where to go on is a variable of the subscription, so each connection asks for what is still missing.
            asked = GraphQLRequest(ENTRIES, variable_values={"session": self.session, "after": self.after})
            try:
                async with Client(transport=self.socket) as connection:
                    async for answer in connection.subscribe(asked):
                        tries, self.after = 0, answer["entry"]["seq"]
                        yield answer["entry"]
            except TransportError as lost:
                if not worth_another_try(lost):
                    raise
            except TimeoutError:
                pass
            await asyncio.sleep(PATIENCE[min(tries, len(PATIENCE) - 1)])
            tries += 1

    def cut(self) -> None:
        """Drop the connection as a failing network would: without a word of goodbye."""
        if self.socket and (websocket := self.socket.adapter.websocket):
            websocket.transport.abort()


def worth_another_try(lost: TransportError) -> bool:
    """Whether to connect again: not when the server says that this client is wrong (close codes 4400 to 4499)."""
    if isinstance(lost, TransportQueryError):  # `SUBSCRIPTION_LAGGING`: we read too slowly, and may go on after `after`
        return any(error.get("extensions", {}).get("code") == "SUBSCRIPTION_LAGGING" for error in lost.errors or ())
    closed = getattr(lost.__cause__, "rcvd", None)
    return closed is None or closed.code == 4408 or closed.code not in range(4400, 4500)


def line(entry: dict[str, Any]) -> str:
    """An entry in one line for a terminal."""
    if entry["__typename"] == "Withheld":
        return f"#{entry['seq']} withheld {entry['leafHash'][:8]}"
    said = entry["detail"].get("text")
    return f"#{entry['seq']} {entry['seat'] or '-'} {entry['kind']}" + (f": {said['text']}" if said else "")


async def play(url: str, card: str, *, name: str, stay: bool) -> None:
    """Take the seat, say two things, lose the connection in between."""
    token = card if card.startswith("plg_") else await come_in(url, card, name)
    async with door(url, token) as http:
        me = (await http.execute(GraphQLRequest(WHO_AM_I)))["me"]
        held = next((admission for admission in me["sessions"] if admission["seats"]), None)
        if held is None:
            raise SystemExit("This token holds no seat.")
        session, seat = held["session"]["id"], held["seats"][0]
        print(f"{seat} in {held['session']['title']}, {session}")
        following, heard = Following(url, token, session), list[int]()

        async with aclosing(following.entries()) as record:

            async def listen(until: int | None) -> None:
                async for entry in record:
                    print(line(entry))
                    heard.append(entry["seq"])
                    if entry["seq"] == until:
                        return

            table = await http.execute(GraphQLRequest(ON_THE_TABLE, variable_values={"session": session}))
            item = table["session"]["agenda"][0]
            own = {"sessionId": session, "seat": seat, "itemId": item["id"]}
            last = item["text"]["provisions"][-1]
            # `ifRevision`: should the wording have changed since it was read, this is a conflict and not a stance.
            reserved = {"provisionId": last["id"], "level": "RESERVE", "importance": 3, "ifRevision": last["revision"]}
            stated = await tell(http, STATE_STANCES, **own, stances=[reserved], forRest="SUPPORT")
            await listen(until=stated["receipt"]["seq"])
            print("stances stated, entry", stated["receipt"]["seq"])

            following.cut()
            print("connection dropped")
            text = f"{seat} can go along with the text and would rather say two days."
            position = {**own, "text": text, "language": "en", "idempotencyKey": uuid.uuid4().hex}
            first = await tell(http, POST_POSITION, **position)
            again = await tell(http, POST_POSITION, **position)  # as if the first answer had been lost
            assert again == first, "one key, one receipt"
            print("position posted, and sent again with the same key: one receipt, entry", again["receipt"]["seq"])

            await listen(until=first["receipt"]["seq"])  # posted while nobody listened
            assert heard == list(range(1, heard[-1] + 1)), "no gap, no double"
            print(f"heard {len(heard)} entries, each once")
            if stay:
                await listen(until=None)


def main() -> None:
    words = argparse.ArgumentParser(description="Take a seat in a session and speak for it.")
    words.add_argument("card", help="the code of a delegate's join card, or a token")
    words.add_argument("--name", default="Somebody at a terminal", help="who comes in; no delegation sees it")
    words.add_argument("--url", default=os.environ.get("POLYLOGUE_URL", "http://127.0.0.1:8440"), help="the server")
    words.add_argument("--stay", action="store_true", help="go on following until Ctrl-C")
    given = words.parse_args()
    if given.card.startswith("plg_") and not re.fullmatch("[!-~]+", given.card):
        raise SystemExit("That is no token: one is letters and digits without spaces. Was it copied whole?")
    try:
        asyncio.run(play(given.url, given.card, name=given.name, stay=given.stay))
    except Refused as wrong:
        raise SystemExit(str(wrong)) from None
    except TransportQueryError as wrong:  # for instance a token that is nobody's: access is no matter of a result
        raise SystemExit((wrong.errors or [{"message": str(wrong)}])[0]["message"]) from None
    except TransportError as wrong:
        raise SystemExit(f"{given.url} does not answer as it should: {wrong}") from None
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
