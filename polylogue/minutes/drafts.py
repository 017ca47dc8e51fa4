"""How drafts, rounds of candidates and writers are told."""

from collections.abc import Iterator

from polylogue import events as e
from polylogue.minutes.candidates import why
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Point, Told, Words
from polylogue.minutes.positions import levels
from polylogue.occasion import Entry
from polylogue.state import Round
from polylogue.vocabulary import DraftId, ItemId, SeatCode, WriterKind


def requested(desk: Desk, entry: Entry, event: e.DraftRequested) -> Told:
    words = desk.say("DraftRequested", who=desk.who(entry), item=desk.item(event.item))
    candidates = (Point(desk.say("DraftRequested candidates", n=event.candidates)),) if event.candidates else ()
    model = (Point(desk.say("DraftRequested MODEL")),) if event.writer is WriterKind.MODEL else ()
    return Told(words, points=(*candidates, *model))


def tabled(desk: Desk, entry: Entry, event: e.DraftTabled) -> Told:
    """Its clauses with their brackets; of words that were on the table before only who backs them."""
    words = desk.say("DraftTabled", who=desk.who(entry), n=event.number, item=desk.item(event.item))
    return Told(words, points=tuple(_clauses(desk, event)))


def _clauses(desk: Desk, event: e.DraftTabled) -> Iterator[Point]:
    for clause in event.clauses:
        number = desk.clause(clause.id)
        words = desk.say("DraftTabled clause", clause=number)
        yield Point((*words, *_comes(desk, clause), *_backed(desk, clause.backers)), desk.versions(clause.versions))
        for each in clause.alternatives:
            words = desk.say("DraftTabled wording", clause=number, wording=desk.alternative(each.id))
            yield Point((*words, *_comes(desk, each), *_backed(desk, each.backers)), desk.versions(each.versions))


def _comes(desk: Desk, given: e.TabledClause | e.TabledAlternative) -> Words:
    """Whose own words the draft has brought, or of whose it has made them; a wording in a bracket says whose it is."""
    if not given.versions:
        return ()
    own, made_of = (
        dict.fromkeys(source.seat for source in given.sources if source.seat and source.drawn is drawn)
        for drawn in (False, True)
    )
    if own:
        return desk.say("DraftTabled own", seats=desk.seats(own)) if isinstance(given, e.TabledClause) else ()
    return desk.say("DraftTabled drawn", seats=desk.seats(made_of)) if made_of else desk.say("DraftTabled made")


def _backed(desk: Desk, seats: tuple[SeatCode, ...]) -> Words:
    return desk.say("with backers", seats=desk.seats(seats)) if seats else ()


def proposed(desk: Desk, entry: Entry, event: e.CandidatesProposed) -> Told:
    winner = next(place for place, each in enumerate(event.candidates, 1) if each.id == event.choice.winner)
    words = desk.say(
        "CandidatesProposed",
        who=desk.who(entry),
        n=len(event.candidates),
        item=desk.item(event.item),
        round=event.number,
        winner=winner,
    )
    stop = (Point(desk.say(event.stop)),) if event.stop else ()
    candidates = (_candidate(desk, event, n, first=n == winner) for n in range(1, len(event.candidates) + 1))
    return Told(words, points=(*candidates, *stop))


def _candidate(desk: Desk, event: e.CandidatesProposed, number: int, *, first: bool) -> Point:
    """A candidate in a line; the first with its explanation."""
    candidate = event.candidates[number - 1]
    counts = {"stated": candidate.objections, "expected": candidate.expected_objections}
    words = desk.say("CandidatesProposed one", n=number, **counts)
    if candidate.status_quo:
        words = (*words, *desk.say("candidate status quo"))
    elif candidate.present:
        words = (*words, *desk.say("candidate present"))
    told, quotes = why(desk, event, candidate) if first else ((), ())
    return Point((*words, *told), quotes)


def predicted(desk: Desk, _: Entry, event: e.StancesPredicted) -> Told:
    return Told(desk.say("StancesPredicted", seat=desk.seat(event.seat), item=desk.item(event.item)))


def ranked(desk: Desk, entry: Entry, event: e.CandidatesRanked) -> Told:
    ballot = " > ".join(" = ".join(map(str, group)) for group in event.ballot)
    words = desk.say("CandidatesRanked", who=desk.who(entry), item=desk.item(event.item), ballot=ballot)
    first = Point(desk.say("CandidatesRanked first", n=event.choice.order[0]))
    return Told(words, points=(first,))


def answered(desk: Desk, entry: Entry, event: e.CandidateAnswered) -> Told:
    candidates = _round(desk, event.item, event.draft).proposed.candidates
    number = next(place for place, each in enumerate(candidates, 1) if each.id == event.candidate)
    words = desk.say("CandidateAnswered", who=desk.who(entry), n=number, item=desk.item(event.item))
    return Told(words, points=tuple(levels(desk, event.stances)))


def _round(desk: Desk, item: ItemId, draft: DraftId) -> Round:
    return next(each for each in desk.state.rounds[item] if each.proposed.draft == draft)


def consulted(desk: Desk, _: Entry, event: e.WriterConsulted) -> Told:
    outcome = desk.of[f"asked {event.outcome}"]
    words = desk.say("WriterConsulted", item=desk.item(event.item), outcome=outcome)
    model = (Point(desk.say("WriterConsulted model", model=event.model)),) if event.model else ()
    counts = desk.say("WriterConsulted taken", taken=event.taken, refused=len(event.refused))
    return Told(words, points=(*model, Point(counts)) if event.requests else model)
