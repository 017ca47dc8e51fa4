"""Convergence as the API shows it: reports by their parts, the timeline, and how far computing is behind the record.

Why parts: what everybody may see and what concerns one delegation are hashed apart, and shown apart.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from strawberry import UNSET, Private, field

from polylogue.convergence.matrix import ALGORITHM
from polylogue.convergence.scope import WIDE, dimension_of
from polylogue.vocabulary import Dimension, Hash, Instant, ItemId, ProvisionId, SeatCode, Seq, SessionId
from schema import tables
from schema.api.movement import StanceChange, move_of, stance_change
from schema.api.pictures import Pictures, pictures
from schema.api.rows import among
from schema.api.selection import Selection
from schema.api.standpoint import Reader
from schema.api.values import Figure, given, shown
from schema.columns import columns

REPORT, TIMELINE = columns(tables.Report), columns(tables.Timeline)


@shown
class Headline:
    """Figures of the whole item. `coverage` is the share of stances that were stated, `meanCloseness` the mean of the
    provisions' closeness, `unanimityShare` the share of provisions with one level only, `alpha` Krippendorff's.
    """

    stated: int
    cells: int
    coverage: Figure | None
    objections: int
    comparable: int
    unanimous: int
    unanimity_share: Figure | None
    mean_closeness: Figure | None
    alpha: Figure | None


@shown
class ProvisionFigures:
    """What members think of one provision's present text. `histogram` counts OBJECT, RESERVE, NEUTRAL, ACCEPT, SUPPORT;
    `agreement` is van der Eijk's.
    """

    provision: ProvisionId
    histogram: list[int]
    stated: int
    not_stated: list[SeatCode]
    objections: int
    closeness: Figure | None
    agreement: Figure | None


@shown
class PairFigures:
    """Two delegations over the provisions both stated; figures are null below the report's minimum overlap."""

    first: SeatCode
    second: SeatCode
    overlap: int
    similarity: Figure | None
    identical: Figure | None


@shown
class LeaveOneOut:
    """Figures without a delegation minus the figures with it, over the provisions that at least two others stated."""

    provisions: int
    mean_closeness: Figure | None
    unanimity_share: Figure | None


@shown
class SeatFigures:
    """Figures about one delegation: for it, the chair and facilitators. `hash` is over this part."""

    seat: SeatCode
    hash: Hash
    leave_one_out: LeaveOneOut


@shown
class CarriedFigures:
    """Stances on one provision that were taken on an older wording, counted like those that count."""

    provision: ProvisionId
    seats: list[SeatCode]
    histogram: list[int]
    objections: int


@shown
class NotCounted:
    """What stands beside a report and is no part of its figures or hashes: stances carried over from older wordings,
    and how many of those counted were stated in bulk.
    """

    carried: list[CarriedFigures]
    carried_stances: int
    bulk_stances: int
    bulk_share: Figure | None


@shown
class ConvergenceReport:
    """How close the delegations were at entry `basis`: on an item, on all items that touch a `dimension`, or, where
    both are null, on all items. Advice: no figure adopts or blocks anything.

    A function of the record: the same version gives the same bytes again. `canonicalInput` is what it was computed
    from, as it was hashed. `perSeat` holds the parts that the viewer may see.
    """

    item: ItemId | None
    dimension: Dimension | None
    basis: Seq
    algorithm: str
    version: int
    input_hash: Hash
    public_hash: Hash
    made_at: Instant
    canonical_input: str | None
    pictures: Pictures | None
    document: Private[dict[str, Any]]
    extras: Private[dict[str, Any]]
    parts: Private[list[tuple[SeatCode, Hash, dict[str, Any]]]]

    @field(description="Members in alphabetical order of their codes.")
    def seats(self) -> list[SeatCode]:
        return self.document["seats"]

    @field(description="Provisions that two must both have stated before their figures are shown.")
    def minimum_overlap(self) -> int:
        return self.document["minimumOverlap"]

    @field(description="Figures of the whole item.")
    def headline(self) -> Headline:
        return Headline(**_named(self.document["headline"], _HEADLINE))

    @field(description="Figures of each provision, in the order of the text.")
    def provisions(self) -> list[ProvisionFigures]:
        return [ProvisionFigures(**_named(each, _PROVISION)) for each in self.document["provisions"]]

    @field(description="Figures of each pair of delegations, in alphabetical order.")
    def pairs(self, seats: list[SeatCode] | None = UNSET) -> list[PairFigures]:
        pairs = self.document["pairs"]
        if (seats := given(seats)) is not None:
            pairs = [pair for pair in pairs if pair["first"] in seats or pair["second"] in seats]
        return [PairFigures(**_named(each, _PAIR)) for each in pairs]

    @field(description="Carried stances, and those stated in bulk.")
    def beside(self) -> NotCounted:
        carried = [CarriedFigures(**_named(each, _CARRIED)) for each in self.extras["carried"]]
        return NotCounted(**{**_named(self.extras, _NOT_COUNTED), "carried": carried})

    @field(description="Figures about single delegations, as far as they are for the viewer.")
    def per_seat(self) -> list[SeatFigures]:
        return [
            SeatFigures(
                seat=seat, hash=digest, leave_one_out=LeaveOneOut(**_named(part["leaveOneOut"], _LEAVE_ONE_OUT))
            )
            for seat, digest, part in self.parts
        ]


