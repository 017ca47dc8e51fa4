"""Why the first candidate of a round comes first, in the language of the minutes.

Why from the facts and not the paragraph in the record: that one is in English, and everybody's words are quoted in the
language in which they were given.
"""

from collections.abc import Iterator, Sequence

from polylogue import events as e
from polylogue.drafting.explain import runs
from polylogue.drafting.phrases import spoken
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Quote, Words
from polylogue.vocabulary import ClauseForm, SeatCode, SourceKind

_OF_SEATS = (ClauseForm.NAMED_SUBSET, ClauseForm.CONCESSION, ClauseForm.ALTERNATIVE, ClauseForm.MERGED)
"""Forms of which it is said whose words they are, or for whom."""

_Act = tuple[ClauseForm, tuple[SeatCode, ...], bool]
"""What is done with a clause, for or by whom, and whether the present text is in it."""


def why(desk: Desk, event: e.CandidatesProposed, candidate: e.Candidate) -> tuple[Words, tuple[Quote, ...]]:
    """What is said of a candidate behind its figures: the paragraph in the record, if it is in the language of the
    minutes, else what it does, who objects and what put it before others.
    """
    if spoken(desk.wanted[0]).partition("-")[0] == candidate.explanation.language.partition("-")[0]:
        return (), desk.quoted("explanation", candidate.explanation)
    said = [*_does(desk, event, candidate), *_objections(desk, event, candidate), *_ties(desk, event, candidate)]
    return desk.say("candidate why", told=desk.listed_apart(said)) if said else (), ()


def _does(desk: Desk, event: e.CandidatesProposed, candidate: e.Candidate) -> Iterator[Words]:
    if candidate.status_quo or candidate.present:
        return
    acts: dict[_Act, list[int]] = {}
    for number, wording in _clauses(desk, event, candidate):
        acts.setdefault(_act(desk, wording), []).append(number)
    for (form, seats, present), numbers in acts.items():
        whose = [desk.seats(seats)] if seats else []
        if present:
            whose.append(desk.say("present wording"))
        key = f"candidate {form}" if whose or form not in _OF_SEATS else "candidate OTHER"
        yield desk.say(key, clauses=_numbers(desk, event, numbers), seats=desk.listed(whose))


def _act(desk: Desk, wording: e.CandidateWording) -> _Act:
    match wording.form:
        case ClauseForm.NAMED_SUBSET:
            return wording.form, wording.seats, False
        case ClauseForm.CONCESSION:
            return wording.form, _sorted(source.seat for source in wording.sources), False
        case ClauseForm.ALTERNATIVE if wording.alternative:
            return wording.form, desk.state.proposers(wording.alternative), False
        case ClauseForm.MERGED:
            of = [source.alternative for source in wording.sources if source.kind is SourceKind.WORDING]
            return wording.form, _sorted(seat for id in of if id for seat in desk.state.proposers(id)), None in of
        case _:
            return wording.form, (), False


def _sorted(seats: Iterator[SeatCode | None]) -> tuple[SeatCode, ...]:
    return tuple(sorted({seat for seat in seats if seat}))


def _objections(desk: Desk, event: e.CandidatesProposed, candidate: e.Candidate) -> Iterator[Words]:
    said: dict[tuple[SeatCode, ...], list[int]] = {}
    expected: dict[int, list[int]] = {}
    clauses = _clauses(desk, event, candidate)
    for (number, wording), more in zip(clauses, candidate.expected_against, strict=True):
        if wording.objected:
            said.setdefault(wording.objected, []).append(number)
        if more:
            expected.setdefault(more, []).append(number)
    for seats, numbers in said.items():
        yield desk.say("candidate objections", clauses=_numbers(desk, event, numbers), seats=desk.seats(seats))
    for count, numbers in expected.items():
        yield desk.say("candidate expected", clauses=_numbers(desk, event, numbers), n=count)


def _ties(desk: Desk, event: e.CandidatesProposed, candidate: e.Candidate) -> Iterator[Words]:
    """With which candidates it was tied before which it comes, and by what."""
    number = event.candidates.index(candidate) + 1
    for tie in event.choice.ties:
        for (before, after), step in zip(zip(tie.order, tie.order[1:], strict=False), tie.steps, strict=True):
            if before == number:
                yield desk.say("candidate tie", n=after, step=desk.of[step])


def _clauses(desk: Desk, event: e.CandidatesProposed, candidate: e.Candidate) -> list[tuple[int, e.CandidateWording]]:
    """What is done with each clause, by its number in the text."""
    order = [each.id for each in desk.state.in_text(desk.state.items[event.item])]
    mine = [event.wordings[place] for place in candidate.wordings]
    return [(order.index(wording.provision) + 1, wording) for wording in mine]


def _numbers(desk: Desk, event: e.CandidatesProposed, numbers: Sequence[int]) -> str:
    return desk.of["comma"].join(runs(sorted(numbers), f"{desk.item(event.item)}."))
