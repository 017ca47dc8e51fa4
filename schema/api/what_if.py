"""What if: the figures of an item on stances that nobody took, computed for whoever asks and kept nowhere.

Why from a report's own input: what is supposed then differs from what is shown by what is supposed and nothing else.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
import strawberry
from strawberry import UNSET

from polylogue.convergence.matrix import ALGORITHM, VERSION, AnotherVersion, Matrix, canonical_input, from_input
from polylogue.convergence.pictures import pictures as drawn
from polylogue.convergence.report import compute
from polylogue.convergence.suppose import NoSuchStance, Supposed, suppose
from polylogue.record.canonical import canonical, digest, digest_of
from polylogue.vocabulary import SCALE, ItemId, ProvisionId, SeatCode, SessionId, StanceLevel
from schema.api.convergence import REPORT, ConvergenceReport
from schema.api.errors import ApiError, ErrorCode
from schema.api.pictures import Pictures, pictures
from schema.api.standpoint import Reader
from schema.api.values import given

MOST = 500
"""Stances that can be supposed at once."""
MOST_AT_ONCE = 4
"""Reports that one operation may suppose: each costs as much as a worker's."""
MOST_WAITING = 16
"""Reports that may be supposed at a time, those that wait among them; the next is refused."""


class Turns:
    """Whose turn it is to have a report computed: `running` at a time, and only so many wait. One for a process, since
    they share its processors.
    """

    def __init__(self, running: int = 2, most: int = MOST_WAITING) -> None:
        self._running, self._most, self._inside = asyncio.Semaphore(running), most, 0

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """A turn; raises ApiError when too many wait for theirs."""
        if self._inside >= self._most:
            raise ApiError(ErrorCode.SERVER_BUSY, "Too many reports are being supposed; try again in a moment.")
        self._inside += 1
        try:
            async with self._running:
                yield
        finally:
            self._inside -= 1


@strawberry.input(
    description="A stance to suppose on a provision's present text. Without a level: that none had been stated; without"
    " an importance: the one it has."
)
class SupposedStance:
    seat: SeatCode
    provision: ProvisionId
    level: StanceLevel | None = UNSET
    importance: int | None = UNSET


def newest_report(connection: sa.Connection, session: SessionId, item: ItemId) -> Any:
    """The row of an item's newest report, or null."""
    mine = (REPORT.session == session, REPORT.item == item, REPORT.algorithm == ALGORITHM, REPORT.input.is_not(None))
    return connection.execute(sa.select(*REPORT).where(*mine).order_by(REPORT.basis.desc()).limit(1)).one_or_none()


def what_if(row: Any, moves: Sequence[SupposedStance], reader: Reader, *, draw: bool) -> ConvergenceReport | None:
    """The report that an item would have, with its pictures if they are to be drawn; null where this software cannot
    compute the report's version any more. Raises ApiError for what cannot be supposed. Takes its time.
    """
    if len(moves) > MOST:
        raise ApiError(ErrorCode.VARIABLES_INVALID, f"At most {MOST} stances can be supposed at once.")
    try:
        stated = from_input(json.loads(row.input))
    except AnotherVersion:
        return None
    try:
        matrix = suppose(stated, [_supposed(move) for move in moves])
    except NoSuchStance as refused:
        raise ApiError(ErrorCode.UNKNOWN_REFERENCE, str(refused)) from None
    except ValueError:
        raise ApiError(ErrorCode.VARIABLES_INVALID, "An importance is 1, 2 or 3.") from None
    asked = canonical(canonical_input(matrix))
    input_hash = digest_of(asked)
    document = compute(matrix).document()
    per_seat: Any = document["perSeat"]
    return ConvergenceReport(
        item=row.item,
        dimension=None,
        basis=row.basis,
        algorithm=ALGORITHM,
        version=VERSION,
        input_hash=input_hash,
        public_hash=digest(document["public"]),
        made_at=reader.now,
        canonical_input=asked.decode(),
        pictures=_drawn(matrix, input_hash, row.pictures, reader) if draw else None,
        document=document["public"],  # pyright: ignore[reportArgumentType] -- its own type is only object
        extras=json.loads(row.beside),
        parts=[(seat, digest(part), part) for seat, part in sorted(per_seat.items()) if reader.may_see(seat)],
    )


def _drawn(matrix: Matrix, seed: str, before: str | None, reader: Reader) -> Pictures:
    return pictures(drawn(matrix, bytes.fromhex(seed), json.loads(before) if before else None), reader)


def _supposed(move: SupposedStance) -> Supposed:
    level = given(move.level)
    return Supposed(move.seat, move.provision, None if level is None else SCALE[level], given(move.importance))
