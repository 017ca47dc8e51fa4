"""Amendments that wait, as the board shows them: at the clause that each is about, or behind which it would put one.

Why those to older words too: they still wait, and the room should know that they have to be revised.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.console.wordings import Wording, chosen

INSERTS = "INSERT_AFTER"


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a delegation would change; without a wording it moves or deletes. `behind` is the number of the clause
    behind which a clause would stand, null for the beginning and, with `gone`, for one that stands no longer in the
    text. `rewordings` are what others would make of its words.
    """

    kind: str
    proposer: str
    wording: Wording | None
    behind: int | None
    gone: bool
    outdated: bool
    rewordings: tuple["Amendment", ...]


def waiting(
    amendments: Iterable[Mapping[str, Any]],
    numbers: Mapping[str, int],
    preferred: Sequence[str],
    names: Mapping[str, str],
) -> tuple[Amendment, ...]:
    """Those that are neither accepted nor gone, in the order in which they were proposed, by whose they are."""
    return tuple(
        Amendment(
            kind=each["kind"],
            proposer=names.get(each["seat"], each["seat"]),
            wording=chosen(each["versions"], preferred) if each["versions"] else None,
            behind=numbers.get(each["after"] or ""),
            gone=each["after"] is not None and each["after"] not in numbers,
            outdated=each["outdated"],
            rewordings=waiting(each.get("amendments", ()), numbers, preferred, names),
        )
        for each in amendments
        if each["state"] == "PENDING"
    )


def behind(insertions: Iterable[Mapping[str, Any]], clause: str) -> Iterator[Mapping[str, Any]]:
    """The amendments that would put a clause behind this one."""
    return (each for each in insertions if each["after"] == clause)


def behind_none(insertions: Iterable[Mapping[str, Any]], numbers: Mapping[str, int]) -> Iterator[Mapping[str, Any]]:
    """The amendments that would put a clause at the beginning, or behind one that stands no longer in the text."""
    return (each for each in insertions if each["after"] not in numbers)


def named(text: Mapping[str, Any], clauses: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """The ids of amendments with the names of their clauses; null for a clause that is not there yet."""
    for provision in text["provisions"]:
        for each in provision["amendments"]:
            yield from _with_rewordings(each, clauses[provision["id"]])
    for each in text["insertions"]:
        yield from _with_rewordings(each, clauses.get(each["provision"]))


def _with_rewordings(amendment: Mapping[str, Any], name: str | None) -> Iterator[tuple[str, str | None]]:
    yield amendment["id"], name
    yield from ((each["id"], name) for each in amendment["amendments"])
