"""Tokens: who they stand for, how they are given out, and how they end.

Why only hashes are kept: whoever reads the database, a backup or a log must not be able to speak for anybody. A token
is shown once; one that is lost is replaced, not looked up.
"""

import hashlib
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from ledger.database import Database, first_or_after
from ledger.occasion import fresh_id, now
from ledger.statements import upsert
from polylogue.vocabulary import Instant, PersonId, Role
from schema import tables
from schema.api.context import Principal
from schema.api.errors import AuthenticationError, ErrorCode

T = TypeVar("T")

TOKEN = re.compile(r"plg_[A-Za-z0-9_-]{43}")
ENTROPY_BYTES = 32
REMEMBERED_SECONDS = 0.9
"""How long an answer of the database is believed: a token revoked elsewhere is dead within a second."""
REMEMBERED_TOKENS = 4096
ORGANISER = "organiser"
"""The fact that says who organises the site."""
SHOWN = "organiser shown"
"""The fact that says when a token of the organiser was shown."""

Revoked = Callable[[Sequence[bytes]], None]
"""Told the hashes of tokens that have just been revoked, after the commit."""

_person, _token, _kept, _admission = (
    table.metadata.tables[str(table.__tablename__)]
    for table in (tables.Person, tables.Token, tables.Kept, tables.Admission)
)
_keep_facts = upsert(_kept)


def new_token() -> tuple[str, bytes]:
    """A bearer token and its hash: the first for whoever it is given to, the second to keep."""
    token = f"plg_{secrets.token_urlsafe(ENTROPY_BYTES)}"
    return token, token_hash(token)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def issue(
    connection: sa.Connection,
    person: PersonId,
    *,
    site_role: Role | None = None,
    issued_by: PersonId | None = None,
    key: str | None = None,
) -> tuple[str, list[bytes]]:
    """Give out a token; with the key of an earlier one from the same hand, that one ends. The hashes are what ended."""
    ended = end_tokens(connection, _token.c.issued_by == issued_by, _token.c.issue_key == key) if key else []
    token, kept = new_token()
    row = {
        "hash": kept,
        "person": person,
        "site_role": site_role,
        "issued_by": issued_by,
        "issue_key": key,
        "created_at": now(),
        "revoked_at": None,
    }
    connection.execute(sa.insert(_token), row)
    return token, ended


