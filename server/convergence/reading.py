"""Convergence as it is kept, read for people: the newest reports with the words that their ids stand for.

Why from the stored reports: what is printed on the host is then what the API shows, and not a second computation.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from polylogue.convergence.matrix import ALGORITHM
from polylogue.convergence.scope import SESSION, of_dimension
from polylogue.vocabulary import SCALE, Dimension, LanguageTag, ProvisionState, SessionId, StanceLevel
from schema import tables
from schema.columns import columns
from server.convergence.standing import Document, Standing, folded, standing

_MEETING, _NAMING, _ITEM = columns(tables.Session), columns(tables.Naming), columns(tables.AgendaItem)
_CLAUSE, _WORDING, _PROSE = columns(tables.Provision), columns(tables.Wording), columns(tables.Prose)
_REPORT, _TIMELINE = columns(tables.Report), columns(tables.Timeline)


@dataclass(frozen=True, slots=True)
class Clause:
    """A provision by the item it belongs to, its place in that text (None: withdrawn), and its newest wording."""

    item: int
    place: int | None
    words: str

    def label(self, about: "About") -> str:
        """Its number within what a report is about."""
        place = "–" if self.place is None else str(self.place)
        return place if about.number else f"{self.item}.{place}"


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: an agenda item by its `number`, a dimension of security, or neither: the session."""

    scope: str
    name: str
    title: str
    number: int | None = None
    dimension: Dimension | None = None
    items: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """How files about it begin."""
        name = f"dimension-{self.title}" if self.dimension else self.name
        return name.lower().replace(" ", "-")


Timelines = tuple[tuple[About, Sequence[Document]], ...]
"""Items and the points of each."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as reports speak of it, its words in the language wanted as far as there are any."""

    session: SessionId
    title: str
    nature: str
    language: LanguageTag
    languages: tuple[str, ...]
    names: Mapping[str, str]
    items: tuple[About, ...]
    dimensions: tuple[About, ...]
    clauses: Mapping[str, Clause]
    fed: Mapping[str, int]

    @property
    def whole(self) -> About:
        """All items together."""
        return About(SESSION, "Session", "All items", items=tuple(each.scope for each in self.items))

    def in_language(self, wanted: str) -> str | None:
        """The tag of the words that suit a language: the tag itself, else it with fewer parts, else one that has more
        (RFC 4647, lookup, and then basic filtering: `zh` finds `zh-Hans`); None where there is none.
        """
        tags = {tag.lower(): tag for tag in self.languages}
        parts = wanted.lower().split("-")
        shorter = ("-".join(parts[:size]) for size in range(len(parts), 0, -1))
        longer = (tag for tag in sorted(tags) if tag.startswith(f"{wanted.lower()}-"))
        return next((tags[tag] for tag in (*shorter, *longer) if tag in tags), None)

    def behind(self, about: About) -> int:
        """The last entry that feeds the figures."""
        return max((self.fed[item] for item in about.items), default=0)


@dataclass(frozen=True, slots=True)
class Reported:
    """The newest report on something, and what stands in its way now. `timelines` are the points of its items,
    `objecting` the seats that object to the present text, by provision. `input` is what the figures were computed from,
    None of a report that has not kept it.
    """

    about: About
    basis: int
    behind: bool
    version: int
    input_hash: str
    public_hash: str
    input: Document | None
    made_at: str
    public: Document
    per_seat: Document
    beside: Document
    pictures: Document
    timelines: Timelines
    objecting: Mapping[str, Sequence[str]]
    standing: Standing

    @property
    def headline(self) -> Document:
        return self.public["headline"]


def meeting(connection: sa.Connection, session: SessionId, language: str | None = None) -> Meeting | None:
    """A session with its names and words; None when there is none of that id."""
    row = connection.execute(sa.select(_MEETING).where(_MEETING.id == session)).one_or_none()
    if row is None:
        return None
    wanted = [tag for tag in (language, row.working) if tag]
    names = _names(connection, session, wanted)
    items = connection.execute(sa.select(_ITEM).where(_ITEM.session == session).order_by(_ITEM.number)).all()
    touched: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for dimension in json.loads(item.dimensions):
            touched[dimension].append(item.id)
    said = sa.select(_NAMING.language).where(_NAMING.session == session).distinct()
    return Meeting(
        session=session,
        title=names.get(session, session),
        nature=row.nature,
        language=LanguageTag(wanted[0]),
        languages=tuple(sorted(connection.scalars(said))),
        names=names,
        items=tuple(
            About(item.id, f"Item {item.number}", names.get(item.id, ""), item.number, items=(item.id,))
            for item in items
        ),
        dimensions=tuple(
            About(of_dimension(each), "Dimension", _worded(each), dimension=each, items=tuple(touched[each]))
            for each in Dimension
            if each in touched
        ),
        clauses=_clauses(connection, session, {item.id: item.number for item in items}, wanted),
        fed={item.id: item.input_seq for item in items},
    )


