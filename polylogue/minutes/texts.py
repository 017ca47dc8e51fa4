"""How a negotiating text is told: its clauses, brackets and amendments, and its way to the call."""

from collections.abc import Iterable, Iterator

from polylogue import events as e
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Point, Quote, Run, Told
from polylogue.occasion import Entry
from polylogue.vocabulary import AmendmentId, AmendmentKind, ProvisionId

PLACED = (AmendmentKind.INSERT_AFTER, AmendmentKind.MOVE)


def proposed(desk: Desk, entry: Entry, event: e.ProvisionProposed) -> Told:
    words = desk.say("ProvisionProposed", who=desk.who(entry), clause=desk.clause(event.provision))
    return Told(words, desk.versions(event.versions))


def withdrawn(desk: Desk, entry: Entry, event: e.ProvisionWithdrawn) -> Told:
    words = desk.say("ProvisionWithdrawn", who=desk.who(entry), clause=desk.clause(event.provision))
    return Told(words, points=_fallen(desk, event.lapsed))


def sponsored(desk: Desk, entry: Entry, event: e.SponsorJoined | e.SponsorLeft) -> Told:
    return Told(desk.say(type(event).__name__, who=desk.who(entry), clause=desk.clause(event.provision)))


def _fallen(desk: Desk, lapsed: Iterable[AmendmentId], *, reopens: bool = False) -> tuple[Point, ...]:
    amendments = [desk.amendment(each) for each in lapsed]
    fallen = (Point(desk.say("lapsed", amendments=desk.listed(amendments))),) if amendments else ()
    return (*fallen, *((Point(desk.say("reopens")),) if reopens else ()))


# ── brackets ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def alternative(desk: Desk, entry: Entry, event: e.AlternativeProposed) -> Told:
    words = desk.say("AlternativeProposed", who=desk.who(entry), clause=desk.clause(event.provision))
    points = _fallen(desk, (), reopens=event.reopens)
    if event.amendment:
        whose = desk.say("AlternativeProposed amendment", amendment=desk.amendment(event.amendment))
        points = (Point(whose), *points)
    return Told(words, desk.versions(event.versions), points)


def closed(desk: Desk, entry: Entry, event: e.BracketClosed) -> Told:
    clause, wording = desk.clause(event.provision), desk.alternative(event.alternative)
    if event.bracket is None:
        words = desk.say("BracketClosed", who=desk.who(entry), clause=clause, wording=wording)
    else:
        key = "BracketClosed one"
        words = desk.say(key, who=desk.who(entry), clause=clause, wording=wording, n=event.bracket)
    left = len(event.remaining)
    points = (
        *(_reading(desk, each, whole=event.bracket is None) for each in event.readings),
        *((Point(desk.say("BracketClosed left", n=left)),) if left else ()),
    )
    return Told(words, (*desk.quoted("the reason", event.reason), *now(desk, event.provision)), points)


def _reading(desk: Desk, reading: e.BracketReading, *, whole: bool) -> Point:
    """Of a clause that was closed as a whole the words stand where they were proposed."""
    said = (desk.alternative(id) for id in ((None,) if reading.present else ()) + reading.alternatives)
    words = (Run(desk.of["chosen" if reading.chosen else "dropped"] + desk.of["colon"]), *desk.listed(said))
    if whole:
        return Point(words)
    return Point(words, desk.quoted("text", reading.text) or (Quote(desk.of["text"], Run(desk.of["no words"])),))


def now(desk: Desk, clause: ProvisionId) -> tuple[Quote, ...]:
    """How a clause reads after the entry."""
    return desk.wording(desk.state.provisions[clause].wording, "reads now")


def merged(desk: Desk, entry: Entry, event: e.BracketsMerged) -> Told:
    clause = desk.clause(event.provision)
    words = desk.say("BracketsMerged", who=desk.who(entry), clause=clause, first=event.first, last=event.last)
    return Told(words, desk.quoted("the reason", event.reason))


def split(desk: Desk, entry: Entry, event: e.BracketSplit) -> Told:
    words = desk.say("BracketSplit", who=desk.who(entry), clause=desk.clause(event.provision), n=event.bracket)
    return Told(words, desk.quoted("the reason", event.reason))


