"""The annexes of a document: opinions on record, what is open and why, and the language versions of each clause.

Why beside the text: a footnote and a bracket say that somebody differs; what they said stands here in full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from polylogue.drafting.backing import backers, objections, seat_name
from polylogue.drafting.paper import Clause, Opinion, Paper, Said, Stance, Wording
from polylogue.drafting.paragraphs import laid_out
from polylogue.drafting.phrases import Phrases, language_name, spoken
from polylogue.drafting.resolution import Annex, Paragraph, Part, Run, Voice
from polylogue.vocabulary import LanguageStatus, LanguageTag, ProvisionId, SeatCode

NUMERALS = ("I", "II", "III")
OPINIONS = NUMERALS[0]
"""The annex of opinions, where there is one, comes first."""
REMEMBERED = 1_000
"""Reasons up to so many characters are kept as they were laid out: each is shown again after every act."""


@dataclass(frozen=True, slots=True)
class _Desk:
    paper: Paper
    of: Phrases
    wanted: tuple[LanguageTag, ...]
    places: Mapping[ProvisionId, str]
    names: Mapping[SeatCode, str]

    @property
    def language(self) -> LanguageTag:
        return LanguageTag(spoken(self.wanted[0]))

    def name(self, seat: SeatCode) -> str:
        return self.names.get(seat, seat)


def annexes(
    paper: Paper, of: Phrases, wanted: tuple[LanguageTag, ...], places: Mapping[ProvisionId, str]
) -> tuple[Annex, ...]:
    """Those of which there is something to say, numbered in their order."""
    desk = _Desk(paper, of, wanted, places, {seat: seat_name(paper, seat, wanted) for seat in paper.names})
    found: list[Annex] = []
    if opinions := tuple(_opinion(desk, each) for each in paper.opinions):
        found.append(Annex(of["opinions"], "", opinions))
    if open_ones := tuple(_open(desk)):
        found.append(Annex(of["open"], "", open_ones))
    if paper.clauses:
        found.append(_versions(desk))
    return tuple(
        replace(annex, name=of["annex"].format(n=numeral)) for annex, numeral in zip(found, NUMERALS, strict=False)
    )


# ── opinions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _opinion(desk: _Desk, opinion: Opinion) -> Part:
    place = desk.of["whole"] if opinion.clause is None else desk.places.get(opinion.clause, desk.of["absent"])
    heading = desk.of["title of opinion"].format(name=desk.name(opinion.seat), kind=desk.of[opinion.kind], place=place)
    return Part(heading, _said(desk, opinion.text), opinion.text.language)


def _said(desk: _Desk, said: Said, before: str = "", depth: int = 0) -> tuple[Paragraph, ...]:
    words = Run(desk.of["erased"], Voice.NOTE) if said.text is None else Run(said.text)
    return (_below if len(words.text) <= REMEMBERED else _below.__wrapped__)(words, before, depth)


@lru_cache(maxsize=4_096)
def _below(words: Run, before: str, depth: int) -> tuple[Paragraph, ...]:
    head = [Run(before, Voice.NOTE)] if before else []
    return tuple(replace(each, level=depth + each.level) for each in laid_out([*head, words]))


# ── what is open ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _open(desk: _Desk) -> Iterator[Part]:
    """Clauses with a bracket or an objection; none once the text is adopted."""
    for clause in desk.paper.clauses if not desk.paper.decision else ():
        wordings = (clause.present, *clause.alternatives)
        if clause.alternatives or objections(clause.present):
            paragraphs = tuple(line for wording in wordings for line in _wording(desk, clause, wording))
            yield Part(desk.places[clause.id], paragraphs, desk.language)


def _wording(desk: _Desk, clause: Clause, wording: Wording) -> Iterator[Paragraph]:
    of, depth = desk.of, 1 if clause.alternatives else 0
    if clause.alternatives:
        yield Paragraph(_heading(desk, wording))
        names = of["comma"].join(desk.name(each.seat) for each in backers(desk.paper.backing, wording))
        backed = of["backed by"].format(names=names) if names else of["backed by nobody"]
        yield Paragraph((Run(backed, Voice.NOTE),), depth)
    for each in objections(wording):
        yield from _objection(desk, each, depth)


def _heading(desk: _Desk, wording: Wording) -> tuple[Run, ...]:
    of = desk.of
    head = wording.label or of["present"]
    by = [of["proposed by"].format(names=of["comma"].join(map(desk.name, wording.by)))] if wording.by else []
    since = [of["since"].format(n=wording.seq)] if wording.seq else []
    return (Run(head, Voice.MARK), Run("".join((*by, *since)), Voice.NOTE))


def _objection(desk: _Desk, stance: Stance, depth: int) -> Iterator[Paragraph]:
    of = desk.of
    head = of["carried" if stance.carried else "objection"].format(name=desk.name(stance.seat))
    yield Paragraph((Run(head, Voice.MARK),), depth)
    if stance.reason is None:
        yield Paragraph((Run(of["no reason"], Voice.NOTE),), depth + 1)
    for said, before in ((stance.reason, "reason"), (stance.would_be_removed_by, "removed by")):
        if said:
            yield from _said(desk, said, of[before], depth + 1)


# ── language versions ────────────────────────────────────────────────────────────────────────────────────────────────


def _versions(desk: _Desk) -> Annex:
    """Which language versions of each clause there are: those of the session's languages, and any other there is."""
    paper, of = desk.paper, desk.of
    others = (each.language for clause in paper.clauses for each in clause.present.versions)
    tags = tuple(dict.fromkeys((*paper.languages, *sorted(set(others) - set(paper.languages)))))
    rows = tuple((desk.places[clause.id], *_statuses(desk, clause.present.versions, tags)) for clause in paper.clauses)
    return Annex(of["languages"], "", head=(of["clause"], *(language_name(tag, of) for tag in tags)), rows=rows)


def _statuses(desk: _Desk, versions: Sequence[Said], tags: Sequence[LanguageTag]) -> Iterator[str]:
    there = {each.language: each for each in versions}
    for tag in tags:
        said = there.get(tag)
        if said is None or said.status is LanguageStatus.MISSING:
            yield desk.of[LanguageStatus.MISSING]
        elif said.text is None:
            yield desk.of["gone"]
        else:
            status = desk.of[said.status]
            yield f"{status}{desk.of['comma']}{desk.of['stale']}" if said.stale else status
