"""Where amendments get in each other's way, and what a change comes to in a wording that others have changed.

Why by the words changed: two amendments to different words of a clause both have room in it, and nobody need choose
between them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from polylogue.drafting.redline import ChangeKind, exact
from polylogue.vocabulary import AmendmentId, AmendmentKind, ProvisionId


class CollisionKind(StrEnum):
    """How two pending amendments meet. SAME_PLACE is no conflict: both have room, and only their order is open."""

    SAME_WORDS = "SAME_WORDS"
    SAME_CHANGE = "SAME_CHANGE"
    LANGUAGES = "LANGUAGES"
    REPLACED_AND_DELETED = "REPLACED_AND_DELETED"
    MOVED_AND_DELETED = "MOVED_AND_DELETED"
    MOVED_TWICE = "MOVED_TWICE"
    MOVED_IN_A_CIRCLE = "MOVED_IN_A_CIRCLE"
    SAME_PLACE = "SAME_PLACE"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pending amendment: what it is about, on which revision, and its words, null where there are none left.

    `base` are the words that it would change. `amends` is the amendment whose wording it is about.
    """

    id: AmendmentId
    kind: AmendmentKind
    provision: ProvisionId
    revision: int
    after: ProvisionId | None = None
    amends: AmendmentId | None = None
    language: str = ""
    base: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Collision:
    """That an amendment meets another one, which `other` names."""

    other: AmendmentId
    kind: CollisionKind


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of a text, counted from 0, give way to `text`. An insertion has `start` = `end`."""

    start: int
    end: int
    text: str


def collisions(one: Proposal, others: Iterable[Proposal]) -> tuple[Collision, ...]:
    """What an amendment meets among those that wait beside it, itself left out, in their order.

    Two to different revisions of a clause are not compared: the older one is outdated.
    """
    beside = [other for other in others if other.id != one.id]
    circle = _circle(one, beside)
    found = (
        (other.id, CollisionKind.MOVED_IN_A_CIRCLE if other.id == circle else _meet(one, other)) for other in beside
    )
    return tuple(Collision(id, kind) for id, kind in found if kind)


@lru_cache(maxsize=256)
def edits(before: str, after: str, language: str) -> tuple[Edit, ...]:
    """What leads from one text to another, in the order of the places.

    Kept for a while: where many amendments to a clause wait, each is held against all others.
    """
    found: list[Edit] = []
    place, start, added = 0, 0, ""
    for change in exact(before, after, language):
        match change.kind:
            case ChangeKind.KEPT:
                if start < place or added:
                    found.append(Edit(start, place, added))
                place += len(change.text)
                start, added = place, ""
            case ChangeKind.REMOVED:
                place += len(change.text)
            case ChangeKind.ADDED:
                added += change.text
    return (*found, Edit(start, place, added)) if start < place or added else tuple(found)


def rebased(base: str, now: str, wanted: str, language: str) -> str | None:
    """The changes from `base` to `wanted`, made in `now`; nothing where `now` has changed the same words otherwise.

    Changes made on both sides are made once. Equal to `wanted` where `now` is `base`; and it is the same whichever of
    the two came first.
    """
    theirs, ours = edits(base, now, language), edits(base, wanted, language)
    if any(_overlap(base, one, other) for one in theirs for other in ours):
        return None
    found: list[str] = []
    place = 0
    for edit in sorted({*theirs, *ours}, key=lambda edit: (edit.start, edit.end)):
        found += (base[place : edit.start], edit.text)
        place = edit.end
    return "".join((*found, base[place:]))


def _overlap(base: str, one: Edit, other: Edit) -> bool:
    """Whether two different edits touch the same words, or both insert between the same two."""
    if one == other:
        return False
    if one.start == one.end and other.start == other.end:
        first, last = sorted((one.start, other.start))
        return not base[first:last].strip()
    return one.start < other.end and other.start < one.end


def _meet(one: Proposal, other: Proposal) -> CollisionKind | None:
    kinds = {one.kind, other.kind}
    if one.amends != other.amends:
        return None
    if _places(one) and _places(other) and one.after == other.after and one.provision != other.provision:
        return CollisionKind.SAME_PLACE
    if one.provision != other.provision:
        return None
    if kinds == {AmendmentKind.MOVE}:
        return CollisionKind.SAME_CHANGE if one.after == other.after else CollisionKind.MOVED_TWICE
    if kinds == {AmendmentKind.MOVE, AmendmentKind.DELETE}:
        return CollisionKind.MOVED_AND_DELETED
    if AmendmentKind.MOVE in kinds or one.revision != other.revision:
        return None
    if kinds == {AmendmentKind.DELETE}:
        return CollisionKind.SAME_CHANGE
    if AmendmentKind.DELETE in kinds:
        return CollisionKind.REPLACED_AND_DELETED
    return _words(one, other)


def _words(one: Proposal, other: Proposal) -> CollisionKind | None:
    if one.language != other.language:
        return CollisionKind.LANGUAGES
    if one.text is None or other.text is None:
        return None
    if one.text == other.text:
        return CollisionKind.SAME_CHANGE
    if one.base is None:
        return CollisionKind.SAME_WORDS
    clash = rebased(one.base, one.text, other.text, one.language) is None
    return CollisionKind.SAME_WORDS if clash else None


def _places(one: Proposal) -> bool:
    return one.kind in (AmendmentKind.MOVE, AmendmentKind.INSERT_AFTER) and one.amends is None


def _circle(one: Proposal, others: Iterable[Proposal]) -> AmendmentId | None:
    """The move that closes a circle with this one: A behind B, B behind C, C behind A."""
    if one.kind is not AmendmentKind.MOVE:
        return None
    for last in _chain(one, others):
        if last.after == one.provision:
            return last.id
    return None


def _chain(one: Proposal, others: Iterable[Proposal]) -> Iterator[Proposal]:
    """The moves of the clauses behind which this one is to stand, one after the other."""
    moves: dict[ProvisionId, Proposal] = {}
    for other in others:
        if other.kind is AmendmentKind.MOVE:
            moves.setdefault(other.provision, other)
    behind = one.after
    while behind and (move := moves.pop(behind, None)):
        yield move
        behind = move.after