class Access:
    """Who may speak on this site. `revoked` is told which tokens have just ended, so that open sockets learn of it."""

    def __init__(
        self, database: Database, *, revoked: Revoked | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database, self._told, self._clock = database, revoked, clock
        self._known: OrderedDict[bytes, tuple[float, Principal]] = OrderedDict()
        self._ended: OrderedDict[bytes, None] = OrderedDict()

    async def authenticate(self, token: str | None) -> Principal:
        """Who a token stands for; without one, a stranger. Raises AuthenticationError for a token that is nobody's."""
        if token is None:
            return Principal()
        if not TOKEN.fullmatch(token):
            raise _nobody()
        kept = token_hash(token)
        if (found := self._known.get(kept)) and self._clock() - found[0] < REMEMBERED_SECONDS:
            return found[1]
        asked = self._clock()  # before the database looks, or an answer would be believed for longer than it is true
        row = await self._database.read(lambda connection: connection.execute(_holder(kept)).one_or_none())
        if row is None or kept in self._ended:  # it may have ended after the database had looked
            self.forget([kept])
            raise _nobody()
        roles = frozenset((Role(row.site_role),)) if row.site_role else frozenset[Role]()
        principal = Principal(PersonId(row.person), roles, kept)
        _keep(self._known, kept, (asked, principal))
        return principal

    async def admit(self, person: PersonId, name: str, *, issued_by: PersonId, key: str) -> str:
        """Keep a person's name and give out a token; the same key again: another token, and the earlier one ends."""

        def body(connection: sa.Connection) -> tuple[str, list[bytes]]:
            _name(connection, person, name)
            return issue(connection, person, issued_by=issued_by, key=key)

        token, ended = await first_or_after(self._database, body)  # the same request may come twice at once
        self.ended(ended)
        return token

    async def known(self, person: PersonId) -> frozenset[Role] | None:
        """What a person is on this site; null for somebody it does not know."""

        def body(connection: sa.Connection) -> frozenset[Role] | None:
            if connection.execute(sa.select(_person.c.id).where(_person.c.id == person)).one_or_none() is None:
                return None
            held = sa.select(_token.c.site_role).where(_token.c.person == person, _token.c.site_role.is_not(None))
            return frozenset(map(Role, connection.execute(held).scalars()))

        return await self._database.read(body)

    async def revoke(self, person: PersonId) -> int:
        """End all tokens of a person, at once; how many there were."""
        ended = await self._database.transact(lambda connection: end_tokens(connection, _token.c.person == person))
        self.ended(ended)
        return len(ended)

    async def first_token(self) -> str | None:
        """A token of the organiser as long as none has been shown to anybody; afterwards nothing.

        Whoever prints it says `shown` then: a start that fails before, or is cut short, has shown none. One that is
        given and not printed is known to nobody, and may stay.
        """
        if await self._database.read(lambda connection: _fact(connection, SHOWN)):
            return None
        return await self.fresh_organiser_token()

    async def shown(self) -> None:
        """A token of the organiser has been printed for whoever has the host."""
        row = {"name": SHOWN, "value": now()}
        await self._database.transact(lambda connection: _keep_facts(connection, [row]))

    async def fresh_organiser_token(self, key: str | None = None) -> str:
        """A further token of the organiser, who is made at the first one, for whoever has the host; with the key of an
        earlier one, that one ends.
        """

        def body(connection: sa.Connection) -> tuple[str, list[bytes]]:
            person = _organiser(connection)
            return issue(connection, person, site_role=Role.ORGANISER, issued_by=person, key=key)

        token, ended = await first_or_after(self._database, body)
        self.ended(ended)
        return token

    async def revoked_since(self, at: Instant) -> list[bytes]:
        """Hashes of the tokens that ended since then."""
        query = sa.select(_token.c.hash).where(_token.c.revoked_at >= at)
        return list(await self._database.read(lambda connection: connection.execute(query).scalars().all()))

    def forget(self, ended: Sequence[bytes]) -> None:
        """Believe no earlier answer about these tokens, nor one that is on its way: what has ended has ended."""
        for kept in ended:
            self._known.pop(kept, None)
            _keep(self._ended, kept, None)

    def ended(self, ended: Sequence[bytes]) -> None:
        """Tokens have just ended, after the commit: nobody believes in them any more, nor does an open socket."""
        self.forget(ended)
        if ended and self._told:
            self._told(ended)


def _keep(memory: OrderedDict[bytes, T], kept: bytes, value: T) -> None:
    memory[kept] = value
    memory.move_to_end(kept)
    while len(memory) > REMEMBERED_TOKENS:
        memory.popitem(last=False)


def _nobody() -> AuthenticationError:
    return AuthenticationError(ErrorCode.UNAUTHENTICATED, "The token is unknown or has been revoked.")


def _holder(kept: bytes) -> sa.Select[Any, Any]:
    return sa.select(_token.c.person, _token.c.site_role).where(_token.c.hash == kept, _token.c.revoked_at.is_(None))


def _organiser(connection: sa.Connection) -> PersonId:
    """Who organises the site; made where there is nobody yet."""
    if found := _fact(connection, ORGANISER):
        return PersonId(found)
    person = PersonId(fresh_id())
    connection.execute(sa.insert(_kept), {"name": ORGANISER, "value": person})
    _name(connection, person, "Organiser")
    return person


def _fact(connection: sa.Connection, name: str) -> str | None:
    return connection.execute(sa.select(_kept.c.value).where(_kept.c.name == name)).scalar_one_or_none()


def _name(connection: sa.Connection, person: PersonId, name: str) -> None:
    named = connection.execute(sa.update(_person).where(_person.c.id == person).values(name=name))
    if named.rowcount == 0:
        connection.execute(sa.insert(_person), {"id": person, "name": name, "created_at": now()})


def end_tokens(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> list[bytes]:
    """Revoke the tokens concerned that are still good, and give their hashes."""
    good = connection.execute(sa.select(_token.c.hash).where(*which, _token.c.revoked_at.is_(None))).scalars().all()
    if good:
        connection.execute(sa.update(_token).where(_token.c.hash.in_(good)).values(revoked_at=now()))
    return list(good)
