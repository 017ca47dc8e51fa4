"""Chapter 5, candidates: proposed by a worker with the draft that was asked for, and put in order by their ballots.

Why the order is computed here, not by whoever proposes: it follows from ballots that change, and whoever reads the
record can count them again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import takewhile

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting.ballots import counted
from polylogue.drafting.candidates import MOST
from polylogue.drafting.choice import Facts
from polylogue.footing import ON_WORDS
from polylogue.procedure import drafts, sources, writers
from polylogue.procedure.answers import text_at
from polylogue.procedure.matter import LIST_LIMIT, Matter
from polylogue.refusals import RefusalCode, Refused
from polylogue.state import Ballot, Item, Provision, Round
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    CandidateId,
    ClauseForm,
    DraftStop,
    Hash,
    PredictionBasis,
    SeatCode,
    Seq,
    StanceLevel,
    TieStep,
)

WORDINGS_LIMIT = 3_200
"""How many wordings a round may name: as many as 16 candidates have for 200 clauses."""

UNCHANGED = 2
"""Rounds through which the winner must stay the same."""

# A mean over 200 clauses has the denominators of all their distances in its own: some forty digits, or hundreds.
_FRACTION = re.compile(r"\d{1,2000}(?:/[1-9]\d{0,1999})?", re.ASCII)
_HIGHEST = 4
_STATED = PredictionBasis.STATED
ON_TABLE = (ClauseForm.PRESENT, ClauseForm.ALTERNATIVE)
"""Forms whose words are on the table already."""
_WORDLESS = (*ON_TABLE, ClauseForm.OMITTED)


# ── proposed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def propose_candidates(m: Matter, c: c.ProposeCandidates) -> tuple[e.Event, ...]:
    tabled = drafts.tabled(m, c)
    item = m.item(c.item)
    request = m.state.requests[c.request]
    if not c.candidates:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("candidates",), name="candidates")
    m.within(c.candidates, path=("candidates",), limit=request.candidates)
    m.within(c.wordings, path=("wordings",), limit=WORDINGS_LIMIT)
    m.within(c.ballots, path=("ballots",))
    m.once((ballot.seat for ballot in c.ballots), path=("ballots",))
    if not 1 <= c.basis <= m.state.seq:
        raise _out_of_range(m, c.basis, ("basis",))
    if c.search is not None and c.search < 1:
        raise _out_of_range(m, c.search, ("search",))
    _none_moved(m, c)
    members = m.seats(tuple(ballot.seat for ballot in c.ballots), path=("ballots",))
    wordings = tuple(
        _wording(m, item, tabled, members, each, ("wordings", str(i))) for i, each in enumerate(c.wordings)
    )
    candidates = tuple(_candidate(m, c, wordings, number) for number in range(1, len(c.candidates) + 1))
    ballots = {b.seat: _ballot(m, b, len(candidates), ("ballots", str(i))) for i, b in enumerate(c.ballots)}
    found = chosen(candidates, ballots, request.seed)
    earlier = m.state.rounds.get(item.id, [])
    proposed = e.CandidatesProposed(
        item=item.id,
        draft=tabled.draft,
        request=c.request,
        number=len(earlier) + 1,
        basis=c.basis,
        search=c.search,
        members=members,
        wordings=wordings,
        candidates=candidates,
        choice=found,
        stop=_stop(m, wordings, candidates, found, earlier),
    )
    predicted = _predicted(c)
    private = (
        e.StancesPredicted(
            item=item.id,
            draft=tabled.draft,
            seat=seat,
            ballot=ballots[seat],
            predictions=tuple(predicted.get(seat, ())),
        )
        for seat in members
    )
    consulted = writers.consulted(m, item, c.request, c.consultations, path=("consultations",))
    return (tabled, *consulted, proposed, *private)


def _none_moved(m: Matter, c: c.ProposeCandidates) -> None:
    """Refuse a round whose search knew an amendment that has been withdrawn or reworded since."""
    revisions = {wording.provision: wording.revision for wording in c.wordings}
    for a in m.state.amendments.values():
        of_these = a.kind in ON_WORDS and a.amends is None and revisions.get(a.provision) == a.revision
        if of_these and a.seq <= c.basis < a.moved_seq:
            raise m.refuse(RefusalCode.DRAFT_OUTDATED, path=("basis",))


def chosen(candidates: Iterable[e.Candidate], ballots: Mapping[SeatCode, Ballot], seed: Hash) -> e.Choice:
    """What follows from the ballots by Schulze's method, with ties broken as `choice.settled` does."""
    listed = tuple(candidates)
    ranking, settled = counted([_facts(candidate) for candidate in listed], ballots.values(), seed)
    return e.Choice(
        preferred=ranking.preferred,
        groups=tuple(tuple(map(int, group)) for group in ranking.order),
        ties=tuple(e.TieBroken(order=tuple(map(int, tie.order)), steps=tie.steps) for tie in settled.breaks),
        order=tuple(map(int, settled.order)),
        winner=listed[int(settled.winner) - 1].id,
    )


