"""From an item's paper to its document: masthead, preamble, numbered paragraphs, footnotes, annexes.

Why numbers are counted here: a resolution numbers its operative paragraphs only, and the board counts all clauses.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from polylogue.drafting.annexes import OPINIONS, annexes
from polylogue.drafting.backing import seat_name
from polylogue.drafting.paper import Clause, Opinion, Paper, Said, preferred, version
from polylogue.drafting.passages import Passage, passage
from polylogue.drafting.phrases import Phrases, conference_name, day, phrases, spoken
from polylogue.drafting.resolution import Resolution
from polylogue.drafting.setting import Form, Place, form_of
from polylogue.vocabulary import LanguageTag, ProvisionId, ProvisionKind


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a document is written with: the paper, the form of its clauses, numbers of footnotes by clause, and how each
    clause is called.
    """

    paper: Paper
    form: Form
    notes: dict[ProvisionId | None, tuple[int, ...]]
    places: dict[ProvisionId, str]


def compose(paper: Paper, language: LanguageTag | None = None) -> Resolution:
    """The document in a language, the session's working one unless another is named.

    A clause without a version in it stands in one that there is, and says so. What is said around the words is in the
    language of the document where there are phrases in it (English, Russian, Chinese), else in English.
    """
    wanted = preferred(paper, language)
    of = phrases(wanted[0])
    organ = conference_name(paper.conference or "", of)
    places = dict(_places(paper.clauses, of))
    paper = replace(paper, opinions=_in_page_order(paper.opinions, places))
    names = frozenset((seat, seat_name(paper, seat, wanted)) for seat in paper.names)
    footnotes, notes = _footnotes(paper, of, wanted, places)
    desk = _Desk(paper, form_of(wanted, paper.backing, names), notes, places)
    passages = tuple(_passages(desk))
    open_ones = () if paper.decision else tuple(each.part for each in passages if each.part)
    return Resolution(
        language=LanguageTag(spoken(wanted[0])),
        nature=paper.nature,
        label=of[paper.nature],
        disclaimer=of[f"{paper.nature} means"],
        organ=organ,
        session=_words(paper.session, desk.form, organ),
        item=of["item"].format(n=paper.item),
        symbol=of["decision"].format(n=paper.decision.number) if paper.decision else of[f"{paper.state} text"],
        status=_status(paper, of),
        title=_words(paper.titles, desk.form, of["untitled"]),
        title_notes=notes.get(None, ()),
        at=paper.decision.at if paper.decision else paper.at,
        blocks=tuple(block for each in passages for block in each.blocks),
        empty="" if paper.clauses else of["empty"],
        footnotes=footnotes,
        annexes=annexes(paper, desk.form, places, open_ones),
    )


def _status(paper: Paper, of: Phrases) -> str:
    if paper.decision:
        return of["adopted"].format(date=day(paper.decision.at, of))
    return of["standing"].format(n=paper.seq, date=day(paper.at, of))


def _words(versions: Iterable[Said], form: Form, otherwise: str) -> str:
    said = version(versions, form.wanted)
    if said is None:
        return otherwise
    return form.of["erased"] if said.text is None else " ".join(said.text.split())


def _places(clauses: Iterable[Clause], of: Phrases) -> Iterator[tuple[ProvisionId, str]]:
    """What each clause is called: by its kind, counted within it."""
    counted = dict.fromkeys(ProvisionKind, 0)
    for clause in clauses:
        counted[clause.kind] += 1
        yield clause.id, of[clause.kind].format(n=counted[clause.kind])


def _in_page_order(opinions: Iterable[Opinion], places: Collection[ProvisionId]) -> tuple[Opinion, ...]:
    """Opinions by their clauses; first those on the whole, or on a clause that is not there."""
    order = {clause: place for place, clause in enumerate(places, 1)}
    return tuple(sorted(opinions, key=lambda each: order.get(each.clause, 0) if each.clause else 0))


def _footnotes(
    paper: Paper, of: Phrases, wanted: Sequence[str], places: dict[ProvisionId, str]
) -> tuple[tuple[str, ...], dict[ProvisionId | None, tuple[int, ...]]]:
    """A footnote for each opinion on record, in the order of the page: on its clause, else on the title."""
    found: list[str] = []
    notes: dict[ProvisionId | None, tuple[int, ...]] = {}
    for opinion in paper.opinions:
        found.append(of["note"].format(name=seat_name(paper, opinion.seat, wanted), kind=of[opinion.kind], n=OPINIONS))
        where = opinion.clause if opinion.clause in places else None
        notes[where] = (*notes.get(where, ()), len(found))
    return tuple(found), notes


def _passages(desk: _Desk) -> Iterator[Passage]:
    clauses = desk.paper.clauses
    last = max((place for place, clause in enumerate(clauses) if clause.kind is ProvisionKind.OPERATIVE), default=-1)
    number = 0
    for place, clause in enumerate(clauses):
        operative = clause.kind is ProvisionKind.OPERATIVE
        number += operative
        stop = ("." if place == last else ";") if operative else ","
        stop, notes = "" if desk.paper.decision else stop, desk.notes.get(clause.id, ())
        point = str(number) if operative else ""
        yield passage(clause, Place(point, desk.places[clause.id], stop, notes), desk.form)
