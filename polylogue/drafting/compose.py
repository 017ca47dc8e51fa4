"""From an item's paper to its document: masthead, preamble, numbered paragraphs, footnotes, annexes.

Why numbers are counted here: a resolution numbers its operative paragraphs only, and the board counts all clauses.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from polylogue.drafting.annexes import OPINIONS, annexes
from polylogue.drafting.backing import holders, seat_name
from polylogue.drafting.brackets import arranged
from polylogue.drafting.legible import legible, options
from polylogue.drafting.paper import Clause, Opinion, Paper, Said, Wording, preferred, version
from polylogue.drafting.paragraphs import bracketed, option, plain, stop_for
from polylogue.drafting.phrases import Phrases, day, language_name, phrases, spoken
from polylogue.drafting.pieces import Bracket, Plain
from polylogue.drafting.resolution import Block, Paragraph, Resolution, Run, Voice
from polylogue.vocabulary import LanguageTag, ProvisionId, ProvisionKind


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a document is written with: the paper, its phrases, the languages wanted, numbers of footnotes by clause,
    and how each clause is called.
    """

    paper: Paper
    of: Phrases
    wanted: tuple[LanguageTag, ...]
    notes: dict[ProvisionId | None, tuple[int, ...]]
    places: dict[ProvisionId, str]


def compose(paper: Paper, language: LanguageTag | None = None) -> Resolution:
    """The document in a language, the session's working one unless another is named.

    A clause without a version in it stands in one that there is, and says so. What is said around the words is in the
    language of the document where there are phrases in it (English, Russian, Chinese), else in English.
    """
    wanted = preferred(paper, language)
    of = phrases(wanted[0])
    places = dict(_places(paper.clauses, of))
    paper = replace(paper, opinions=_in_page_order(paper.opinions, places))
    there = annexes(paper, of, wanted, places)
    footnotes, notes = _footnotes(paper, of, wanted, places)
    desk = _Desk(paper, of, wanted, notes, places)
    return Resolution(
        language=LanguageTag(spoken(wanted[0])),
        nature=paper.nature,
        label=of[paper.nature],
        disclaimer=of[f"{paper.nature} means"],
        organ=paper.conference or "",
        session=_words(paper.session, desk, paper.conference or ""),
        item=of["item"].format(n=paper.item),
        symbol=of["decision"].format(n=paper.decision.number) if paper.decision else of[f"{paper.state} text"],
        status=_status(paper, of),
        title=_words(paper.titles, desk, of["untitled"]),
        title_notes=notes.get(None, ()),
        at=paper.decision.at if paper.decision else paper.at,
        blocks=tuple(_blocks(desk)),
        empty="" if paper.clauses else of["empty"],
        footnotes=footnotes,
        annexes=there,
    )


def _status(paper: Paper, of: Phrases) -> str:
    if paper.decision:
        return of["adopted"].format(date=day(paper.decision.at, of))
    return of["standing"].format(n=paper.seq, date=day(paper.at, of))


def _words(versions: Iterable[Said], desk: _Desk, otherwise: str) -> str:
    said = version(versions, desk.wanted)
    if said is None:
        return otherwise
    return desk.of["erased"] if said.text is None else " ".join(said.text.split())


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


def _blocks(desk: _Desk) -> Iterator[Block]:
    clauses = desk.paper.clauses
    last = max((place for place, clause in enumerate(clauses) if clause.kind is ProvisionKind.OPERATIVE), default=-1)
    number = 0
    for place, clause in enumerate(clauses):
        operative = clause.kind is ProvisionKind.OPERATIVE
        number += operative
        stop = ("." if place == last else ";") if operative else ","
        yield from _clause(desk, clause, str(number) if operative else "", "" if desk.paper.decision else stop)