def _facts(candidate: e.Candidate) -> Facts:
    return Facts(
        candidate.objections + candidate.expected_objections,
        Fraction(candidate.lowest),
        Fraction(candidate.mean),
        candidate.words,
        2 if candidate.status_quo else int(candidate.present),
    )


def _wording(
    m: Matter,
    item: Item,
    tabled: e.DraftTabled,
    members: tuple[SeatCode, ...],
    given: c.DraftedWording,
    path: tuple[str, ...],
) -> e.CandidateWording:
    provision = m.provision(given.provision, path=(*path, "provision"))
    if provision.item != item.id:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=(*path, "provision"), kind="provision", id=given.provision)
    if given.revision != provision.revision:
        raise Refused(
            m.conflict(RefusalCode.DRAFT_OUTDATED, provision.revision, given.revision, path=(*path, "revision"))
        )
    alternative = given.alternative
    if given.amendment:
        alternative = _made_of(tabled, given.amendment)
    elif alternative:
        m.alternative(alternative, provision, path=(*path, "alternative"))
    if (given.form is ClauseForm.ALTERNATIVE) != (alternative is not None):
        id = given.amendment or given.alternative or ""
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=(*path, "alternative"), kind="alternative", id=id)
    bare = given.form in _WORDLESS
    text = "" if bare else given.text or ""
    m.within(given.predictions, path=(*path, "predictions"), limit=max(LIST_LIMIT, len(members) * MOST))
    for i, prediction in enumerate(given.predictions):
        if prediction.seat not in members:
            raise m.refuse(
                RefusalCode.UNKNOWN_REFERENCE, path=(*path, "predictions"), kind="delegation", id=prediction.seat
            )
        _figure(m, prediction.figure, (*path, "predictions", str(i), "figure"))
    objected = {p.seat for p in given.predictions if p.level is StanceLevel.OBJECT and p.basis is _STATED}
    return e.CandidateWording(
        provision=provision.id,
        revision=provision.revision,
        form=given.form,
        alternative=alternative,
        seats=m.seats(given.seats, path=(*path, "seats")),
        brackets=_brackets(m, given, (*path, "brackets")),
        versions=() if bare else m.wording(text, given.language or m.state.working, path=(*path, "text")),
        sources=() if bare else _sources(m, tabled, provision, given.sources, (*path, "sources")),
        objected=tuple(sorted(objected)),
    )


