"""The annexes of a document: opinions on record, what is open and why, and the language versions of each clause.

Why behind the text: a footnote says that somebody differs; what they said stands here in full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from polylogue.drafting.concerns import said_in
from polylogue.drafting.paper import Opinion, Paper, Said
from polylogue.drafting.phrases import Phrases, language_name
from polylogue.drafting.resolution import Annex, Part
from polylogue.drafting.setting import Form
from polylogue.vocabulary import LanguageStatus, LanguageTag, ProvisionId, SeatCode

NUMERALS = ("I", "II", "III")
OPINIONS = NUMERALS[0]
"""The annex of opinions, where there is one, comes first."""


@dataclass(frozen=True, slots=True)
class _Desk:
    paper: Paper
    of: Phrases
    places: Mapping[ProvisionId, str]
    names: Mapping[SeatCode, str]


def annexes(
    paper: Paper, form: Form, places: Mapping[ProvisionId, str], open_ones: tuple[Part, ...]
) -> tuple[Annex, ...]:
    """Those of which there is something to say, numbered in their order; `open_ones` are the parts of what is open."""
    of = form.of
    desk = _Desk(paper, of, places, dict(form.names))
    found: list[Annex] = []
    if opinions := tuple(_opinion(desk, each) for each in paper.opinions):
        found.append(Annex(of["opinions"], "", opinions))
    if open_ones:
        found.append(Annex(of["open"], "", open_ones))
    if paper.clauses:
        found.append(_versions(desk))
    return tuple(
        replace(annex, name=of["annex"].format(n=numeral)) for annex, numeral in zip(found, NUMERALS, strict=False)
    )


# ── opinions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _opinion(desk: _Desk, opinion: Opinion) -> Part:
    place = desk.of["whole"] if opinion.clause is None else desk.places.get(opinion.clause, desk.of["absent"])
    name = desk.names.get(opinion.seat, opinion.seat)
    heading = desk.of["title of opinion"].format(name=name, kind=desk.of[opinion.kind], place=place)
    return Part(heading, said_in(desk.of, opinion.text), opinion.text.language)


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
