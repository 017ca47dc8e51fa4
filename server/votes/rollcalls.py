"""A file of recorded roll-call votes, checked whole before anything is written.

Why whole: a loader that stops at line 1,800 leaves half a reconstruction behind; here a malformed row is refused with
its line first.
"""

import csv
import hashlib
import io
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from polylogue.text import TextRefused, admit
from polylogue.vocabulary import Instant, PersonId, SeatCode, StanceLevel

REQUIRED = ("rcid", "session", "date", "unres", "amend", "para")
STATES = {
    "AF": "AFG",
    "BY": "BLR",
    "CN": "CHN",
    "IN": "IND",
    "IR": "IRN",
    "KG": "KGZ",
    "KZ": "KAZ",
    "MN": "MNG",
    "PK": "PAK",
    "RU": "RUS",
    "TJ": "TJK",
    "TM": "TKM",
    "UZ": "UZB",
}
"""Columns of votes, by ISO 3166-1 alpha-2, and the seats they are."""

LEVELS = {"Y": StanceLevel.SUPPORT, "A": StanceLevel.NEUTRAL, "N": StanceLevel.OBJECT}
MOST_IN_A_SESSION = 200
LONGEST_NAME = 100
DIGITS = 9


class RowRefused(Exception):
    """A row that cannot be read; says file, line and reason."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}, line {line}: {reason}")


@dataclass(frozen=True, slots=True)
class RollCall:
    """One recorded vote on a text; who did not vote is not in `votes`."""

    rcid: int
    session: int
    date: date
    resolution: str
    votes: Mapping[SeatCode, StanceLevel]

    @property
    def at(self) -> Instant:
        """The day of the vote as the record writes instants."""
        return Instant(f"{self.date.isoformat()}T00:00:00.000Z")


@dataclass(frozen=True, slots=True)
class VotesFile:
    """All final roll calls of a file, by session in order of date and number; amendment and paragraph votes left out.

    `digest` is the file's SHA-256: idempotency keys are made from it, so that a second run completes the first.
    """

    digest: str
    seats: tuple[SeatCode, ...]
    sessions: Mapping[int, tuple[RollCall, ...]]
    left_out: int

    @property
    def loader(self) -> PersonId:
        """The pseudonym under which this file is loaded."""
        return PersonId(str(uuid.uuid5(uuid.NAMESPACE_OID, self.digest)))


def read_votes(path: Path) -> VotesFile:
    """Read and check a file. Raises RowRefused at the first row that is malformed, OSError when it cannot be read."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RowRefused(path, line, "this is not UTF-8") from None
    rows = _rows(path, text)
    _, header = next(rows, (1, []))
    if missing := [name for name in REQUIRED if name not in header]:
        raise RowRefused(path, 1, f"the header has no column {', '.join(missing)}")
    states = [column for column in header if column in STATES]
    if not states[1:] or len(set(header)) != len(header):
        raise RowRefused(path, 1, "the header needs different columns, at least two of them states such as CN or KZ")
    sessions: dict[int, list[RollCall]] = {}
    seen: dict[int, int] = {}
    left_out = 0
    for line, row in rows:
        if len(row) != len(header):
            raise RowRefused(path, line, f"{len(row)} fields, {len(header)} expected")
        found = _roll_call(path, line, dict(zip(header, row, strict=True)), states)
        if found.rcid in seen:
            raise RowRefused(path, line, f"roll call {found.rcid} stands already in line {seen[found.rcid]}")
        seen[found.rcid] = line
        if _final(path, line, dict(zip(header, row, strict=True))):
            sessions.setdefault(found.session, []).append(found)
        else:
            left_out += 1
    for session, roll_calls in sessions.items():
        if (size := len(roll_calls)) > MOST_IN_A_SESSION:
            raise RowRefused(path, 1, f"session {session} has {size} roll calls, more than {MOST_IN_A_SESSION}")
    if not sessions:
        raise RowRefused(path, 2, "no final roll call in the file")
    ordered = {n: tuple(sorted(sessions[n], key=lambda r: (r.date, r.rcid))) for n in sorted(sessions)}
    seats = tuple(sorted(SeatCode(STATES[column]) for column in states))
    return VotesFile(hashlib.sha256(content).hexdigest(), seats, ordered, left_out)


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, each with the line that it begins in."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise RowRefused(path, line, str(error)) from None
        if row:
            yield line, row


def _roll_call(path: Path, line: int, row: Mapping[str, str], states: list[str]) -> RollCall:
    try:
        day = date.fromisoformat(row["date"])
    except ValueError:
        raise RowRefused(path, line, f"date {row['date']!r} is not a day such as 1992-08-03") from None
    votes: dict[SeatCode, StanceLevel] = {}
    for column in states:
        if vote := row[column]:
            if vote not in LEVELS:
                raise RowRefused(path, line, f"{column} has vote {vote!r}; it is Y, A, N or empty")
            votes[SeatCode(STATES[column])] = LEVELS[vote]
    return RollCall(
        rcid=_number(path, line, row, "rcid"),
        session=_number(path, line, row, "session"),
        date=day,
        resolution=_resolution(path, line, row["unres"].strip()),
        votes=votes,
    )


def _final(path: Path, line: int, row: Mapping[str, str]) -> bool:
    """Whether the vote was on a whole text. Blank means not known, which the data's makers treat as no."""
    for name in ("amend", "para"):
        if row[name] not in ("", "0", "1"):
            raise RowRefused(path, line, f"{name} is {row[name]!r}; it is 0, 1 or empty")
    return "1" not in (row["amend"], row["para"])


def _resolution(path: Path, line: int, name: str) -> str:
    """The name of the text, which must be able to stand in the record."""
    try:
        return admit(name, limit=LONGEST_NAME) if name else ""
    except TextRefused as refused:
        raise RowRefused(path, line, f"unres {name[:LONGEST_NAME]!r} cannot be recorded: {refused.code}") from None


def _number(path: Path, line: int, row: Mapping[str, str], name: str) -> int:
    given = row[name]
    if not (given.isascii() and given.isdigit() and len(given) <= DIGITS):
        raise RowRefused(path, line, f"{name} {given[:DIGITS]!r} is not a number of at most {DIGITS} digits")
    return int(given)
