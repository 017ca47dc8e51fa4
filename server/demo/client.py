"""A client of the public API: queries and mutations over HTTP, subscriptions over one WebSocket.

Why nothing of the server's own: the demo plays as anybody could, with addresses, tokens and documents.
"""

import json
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Self

import httpx
from strawberry.utils.str_converters import to_camel_case
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from polylogue.commands import Command, ScheduleSession
from schema.api.mutations.values import names_of

SUBPROTOCOL = "graphql-transport-ws"
SECONDS = 30.0
"""How long an answer may take on a busy machine."""


class PlayStopped(Exception):
    """The play cannot go on; the message says why, in a sentence where the server gave one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a mutation answered: its payload, or the refusal's code and sentence."""

    payload: Mapping[str, Any]
    refused: str | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """What to subscribe to, by a name under which results come back."""

    name: str
    document: str
    variables: Mapping[str, Any]


class Client:
    """One server, for as many tokens as there are people; use it as a context."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        # Nothing here goes through a proxy: a variable of the environment must not send tokens elsewhere.
        self._http = httpx.AsyncClient(base_url=self.url, timeout=SECONDS, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, document: str, token: str | None, **variables: Any) -> dict[str, Any]:
        """The data that a document gives; PlayStopped when there are errors."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"query": document, "variables": variables}
        try:
            response = await self._http.post("/graphql", json=body, headers=headers)
            answer = response.json()
        except (httpx.HTTPError, json.JSONDecodeError) as wrong:
            raise PlayStopped(f"The server at {self.url} does not answer as it should: {wrong!r}") from wrong
        if errors := answer.get("errors"):
            raise PlayStopped(f"The server answered: {errors[0]['message']}")
        return answer["data"]

    async def give(self, command: Command, token: str, *, key: str, shown: str = "", **more: Any) -> Answer:
        """Give a command; `more` is the envelope (sessionId, seat), `shown` what to see of the payload besides."""
        name = type(command).__name__
        document = (
            f"mutation($input: {name}Input!) {{ answer: {name[0].lower()}{name[1:]}(input: $input) {{ __typename "
            f"... on {name}Payload {{ receipt {{ seq }} {shown} }} ... on Refusal {{ code message }} }} }}"
        )
        given = {"definition": shown_as_input(command.scenario)} if isinstance(command, ScheduleSession) else None
        data = await self.ask(
            document, token, input={**(given or shown_as_input(command)), **more, "idempotencyKey": key}
        )
        answer = data["answer"]
        if answer["__typename"] == f"{name}Payload":
            return Answer(answer)
        return Answer({}, answer["code"], answer["message"])

    async def follow(self, token: str | None, *followed: Followed) -> AsyncGenerator[tuple[str, dict[str, Any]]]:
        """Results of subscriptions as they come, with their names; PlayStopped when the server ends one."""
        address = f"ws{self.url.removeprefix('http')}/graphql"
        try:
            async with connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], max_size=None, proxy=None) as socket:
                introduced = {"authorization": f"Bearer {token}"} if token else {}
                await socket.send(json.dumps({"type": "connection_init", "payload": introduced}))
                async for message in socket:
                    told = json.loads(message)
                    match told["type"]:
                        case "connection_ack":
                            for each in followed:
                                wanted = {"query": each.document, "variables": dict(each.variables)}
                                await socket.send(json.dumps({"type": "subscribe", "id": each.name, "payload": wanted}))
                        case "ping":
                            await socket.send(json.dumps({"type": "pong"}))
                        case "next" if not told["payload"].get("errors"):
                            yield told["id"], told["payload"]["data"]
                        case "next" | "error":
                            raise PlayStopped(f"The subscription {told['id']} failed: {_reason(told['payload'])}")
                        case _:
                            raise PlayStopped(f"The subscription {told.get('id')} ended before the play.")
        except (ConnectionClosed, OSError) as wrong:
            raise PlayStopped(f"The WebSocket at {address} was lost: {wrong}") from wrong
        raise PlayStopped(f"The WebSocket at {address} was closed.")


def shown_as_input(value: Any) -> Any:
    """A value of the core as the API's input: names as clients spell them, what is not given left out."""
    if isinstance(value, tuple):
        return [shown_as_input(each) for each in value]
    if not is_dataclass(value):
        return value
    names = names_of(type(value))
    given = ((each.name, getattr(value, each.name)) for each in fields(value))
    return {to_camel_case(names.get(name, name)): shown_as_input(part) for name, part in given if part is not None}


def _reason(payload: Any) -> str:
    errors = payload if isinstance(payload, list) else payload["errors"]
    return errors[0]["message"]
