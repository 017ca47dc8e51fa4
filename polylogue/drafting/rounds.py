"""From a round's search to the command that records it, and from earlier rounds to the search.

Why places and not texts: a source is where words lie in the record, so whoever reads it sees whether they still do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from polylogue import commands as c
from polylogue.drafting.brief import PRESENT, Answer
from polylogue.drafting.forms import Candidate, ClauseChoice, Prediction, Source
from polylogue.drafting.rolling import Words
from polylogue.drafting.said import answer_key
from polylogue.events import WordingSource
from polylogue.occasion import Place
from polylogue.procedure.answers import text_at
from polylogue.stances import Held
from polylogue.state import Round, State, Wording
from polylogue.vocabulary import (
    AlternativeId,
    AmendmentId,
    ClauseForm,
    ItemId,
    ProvisionId,
    SeatCode,
    SourceKind,
)

_WORDLESS = (ClauseForm.PRESENT, ClauseForm.ALTERNATIVE, ClauseForm.OMITTED)

Row = tuple[Prediction, ...]


# ── what earlier rounds give the search ──────────────────────────────────────────────────────────────────────────────


def previous(state: State, item: ItemId, words: Words) -> tuple[ClauseChoice, ...]:
    """What the winner of the item's last round does with each clause; nothing where there was none, or where what its
    words were made of says something else by now.
    """
    rounds = state.rounds.get(item)
    if not rounds:
        return ()
    last = rounds[-1]
    winner = last.proposed.candidates[last.choice.order[0] - 1]
    found = [(_again(state, last, place, words), last.proposed.wordings[place]) for place in winner.wordings]
    return tuple(choice for choice, was in found if _rests_still(state, item, choice, was.sources, words))


def answers(state: State, item: ItemId, words: Words) -> tuple[Answer, ...]:
    """What seats have answered to candidates of all rounds, the newest of each seat and wording."""
    return tuple(
        Answer(
            seat=seat,
            provision=past.proposed.wordings[place].provision,
            text=_words_of(past, place, words),
            level=held.level,
            seq=held.seq,
            importance=held.importance,
            condition=words(held.seq, f"/stances/{held.place}/wouldBeRemovedBy"),
            reason=words(held.seq, f"/stances/{held.place}/reason"),
        )
        for past in state.rounds.get(item, ())
        for seat, answered in past.answers.items()
        for place, held in answered.items()
    )


def _again(state: State, last: Round, place: int, words: Words) -> ClauseChoice:
    w = last.proposed.wordings[place]
    if w.alternative:
        lies = state.alternatives[w.alternative].wording
        text, language = words(lies[0].seq, lies[0].pointer), lies[0].language
    elif w.form is ClauseForm.PRESENT:
        lies = state.provisions[w.provision].wording
        text, language = words(lies[0].seq, lies[0].pointer), lies[0].language
    else:
        text = _words_of(last, place, words)
        language = w.versions[0].language if w.versions else state.working
    return ClauseChoice(
        provision=w.provision,
        revision=w.revision,
        form=w.form,
        text=None if w.form is ClauseForm.OMITTED else text,
        language=language,
        alternative=w.alternative,
        seats=w.seats,
        brackets=w.brackets,
        sources=tuple(_source_again(state, source) for source in w.sources),
    )


def _rests_still(
    state: State, item: ItemId, choice: ClauseChoice, recorded: Sequence[WordingSource], words: Words
) -> bool:
    """Whether what a wording was made of still says what it said: a condition may have been stated anew since."""
    for source, was in zip(choice.sources, recorded, strict=True):
        lies = _lies(state, item, choice, source)
        if was.seq and was.pointer and (lies is None or words(*lies) != words(was.seq, was.pointer)):
            return False
    return True


def _source_again(state: State, source: WordingSource) -> Source:
    """A source by the key under which the search knows it."""
    if source.kind is SourceKind.NAME:
        return Source(source.kind, None, source.seat)
    answered = source.kind is SourceKind.ANSWER or any(
        held.seq == source.seq
        for rounds in state.rounds.values()
        for past in rounds
        for seat, answered in past.answers.items()
        if seat == source.seat
        for held in answered.values()
    )
    if answered:
        return Source(source.kind, answer_key(source.seq or 0), source.seat)
    return Source(source.kind, source.alternative or PRESENT, source.seat)


def _words_of(past: Round, place: int, words: Words) -> str | None:
    """The words that only candidates have; null where the clause is left out, or they are erased."""
    if past.proposed.wordings[place].form in _WORDLESS:
        return None
    return words(past.seq, text_at(place))


# ── what the record is told of the search ────────────────────────────────────────────────────────────────────────────


def recorded(
    state: State, item: ItemId, candidates: Sequence[Candidate]
) -> tuple[tuple[c.DraftedWording, ...], tuple[tuple[int, ...], ...]]:
    """The wordings of some candidates, each once, with what is expected of the seats; and for each candidate the places
    of its wordings.
    """
    places: dict[tuple[ProvisionId, ClauseForm, str | None], int] = {}
    choices: list[ClauseChoice] = []
    rows: list[dict[int, Row]] = []
    named: list[tuple[int, ...]] = []
    for number, candidate in enumerate(candidates, 1):
        mine: list[int] = []
        for choice, row in zip(candidate.clauses, candidate.predictions, strict=True):
            key = (choice.provision, choice.form, choice.text)
            place = places.setdefault(key, len(choices))
            if place == len(choices):
                choices.append(choice)
                rows.append({})
            rows[place][number] = row
            mine.append(place)
        named.append(tuple(mine))
    wordings = tuple(_drafted(state, item, choice, row) for choice, row in zip(choices, rows, strict=True))
    return wordings, tuple(named)


def _drafted(state: State, item: ItemId, choice: ClauseChoice, rows: Mapping[int, Row]) -> c.DraftedWording:
    key = choice.alternative if choice.form is ClauseForm.ALTERNATIVE else None
    alternative = key if key and key in state.alternatives else None
    return c.DraftedWording(
        provision=choice.provision,
        revision=choice.revision,
        form=choice.form,
        alternative=alternative,
        amendment=AmendmentId(key) if key and alternative is None else None,
        seats=choice.seats,
        brackets=choice.brackets,
        text=None if choice.form in _WORDLESS else choice.text,
        language=choice.language,
        sources=() if choice.form in _WORDLESS else tuple(_sources(state, item, choice)),
        predictions=tuple(_expected(state, rows)),
    )


def _expected(state: State, rows: Mapping[int, Row]) -> Iterator[c.DraftedPrediction]:
    """What is expected of each seat: once where it is the same in all candidates, else by what it is."""
    for of_seat in zip(*rows.values(), strict=True):
        by_candidate = sorted(zip(of_seat, rows, strict=True), key=lambda each: (_told(each[0]), each[1]))
        groups = [
            (told, [number for _, number in group]) for told, group in groupby(by_candidate, lambda e: _told(e[0]))
        ]
        for told, numbers in groups:
            p = next(p for p, _ in by_candidate if _told(p) == told)
            nearest = AlternativeId(p.nearest) if p.nearest and p.nearest in state.alternatives else None
            yield c.DraftedPrediction(
                seat=p.seat,
                level=p.level,
                figure=str(p.figure),
                basis=p.basis,
                nearest=nearest,
                candidates=() if len(groups) == 1 else tuple(numbers),
            )


def _told(p: Prediction) -> tuple[str, str, str]:
    return str(p.figure), p.basis, p.nearest or ""


def _sources(state: State, item: ItemId, choice: ClauseChoice) -> Iterator[c.CandidateSource]:
    for source in choice.sources:
        seq, pointer = _lies(state, item, choice, source) or (None, None)
        of_alternative = source.wording if source.wording in state.alternatives else None
        of_amendment = source.wording if source.wording in state.amendments else None
        yield c.CandidateSource(
            kind=source.kind,
            seat=source.seat,
            alternative=AlternativeId(of_alternative) if of_alternative else None,
            amendment=AmendmentId(of_amendment) if of_amendment else None,
            seq=seq,
            pointer=pointer,
        )


def _lies(state: State, item: ItemId, choice: ClauseChoice, source: Source) -> Place | None:
    """Where the words of a source lie; null of a name."""
    key = source.wording
    if source.kind is SourceKind.NAME or key is None:
        return None
    if source.kind is SourceKind.WORDING and (wording := _wording(state, choice.provision, key)):
        version = next((v for v in wording if v.language == choice.language), wording[0])
        return version.seq, version.pointer
    if source.kind is SourceKind.CONDITION and source.seat:
        stated = state.held(source.seat)
        held = stated.get((choice.provision, AlternativeId(key) if key else None))
        if held:
            return held.seq, f"/stances/{held.place}/wouldBeRemovedBy"
    for past, place, seat, answer in _answered(state, item, choice.provision):
        if answer_key(answer.seq) == key and source.seat in (None, seat):
            if source.kind is SourceKind.CONDITION:
                return answer.seq, f"/stances/{answer.place}/wouldBeRemovedBy"
            return past.seq, text_at(place)
    return None


def _wording(state: State, provision: ProvisionId, key: str) -> Wording | None:
    if key == PRESENT:
        return state.provisions[provision].wording
    if key in state.alternatives:
        return state.alternatives[AlternativeId(key)].wording
    amendment = state.amendments.get(AmendmentId(key))
    return amendment.wording if amendment else None


def _answered(state: State, item: ItemId, provision: ProvisionId) -> Iterable[tuple[Round, int, SeatCode, Held]]:
    for past in state.rounds.get(item, ()):
        for seat, answered in past.answers.items():
            for place, held in answered.items():
                if past.proposed.wordings[place].provision == provision:
                    yield past, place, seat, held
