"""Briefs for tests: written out in a few words, or drawn at random."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from polylogue.drafting.ballots import expected
from polylogue.drafting.brief import Answer, Brief, Clause, Stated, Wording
from polylogue.drafting.choice import Ballot, Facts, Settled, schulze, settled
from polylogue.drafting.forms import Candidate, ClauseChoice, Prediction
from polylogue.drafting.options import present
from polylogue.drafting.predict import outlook, predictions
from polylogue.vocabulary import (
    ClauseForm,
    ItemId,
    LanguageTag,
    ProvisionId,
    ProvisionKind,
    ProvisionState,
    SeatCode,
    Seq,
    StanceLevel,
)

EN = LanguageTag("en")
KAZ, KGZ, TJK, UZB = SEATS = tuple(map(SeatCode, ("KAZ", "KGZ", "TJK", "UZB")))
NAMES = tuple(
    (seat, EN, name) for seat, name in zip(SEATS, ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan"), strict=True)
)
S, A, N, R, O = StanceLevel  # noqa: E741 -- levels by their letters, SUPPORT first

Levels = Mapping[SeatCode, StanceLevel]
Said = str | tuple[str, SeatCode]
"""A text, or a text and who put it forward."""


def clause(
    *wordings: Said,
    on: Sequence[Levels] = (),
    id: str = "p1",
    state: ProvisionState = ProvisionState.PROPOSED,
    language: str = EN,
    conditions: Mapping[SeatCode, str] | None = None,
    waits: Mapping[SeatCode, str] | None = None,
    answers: Sequence[Answer] = (),
) -> Clause:
    """A clause with its present text and alternatives "a1", "a2" …; `on` are the stances on each of them in order.

    Conditions and what a stance waits for go with the stances on the present text.
    """
    keys = ["", *(f"a{n}" for n in range(1, len(wordings)))]
    tag = LanguageTag(language)
    texts = [(wording, None) if isinstance(wording, str) else wording for wording in wordings]
    return Clause(
        provision=ProvisionId(id),
        revision=1,
        kind=ProvisionKind.OPERATIVE,
        state=state,
        wordings=tuple(
            Wording(key, text, tag, (seat,) if seat else ()) for key, (text, seat) in zip(keys, texts, strict=True)
        ),
        stated=tuple(
            Stated(
                seat,
                key,
                level,
                2,
                Seq(1),
                condition=(conditions or {}).get(seat) if not key else None,
                if_agreed=ProvisionId((waits or {})[seat]) if not key and seat in (waits or {}) else None,
            )
            for key, levels in zip(keys, on, strict=False)
            for seat, level in sorted(levels.items())
        ),
        answers=tuple(answers),
    )


def brief(*clauses: Clause, seats: Sequence[SeatCode] = SEATS, previous: Sequence[ClauseChoice] = ()) -> Brief:
    return Brief(ItemId("item"), tuple(seats), clauses, NAMES, tuple(previous))


def taking(of: Clause, text: str | None, form: ClauseForm = ClauseForm.WRITTEN) -> ClauseChoice:
    """A choice of any words for a clause."""
    return ClauseChoice(of.provision, of.revision, form, text, of.language)


def answer(seat: SeatCode, text: str | None, level: StanceLevel, seq: int = 9, of: str = "p1") -> Answer:
    return Answer(seat, ProvisionId(of), text, level, Seq(seq))


# ── drawn ──

WORDS = ("Member", "States", "shall", "should", "not", "deepen", "trade", "transport", ",", "and", "water", ".")

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
levels = st.sampled_from(list(StanceLevel))


def authors(seats: Sequence[SeatCode]) -> st.SearchStrategy[tuple[SeatCode, ...]]:
    return st.lists(st.sampled_from(seats), max_size=2, unique=True).map(tuple)


@st.composite
def clauses(draw: st.DrawFn, number: int, all_ids: Sequence[str], seats: Sequence[SeatCode] = SEATS) -> Clause:
    """A clause with up to four wordings, some of them proposals or deletions, and stances of every kind."""
    wordings = [Wording("", draw(texts | st.none()), EN, draw(authors(seats)))]
    for place in range(draw(st.integers(0, 3))):
        text = draw(texts | st.just("") | st.none())
        wordings.append(Wording(f"{all_ids[number]}-a{place}", text, EN, draw(authors(seats))))
    stated = [
        Stated(
            seat,
            wording.key,
            draw(levels),
            draw(st.integers(1, 3)),
            Seq(draw(st.integers(1, 5))),
            carried=not wording.key and draw(st.booleans()),
            if_agreed=draw(st.none() | st.sampled_from([*map(ProvisionId, all_ids), ProvisionId("elsewhere")])),
            condition=draw(st.none() | texts),
        )
        for seat in seats
        for wording in wordings
        if draw(st.booleans())
    ]
    answered = [
        Answer(
            draw(st.sampled_from(seats)), ProvisionId(all_ids[number]), draw(texts | st.none()), draw(levels), Seq(seq)
        )
        for seq in range(6, 6 + draw(st.integers(0, 2)))
    ]
    return Clause(
        ProvisionId(all_ids[number]),
        draw(st.integers(1, 2)),
        ProvisionKind.OPERATIVE,
        draw(st.sampled_from((ProvisionState.PROPOSED, ProvisionState.BRACKETED, ProvisionState.AGREED))),
        tuple(wordings),
        tuple(stated),
        tuple(answered),
    )


@st.composite
def briefs(draw: st.DrawFn, most: int = 3) -> Brief:
    """A brief of up to three clauses and four seats, now and then with a winner of the round before."""
    ids = [f"p{n}" for n in range(draw(st.integers(0, most)))]
    seats = SEATS[: draw(st.integers(0, 4))]
    own = [draw(clauses(n, ids, seats or SEATS)) for n in range(len(ids))]
    before = [
        draw(st.sampled_from([present(c), *(taking(c, t, ClauseForm.MERGED) for t in ("Member States .", "trade"))]))
        for c in own
    ]
    return brief(*own, seats=seats, previous=before if draw(st.booleans()) else ())


T = TypeVar("T")


def turned(of: Brief, seed: int) -> Brief:
    """The same brief, with everything that has no order of its own shuffled."""
    shuffle = random.Random(seed)

    def mixed(listed: Sequence[T]) -> tuple[T, ...]:
        return tuple(shuffle.sample(listed, len(listed)))

    return replace(
        of,
        names=mixed(of.names),
        previous=mixed(of.previous),
        clauses=tuple(replace(c, stated=mixed(c.stated), answers=mixed(c.answers)) for c in of.clauses),
    )


def predicted(of: Clause, choice: ClauseChoice, *kept: str) -> dict[str, Prediction]:
    """What is predicted of each seat where these clauses are in the text, this one always."""
    row = predictions(SEATS, outlook(of, SEATS).expected(choice), {of.provision, *map(ProvisionId, kept)})
    return {prediction.seat: prediction for prediction in row}


def settle(of: Brief, candidates: tuple[Candidate, ...], seed: bytes = b"root") -> Settled:
    """The order of the candidates by expected ballots alone."""
    cast = [
        Ballot({str(number): rank for rank, group in enumerate(ballot) for number in group})
        for ballot in expected(of.seats, candidates).values()
    ]
    facts = {c.id: Facts(len(c.objections), c.lowest, c.mean, c.words, 2 * c.status_quo) for c in candidates}
    return settled(schulze([c.id for c in candidates], cast), facts, seed)