def reports(connection: sa.Connection, found: Meeting, wanted: Iterable[About]) -> list[Reported]:
    """The newest reports on what is wanted, in its order; none on what there is no report yet."""
    mine = (_REPORT.session == found.session, _REPORT.algorithm == ALGORITHM)
    newest = sa.select(_REPORT.item, sa.func.max(_REPORT.basis)).where(*mine).group_by(_REPORT.item)
    rows = connection.execute(sa.select(_REPORT).where(*mine, sa.tuple_(_REPORT.item, _REPORT.basis).in_(newest)))
    by_scope = {row.item: row for row in rows}
    points: dict[str, list[Document]] = defaultdict(list)
    timeline = sa.select(_TIMELINE).where(_TIMELINE.session == found.session).order_by(_TIMELINE.seq)
    for point in connection.execute(timeline):
        points[point.item].append(json.loads(point.point))
    by_item = {each.scope: each for each in found.items}
    state = folded(connection, found.session)
    return [
        _reported(
            found,
            about,
            row,
            tuple((by_item[item], points[item]) for item in about.items),
            standing(connection, found.session, state, about.scope),
        )
        for about in wanted
        if (row := by_scope.get(about.scope))
    ]


def _reported(found: Meeting, about: About, row: Any, timelines: Timelines, stands: Standing) -> Reported:
    return Reported(
        about=about,
        basis=row.basis,
        behind=row.basis < found.behind(about),
        version=row.version,
        input_hash=row.input_hash,
        public_hash=row.public_hash,
        input=json.loads(row.input) if row.input else None,
        made_at=row.made_at,
        public=json.loads(row.document),
        per_seat=json.loads(row.per_seat),
        beside=json.loads(row.beside),
        pictures=json.loads(row.pictures) if row.pictures else {},
        timelines=timelines,
        objecting=_objecting(json.loads(row.input)) if row.input else {},
        standing=stands,
    )


def _objecting(given: Document) -> dict[str, list[str]]:
    """Who objects to what, alphabetical, as the report's input has it."""
    found: dict[str, list[str]] = defaultdict(list)
    for seat, provision, level, _ in given["cells"]:
        if level == SCALE[StanceLevel.OBJECT]:
            found[given["provisions"][provision]].append(given["seats"][seat])
    return dict(found)


def _names(connection: sa.Connection, session: SessionId, wanted: Sequence[str]) -> dict[str, str]:
    """Titles and names by what they are of."""
    at = (_PROSE.session == _NAMING.session, _PROSE.seq == _NAMING.seq, _PROSE.pointer == _NAMING.pointer)
    query = (
        sa.select(_NAMING.of, _NAMING.language, _PROSE.text)
        .join(_PROSE.text.table, sa.and_(*at))
        .where(_NAMING.session == session)
        .order_by(_NAMING.ordinal)
    )
    return _chosen(((row.of, row.language, row.text) for row in connection.execute(query)), wanted)


def _clauses(
    connection: sa.Connection, session: SessionId, numbers: Mapping[str, int], wanted: Sequence[str]
) -> dict[str, Clause]:
    at = (_PROSE.session == _WORDING.session, _PROSE.seq == _WORDING.seq, _PROSE.pointer == _WORDING.pointer)
    newest = (_WORDING.session == _CLAUSE.session, _WORDING.of == _CLAUSE.id, _WORDING.revision == _CLAUSE.revision)
    query = (
        sa.select(_CLAUSE.id, _WORDING.language, _PROSE.text)
        .join(_WORDING.of.table, sa.and_(*newest))
        .join(_PROSE.text.table, sa.and_(*at))
        .where(_CLAUSE.session == session)
        .order_by(_WORDING.language)
    )
    words = _chosen(((row.id, row.language, row.text) for row in connection.execute(query)), wanted)
    rows = connection.execute(sa.select(_CLAUSE).where(_CLAUSE.session == session).order_by(_CLAUSE.ordinal))
    counted: dict[str, int] = defaultdict(int)
    found: dict[str, Clause] = {}
    for row in rows:
        stands = row.state != ProvisionState.WITHDRAWN
        counted[row.item] += stands
        found[row.id] = Clause(numbers[row.item], counted[row.item] if stands else None, words.get(row.id, "(erased)"))
    return found


def _chosen(rows: Iterable[tuple[str, str, str]], wanted: Sequence[str]) -> dict[str, str]:
    """Of the versions of each text the one in the language wanted most; else the first."""
    versions: dict[str, dict[str, str]] = defaultdict(dict)
    for of, language, text in rows:
        versions[of][language] = text
    return {of: next((found[tag] for tag in (*wanted, *found) if tag in found), "") for of, found in versions.items()}


def _worded(dimension: Dimension) -> str:
    return dimension.value.lower().replace("_", "-")