def _clause(desk: _Desk, clause: Clause, number: str, stop: str) -> Iterator[Block]:
    notes, place = desk.notes.get(clause.id, ()), desk.places[clause.id]
    point = f"{number}." if number else ""
    if not clause.alternatives:
        said = version(clause.present.versions, desk.wanted)
        yield Block(point, _language(said, desk), _present(desk, clause.present, said, stop), notes, place)
        return
    wordings = {wording.key: wording for wording in (clause.present, *clause.alternatives)}
    together = _shared(wordings.values(), desk.wanted)
    if together is None:
        yield from _apart(desk, wordings.values(), number, stop, notes, place)
        return
    language, texts = together
    stop = stop_for(texts.values(), stop, language)

    def held(keys: Sequence[str]) -> tuple[str, ...]:
        return holders(desk.paper, [wordings[key] for key in keys])

    kept = clause.kept if language == clause.compared else ()
    match arranged(texts, language, kept) if kept else legible(texts, language):
        case (Bracket() as whole,):
            for each in options(whole, language):
                body = option(each.pieces, held(each.holders), held, language, stop)
                label = _label(number, wordings[each.holders[0]])
                yield Block(label, language, _marked(desk, language, body), notes, place)
                notes = ()
        case pieces:
            body = bracketed(pieces, held, language, stop)
            yield Block(point, language, _marked(desk, language, body), notes, place)


def _apart(
    desk: _Desk, wordings: Iterable[Wording], number: str, stop: str, notes: tuple[int, ...], place: str
) -> Iterator[Block]:
    """Wordings that have no language in common, or of which one is erased: each by itself."""
    for wording in wordings:
        said = version(wording.versions, desk.wanted)
        language = _language(said, desk)
        who = holders(desk.paper, [wording])
        if said is None or said.text is None:
            told = _gone(desk, wording) + (f" ({', '.join(who)})" if who else "")
            body = (Paragraph((Run(told, Voice.NOTE),)),)
        else:
            alone = option(
                [Plain(said.text)], who, lambda _, who=who: who, language, stop_for([said.text], stop, language)
            )
            body = _marked(desk, language, alone)
        yield Block(_label(number, wording), language, body, notes, place)
        notes = ()


def _label(number: str, wording: Wording) -> str:
    """What stands before a wording: its clause's number, and which wording it is."""
    label = " ".join(part for part in (number, wording.label) if part)
    return f"{label}." if label else ""


def _present(desk: _Desk, wording: Wording, said: Said | None, stop: str) -> tuple[Paragraph, ...]:
    if said is None or said.text is None:
        return (Paragraph((Run(_gone(desk, wording), Voice.NOTE),)),)
    return _marked(desk, said.language, plain(said.text, stop_for([said.text], stop, said.language)))


def _gone(desk: _Desk, wording: Wording) -> str:
    """What stands for words that are erased, with the entry in which they stood."""
    return desk.of["erased in"].format(n=wording.seq) if wording.seq else desk.of["erased"]


def _marked(desk: _Desk, language: LanguageTag, body: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs, with a note behind them where they are not in the language of the document."""
    if language.partition("-")[0] == desk.wanted[0].partition("-")[0] or not body:
        return body
    note = Run(" " + desk.of["only"].format(language=language_name(language, desk.of)), Voice.NOTE)
    *before, last = body
    return (*before, Paragraph((*last.runs, note), last.level, last.label))


def _language(said: Said | None, desk: _Desk) -> LanguageTag:
    """That of the words; of what the form says in their place, the document's."""
    return said.language if said and said.text is not None else LanguageTag(spoken(desk.wanted[0]))


def _shared(wordings: Collection[Wording], wanted: Sequence[LanguageTag]) -> tuple[LanguageTag, dict[str, str]] | None:
    """The first language in which every wording has words, and these; nothing where there is none."""
    told = [{each.language: each.text for each in wording.versions if each.text is not None} for wording in wordings]
    for language in dict.fromkeys((*wanted, *told[0])):
        if all(language in each for each in told):
            texts = ((wording.key, each[language]) for wording, each in zip(wordings, told, strict=True))
            return language, {key: text or "" for key, text in texts}
    return None