def reopened(desk: Desk, entry: Entry, event: e.BracketReopened) -> Told:
    clause, closing = desk.clause(event.provision), desk.entry(event.closing)
    words = desk.say("BracketReopened", who=desk.who(entry), clause=clause, entry=closing)
    return Told(words, desk.quoted("the reason", event.reason), _fallen(desk, (), reopens=event.reopens))


# ── amendments ───────────────────────────────────────────────────────────────────────────────────────────────────────


def amended(desk: Desk, entry: Entry, event: e.AmendmentProposed) -> Told:
    who, item = desk.who(entry), desk.item(event.item)
    quotes = (*desk.versions(event.versions), *desk.quoted("the reason", event.reason))
    if event.amends:
        return Told(desk.say("AmendmentProposed", who=who, amendment=desk.amendment(event.amends)), quotes)
    clause = desk.clause(event.provision)
    first = event.kind in PLACED and event.after is None
    key = f"AmendmentProposed {event.kind}" + (" first" if first else "")
    after = desk.clause(event.after) if event.after else ""
    return Told(desk.say(key, who=who, item=item, clause=clause, after=after), quotes)


def _proposed_at(desk: Desk, id: AmendmentId) -> Run:
    return desk.entry(desk.state.amendments[id].seq)


def revised(desk: Desk, entry: Entry, event: e.AmendmentRevised) -> Told:
    words = desk.say("AmendmentRevised", who=desk.who(entry), entry=_proposed_at(desk, event.amendment))
    return Told(words, desk.versions(event.versions))


def accepted(desk: Desk, entry: Entry, event: e.AmendmentAccepted) -> Told:
    key = "AmendmentAccepted final" if event.final else "AmendmentAccepted"
    words = desk.say(key, who=desk.who(entry), amendment=desk.amendment(event.amendment))
    amendment = desk.state.amendments[event.amendment]
    worded = event.final and event.revision is not None and amendment.provision in desk.state.provisions
    quotes = now(desk, amendment.provision) if worded else ()
    return Told(words, quotes, _fallen(desk, event.lapsed, reopens=event.reopens))


def taken_back(desk: Desk, entry: Entry, event: e.AmendmentWithdrawn) -> Told:
    words = desk.say("AmendmentWithdrawn", who=desk.who(entry), entry=_proposed_at(desk, event.amendment))
    return Told(words, points=_fallen(desk, event.lapsed))


# ── states ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def circulated(desk: Desk, entry: Entry, event: e.TextCirculated) -> Told:
    time = desk.time(event.callable_from)
    return Told(desk.say("TextCirculated", who=desk.who(entry), item=desk.item(event.item), time=time))


def cleaned(desk: Desk, entry: Entry, event: e.TextCleaned) -> Told:
    words = desk.say("TextCleaned", who=desk.who(entry), item=desk.item(event.item))
    return Told(words, points=_fallen(desk, event.lapsed))


def text_reopened(desk: Desk, entry: Entry, event: e.TextReopened) -> Told:
    words = desk.say("TextReopened", who=desk.who(entry), item=desk.item(event.item))
    return Told(words, desk.quoted("the reason", event.reason))


# ── drafts and rounds ────────────────────────────────────────────────────────────────────────────────────────────────


def taken(desk: Desk, entry: Entry, event: e.CandidateTaken) -> Told:
    candidates = desk.state.rounds[event.item][-1].proposed.candidates
    number = next(place for place, each in enumerate(candidates, 1) if each.id == event.candidate)
    words = desk.say("CandidateTaken", who=desk.who(entry), n=number, item=desk.item(event.item))
    return Told(words, points=(*_changed(desk, event.clauses), *_fallen(desk, event.lapsed)))


def _changed(desk: Desk, clauses: Iterable[e.TakenClause]) -> Iterator[Point]:
    for each in clauses:
        key = "CandidateTaken gone" if each.revision is None else "CandidateTaken clause"
        words = desk.say(key, clause=desk.clause(each.provision))
        yield Point(words, () if each.revision is None else now(desk, each.provision))