@shown
class TimelinePoint:
    """Headline figures just after entry `seq`, which feeds them, with the stances that it changed and the provisions to
    which it gave other words.
    """

    seq: Seq
    provisions: int
    open_brackets: int
    objections: int
    mean_closeness: Figure | None
    alpha: Figure | None
    unanimity_share: Figure | None
    coverage: Figure | None
    moves: list[StanceChange]
    reworded: list[ProvisionId]


def _names(kind: Any) -> dict[str, str]:
    """The members of a stored document by the names of a type's fields."""
    names: dict[str, str] = {}
    for each in kind.__strawberry_definition__.fields:
        first, *rest = each.python_name.split("_")
        names[each.python_name] = first + "".join(word.capitalize() for word in rest)
    return names


_HEADLINE, _PAIR, _LEAVE_ONE_OUT, _POINT = map(_names, (Headline, PairFigures, LeaveOneOut, TimelinePoint))
_PROVISION = _names(ProvisionFigures) | {"provision": "id"}
_CARRIED = _names(CarriedFigures) | {"provision": "id"}
_NOT_COUNTED = _names(NotCounted)


def _named(stored: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A version that did not compute a figure yet leaves it null."""
    return {name: stored.get(member) for name, member in names.items()}


# ── loading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def load_reports(
    connection: sa.Connection,
    session: SessionId,
    scopes: Iterable[str] | None,
    bases: Iterable[Seq] | None,
    asked: Selection,
    reader: Reader,
) -> dict[str, list[ConvergenceReport]]:
    """Reports by scope, the newest last; null `scopes` asks for every item, null `bases` for the newest only."""
    about = REPORT.item.not_in(WIDE) if scopes is None else among(REPORT.item, scopes)
    mine = (REPORT.session == session, REPORT.algorithm == ALGORITHM, about)
    if bases is None:
        newest = sa.select(REPORT.item, sa.func.max(REPORT.basis)).where(*mine).group_by(REPORT.item)
        chosen = sa.tuple_(REPORT.item, REPORT.basis).in_(newest)
    else:
        chosen = among(REPORT.basis, bases)
    query = sa.select(*_selected(asked, reader)).where(*mine, chosen).order_by(REPORT.basis)
    found: dict[str, list[ConvergenceReport]] = defaultdict(list)
    for row in (row._asdict() for row in connection.execute(query)):
        found[row["item"]].append(
            ConvergenceReport(
                item=None if row["item"] in WIDE else row["item"],
                dimension=dimension_of(row["item"]),
                canonical_input=row.get("input"),
                pictures=pictures(json.loads(row["pictures"]), reader) if row.get("pictures") else None,
                document=json.loads(row["document"]),
                extras=json.loads(row["beside"]),
                parts=_parts(row, reader) if "per_seat" in row else [],
                **{name: row[name] for name in _REPORT},
            )
        )
    return found


_REPORT = ("basis", "algorithm", "version", "input_hash", "public_hash", "made_at")


def _selected(asked: Selection, reader: Reader) -> list[Any]:
    """The columns that a selection needs: the large ones only where they are looked at."""
    names = ["item", "document", "beside", *_REPORT]
    names += ["input"] * ("canonicalInput" in asked) + ["pictures"] * ("pictures" in asked)
    if "perSeat" in asked and (reader.officer or reader.standpoint.seats):
        names += ["per_seat", "seat_hashes"]
    return [REPORT[name] for name in names]


def _parts(row: dict[str, Any], reader: Reader) -> list[tuple[SeatCode, Hash, dict[str, Any]]]:
    hashes = json.loads(row["seat_hashes"])
    return [
        (seat, hashes[seat], part) for seat, part in sorted(json.loads(row["per_seat"]).items()) if reader.may_see(seat)
    ]


def load_timeline(
    connection: sa.Connection, session: SessionId, items: Iterable[ItemId] | None, after: Seq, asked: Selection
) -> dict[ItemId, list[TimelinePoint]]:
    """The points of each item after an entry, in order."""
    query = (
        sa.select(TIMELINE.item, TIMELINE.point)
        .where(TIMELINE.session == session, among(TIMELINE.item, items), TIMELINE.seq > after)
        .order_by(TIMELINE.seq)
    )
    found: dict[ItemId, list[TimelinePoint]] = defaultdict(list)
    wanted = "moves" in asked
    for item, stored in connection.execute(query):
        said = json.loads(stored)
        said["moves"] = [stance_change(move_of(said["seq"], each)) for each in said["moves"]] if wanted else []
        found[item].append(TimelinePoint(**_named(said, _POINT)))
    return found
