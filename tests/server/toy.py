"""A small API with everything the transports have to deal with: what answers, waits, fails, lags and leaks."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from enum import Enum

import strawberry
import structlog
from litestar import Litestar

from polylogue.vocabulary import PersonId
from schema.api.context import Principal
from schema.api.documents import executable
from schema.api.errors import ApiError, AuthenticationError, ErrorCode, SubscriptionLagging
from server.api.door import Asked, Bounds
from server.api.routes import graphql_router
from server.api.sockets import Sockets

log = structlog.get_logger()

SECRET = "the delegation of KAZ would accept the second bracket"
TOKENS = {"plg_ann": "ann", "plg_bob": "bob", "plg_eve": "eve"}


@dataclass
class Context:
    asked: Asked
    world: "World"


Info = strawberry.Info[Context, None]


class LedgerBroken(Exception):
    pass


@strawberry.enum
class Colour(Enum):
    RED = "red"


def even(value: object) -> int:
    if not isinstance(value, int) or value % 2:
        raise ValueError("An even number is an even integer.")
    return value


Even = strawberry.scalar(name="Even", serialize=int, parse_value=even)


class EvenNumber(int):
    pass


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return f"hello {name}"

    @strawberry.field
    def me(self, info: Info) -> str | None:
        return info.context.asked.principal.person

    @strawberry.field
    def needs_token(self, info: Info) -> str:
        if info.context.asked.principal.person is None:
            raise AuthenticationError(ErrorCode.UNAUTHENTICATED, "This needs a token.")
        return "yes"

    @strawberry.field
    def request_id(self, info: Info) -> str:
        return info.context.asked.request_id

    @strawberry.field
    def logged(self) -> str:
        log.info("seen")
        return "yes"

    @strawberry.field
    def language(self, info: Info) -> str:
        return str(info.context.asked.params.get("language"))

    @strawberry.field
    def broken(self) -> str:
        raise LedgerBroken(SECRET)

    @strawberry.field
    def broken_maybe(self) -> str | None:
        raise LedgerBroken(SECRET)

    @strawberry.field(graphql_type=Colour)
    def wrong_colour(self) -> str:
        return SECRET

    @strawberry.field(graphql_type=int)
    def wrong_number(self) -> str:
        return SECRET

    @strawberry.field
    def even(self, number: EvenNumber) -> int:
        return number

    @strawberry.field
    def told(self) -> str:
        raise ApiError(ErrorCode.VARIABLES_INVALID, "This is for your eyes.", hint=7)


@strawberry.type
class Mutation:
    @strawberry.mutation
    def add(self, info: Info, number: int) -> int:
        info.context.world.total += number
        return info.context.world.total


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int = 3) -> AsyncGenerator[int, None]:
        for number in range(1, to + 1):
            yield number

    @strawberry.subscription
    async def forever(self, info: Info) -> AsyncGenerator[str, None]:
        world = info.context.world
        world.running += 1
        try:
            while True:
                yield str(info.context.asked.principal.person)
                await asyncio.sleep(0.05)
        finally:
            world.running -= 1

    @strawberry.subscription
    async def silent(self, info: Info) -> AsyncGenerator[str, None]:
        world = info.context.world
        world.running += 1
        try:
            await asyncio.Event().wait()
            yield "never"
        finally:
            world.running -= 1

    @strawberry.subscription
    async def flood(self) -> AsyncGenerator[str, None]:
        while True:
            yield "x" * 100_000

    @strawberry.subscription
    async def lagging(self) -> AsyncGenerator[int, None]:
        yield 1
        raise SubscriptionLagging(41)

    @strawberry.subscription
    async def breaking(self) -> AsyncGenerator[int, None]:
        yield 1
        raise LedgerBroken(SECRET)

    @strawberry.subscription
    async def refusing(self) -> AsyncGenerator[int, None]:
        raise ApiError(ErrorCode.VARIABLES_INVALID, "There is no such session.")
        yield 1

    @strawberry.subscription
    async def stumbling(self) -> AsyncGenerator[Query, None]:
        yield Query()
        yield Query()


@dataclass
class World:
    """What a test may look at and turn: it is shared with the server's thread."""

    total: int = 0
    running: int = 0
    context_breaks: Exception | None = None
    tokens: dict[str, str] = field(default_factory=lambda: dict(TOKENS))
    contexts: list[Context] = field(default_factory=list[Context])
    sockets: Sockets = field(default_factory=Sockets)
    loop: asyncio.AbstractEventLoop | None = None

    async def authenticate(self, token: str | None) -> Principal:
        self.loop = asyncio.get_running_loop()
        await asyncio.sleep(0)
        if token is None:
            return Principal()
        if token == "plg_boom":
            raise LedgerBroken(SECRET)
        if token not in self.tokens:
            raise AuthenticationError(ErrorCode.UNAUTHENTICATED, "The token is unknown.")
        return Principal(person=PersonId(self.tokens[token]), token=token.encode())

    async def make_context(self, asked: Asked) -> Context:
        if self.context_breaks:
            raise self.context_breaks
        context = Context(asked, self)
        self.contexts.append(context)
        return context

    def close_where_person(self, person: str) -> int:
        """Revoke from the test's thread, as another request of the server would."""
        assert self.loop is not None
        return asyncio.run_coroutine_threadsafe(self._close(person), self.loop).result(10)

    async def _close(self, person: str) -> int:
        return self.sockets.close_where(lambda principal: principal.person == person)


schema = executable(Query, Mutation, Subscription, scalars={EvenNumber: Even})


def toy_app(world: World, bounds: Bounds = Bounds()) -> Litestar:  # noqa: B008 -- frozen
    return Litestar(
        route_handlers=[
            graphql_router(
                schema,
                authenticate=world.authenticate,
                context_factory=world.make_context,
                sockets=world.sockets,
                bounds=bounds,
            )
        ],
        openapi_config=None,
    )