def _brackets(m: Matter, given: c.DraftedWording, path: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of brackets that a wording treats otherwise than by choosing a reading, ascending."""
    most = {ClauseForm.SHORTENED: LIST_LIMIT, ClauseForm.NAMED_SUBSET: 1}.get(given.form, 0)
    m.within(given.brackets, path=path, limit=most)
    if any(number < 1 for number in given.brackets):
        raise _out_of_range(m, min(given.brackets), path)
    m.once(map(str, given.brackets), path=path)
    return tuple(sorted(given.brackets))


def _made_of(tabled: e.DraftTabled, amendment: AmendmentId) -> AlternativeId | None:
    """The alternative that the draft has made of an amendment."""
    made = (a for clause in tabled.clauses for a in clause.alternatives)
    of_it = (a.id for a in made if any(s.amendment == amendment and not s.drawn for s in a.sources))
    return next(of_it, None)


def _sources(
    m: Matter,
    tabled: e.DraftTabled,
    provision: Provision,
    given: tuple[c.CandidateSource, ...],
    path: tuple[str, ...],
) -> tuple[e.WordingSource, ...]:
    m.within(given, path=path)
    return tuple(_source(m, tabled, provision, source, (*path, str(i))) for i, source in enumerate(given))


def _source(
    m: Matter, tabled: e.DraftTabled, provision: Provision, given: c.CandidateSource, path: tuple[str, ...]
) -> e.WordingSource:
    if given.seat is not None:
        m.seats((given.seat,), path=(*path, "seat"))
    alternative = _made_of(tabled, given.amendment) if given.amendment else given.alternative
    if given.alternative is not None and given.alternative not in m.state.alternatives:
        raise m.refuse(
            RefusalCode.UNKNOWN_REFERENCE, path=(*path, "alternative"), kind="alternative", id=given.alternative
        )
    if given.seq is not None and not 1 <= given.seq <= m.state.seq:
        raise _out_of_range(m, given.seq, (*path, "seq"))
    if given.pointer is not None:
        m.claimed(given.pointer, "text", path=(*path, "pointer"))
    sources.of_round(m, provision, given, path)
    return e.WordingSource(
        kind=given.kind, seat=given.seat, alternative=alternative, seq=given.seq, pointer=given.pointer
    )


def _candidate(
    m: Matter,
    c: c.ProposeCandidates,
    wordings: tuple[e.CandidateWording, ...],
    number: int,
) -> e.Candidate:
    """A candidate that names one wording for each clause, the same clauses in the same order as the first does."""
    given, path = c.candidates[number - 1], ("candidates", str(number - 1))
    if not all(0 <= place < len(wordings) for place in given.wordings):
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=(*path, "wordings"), kind="wording", id="")
    mine = [wordings[place] for place in given.wordings]
    first = [c.wordings[place].provision for place in c.candidates[0].wordings if 0 <= place < len(wordings)]
    if [wording.provision for wording in mine] != first or len(set(first)) != len(first):
        raise m.refuse(RefusalCode.DUPLICATE_ENTRY, path=(*path, "wordings"), entry="provision")
    for name, figure in (("lowest", given.lowest), ("mean", given.mean)):
        _figure(m, figure, (*path, name))
    if given.words < 0:
        raise _out_of_range(m, given.words, (*path, "words"))
    against = [_against(m, c.wordings[place], number, ("wordings", str(place))) for place in given.wordings]
    return e.Candidate(
        id=CandidateId(m.fresh()),
        wordings=given.wordings,
        status_quo=given.status_quo,
        present=given.present,
        objections=sum(stated for stated, _ in against),
        expected_objections=sum(expected for _, expected in against),
        expected_against=tuple(expected for _, expected in against),
        lowest=given.lowest,
        mean=given.mean,
        words=given.words,
        explanation=m.said(given.explanation, c.language, path=(*path, "explanation"), language_path=("language",)),
    )


def _against(m: Matter, wording: c.DraftedWording, number: int, path: tuple[str, ...]) -> tuple[int, int]:
    """How many seats have said OBJECT to a wording as this candidate has it, and of how many more it is expected."""
    mine = [p for p in wording.predictions if not p.candidates or number in p.candidates]
    m.once((p.seat for p in mine), path=(*path, "predictions"))
    against = [p.basis is _STATED for p in mine if p.level is StanceLevel.OBJECT]
    return against.count(True), against.count(False)


def _predicted(c: c.ProposeCandidates) -> dict[SeatCode, list[e.Prediction]]:
    found: dict[SeatCode, list[e.Prediction]] = {}
    for place, wording in enumerate(c.wordings):
        for p in wording.predictions:
            if p.basis is not _STATED:
                predicted = e.Prediction(
                    wording=place,
                    candidates=p.candidates,
                    level=p.level,
                    figure=p.figure,
                    basis=p.basis,
                    nearest=p.nearest,
                )
                found.setdefault(p.seat, []).append(predicted)
    return found


def _ballot(m: Matter, given: c.DraftedBallot, size: int, path: tuple[str, ...]) -> Ballot:
    numbers = [number for group in given.groups for number in group]
    if not all(1 <= number <= size for number in numbers):
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=(*path, "groups"), kind="candidate", id="")
    m.once(map(str, numbers), path=(*path, "groups"))
    return tuple(group for group in given.groups if group)


def _figure(m: Matter, given: str, path: tuple[str, ...]) -> None:
    if not _FRACTION.fullmatch(given) or Fraction(given) > _HIGHEST:
        raise m.refuse(RefusalCode.NUMBER_OUT_OF_RANGE, path=path, value=ascii(given[:40]), least=0, most=_HIGHEST)


def _out_of_range(m: Matter, value: int, path: tuple[str, ...]) -> Refused:
    return m.refuse(RefusalCode.NUMBER_OUT_OF_RANGE, path=path, value=value)


# ── when rounds end ──────────────────────────────────────────────────────────────────────────────────────────────────


def _stop(
    m: Matter,
    wordings: tuple[e.CandidateWording, ...],
    candidates: Sequence[e.Candidate],
    found: e.Choice,
    earlier: list[Round],
) -> DraftStop | None:
    """No objection to a text is left, or two rounds have not changed the winner: each clause is the same words in all
    three. That nobody objects to no text ends nothing: it is none that could be agreed. Who came first by lot may come
    second by the next, and so on for ever: that changes nothing.
    """
    winner = candidates[found.order[0] - 1]
    if not winner.status_quo and not winner.objections + winner.expected_objections:
        return DraftStop.NO_OBJECTION
    if len(earlier) >= UNCHANGED:
        now = [_texts(m, wordings, candidates[number - 1], None) for number in _first_but_for_lots(found)]
        if all(_winner(m, past) in now for past in earlier[-UNCHANGED:]):
            return DraftStop.WINNER_UNCHANGED
    return None


def _first_but_for_lots(found: e.Choice) -> Iterator[int]:
    """The winner, and whom nothing but a lot has put behind it."""
    yield found.order[0]
    for tie in found.ties:
        if tie.order[0] == found.order[0]:
            by_lot = takewhile(lambda both: both[1] is TieStep.LOT, zip(tie.order[1:], tie.steps, strict=True))
            yield from (number for number, _ in by_lot)


def _winner(m: Matter, past: Round) -> list[tuple[object, ...]]:
    winner = past.proposed.candidates[past.choice.order[0] - 1]
    return _texts(m, past.proposed.wordings, winner, past.seq)


def _texts(
    m: Matter, wordings: tuple[e.CandidateWording, ...], candidate: e.Candidate, seq: Seq | None
) -> list[tuple[object, ...]]:
    return [_words(m, wordings[place], seq, place) for place in candidate.wordings]


def _words(m: Matter, wording: e.CandidateWording, seq: Seq | None, place: int) -> tuple[object, ...]:
    """What makes a clause of two candidates the same."""
    words: object = wording.revision
    if wording.form is ClauseForm.OMITTED:
        words = None
    elif wording.alternative:
        words = wording.alternative
    elif wording.versions:
        text = wording.versions[0].text
        said = getattr(text, "words", None)
        words = said or (m.occasion.prose(seq, text_at(place)) if seq else None)
    return wording.provision, wording.form in ON_TABLE, words
