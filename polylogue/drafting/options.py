"""What a candidate may do with a clause: every wording on the table and all that can be made of them by rule.

Why by rule only: each option names the words that it is made of, and nothing is said that nobody has put forward; what
a writer brings is marked as such.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from polylogue.drafting.brief import PRESENT, Clause, Written
from polylogue.drafting.forms import ClauseChoice, Source
from polylogue.drafting.mixing import Names, called, chosen_for, comparable, supporters, wordings_of
from polylogue.drafting.named import named
from polylogue.drafting.predict import Outlook, level_of
from polylogue.drafting.said import conditions
from polylogue.text import TEXT_LIMIT
from polylogue.vocabulary import AlternativeId, ClauseForm, ProvisionState, SourceKind, StanceLevel


def options(
    outlook: Outlook,
    mixed: Iterable[ClauseChoice],
    names: Names = (),
    previous: ClauseChoice | None = None,
    written: Iterable[Written] = (),
    regional: Iterable[ClauseChoice] = (),
) -> tuple[ClauseChoice, ...]:
    """All different things that a candidate may do with a clause, the present text first and its omission last.

    An agreed clause is as it is, or goes with the whole text. `mixed` are the texts of its brackets and
    `regional` those that treat single ones otherwise; `previous` is what the winner of the round before did.
    """
    found: dict[str | None, ClauseChoice] = {}
    for choice in _in_order(outlook, mixed, names, previous, written, regional):
        # The present text stands even where it is erased; of other texts that are alike the first one counts.
        # For one that is longer than a text may be, of the longest readings or said by many, a round would be refused.
        if choice.form is ClauseForm.PRESENT or 0 < len(choice.text or "") <= TEXT_LIMIT:
            found.setdefault(choice.text, choice)
    return (*found.values(), omission(outlook.clause))


def present(clause: Clause) -> ClauseChoice:
    """The clause as it stands."""
    return chosen_for(clause, ClauseForm.PRESENT, clause.present.text, (Source(SourceKind.WORDING, PRESENT),))


def omission(clause: Clause) -> ClauseChoice:
    """The clause left out; those who have proposed just that are its sources."""
    asked = [w for w in clause.wordings if w.text == ""]
    sources = tuple(Source(SourceKind.WORDING, w.key) for w in asked)
    key = AlternativeId(asked[0].key) if asked else None
    return chosen_for(clause, ClauseForm.OMITTED, None, sources, key)


def _in_order(
    outlook: Outlook,
    mixed: Iterable[ClauseChoice],
    names: Names,
    previous: ClauseChoice | None,
    written: Iterable[Written],
    regional: Iterable[ClauseChoice],
) -> Iterator[ClauseChoice]:
    clause = outlook.clause
    yield present(clause)
    if clause.state is ProvisionState.AGREED:
        return
    for w in comparable(clause)[1:]:
        yield chosen_for(clause, ClauseForm.ALTERNATIVE, w.text, wordings_of(w.key), AlternativeId(w.key))
    yield from mixed
    for seat, said in conditions(clause, outlook.near):
        if said.text:
            source = Source(SourceKind.CONDITION, said.key, seat)
            yield chosen_for(clause, ClauseForm.CONCESSION, said.text.strip(), (source,))
    for each in written:
        yield chosen_for(clause, ClauseForm.WRITTEN, each.text.strip(), each.sources)
    yield from _for_some(outlook, names)
    yield from regional
    if previous and _stands(clause, previous):
        yield replace(previous, brackets=())


def _stands(clause: Clause, previous: ClauseChoice) -> bool:
    """Whether what a candidate did is still possible: the clause is not revised, the words it rests on are there."""
    known = {wording.key for wording in clause.wordings}
    rests_on = {source.wording for source in previous.sources if source.kind is SourceKind.WORDING}
    if previous.brackets and previous.form is ClauseForm.NAMED_SUBSET:
        return False  # who is bound by which words would be a guess: it is there where it is made again
    return previous.revision == clause.revision and rests_on <= known and previous.form is not ClauseForm.PRESENT


# ── for some only ────────────────────────────────────────────────────────────────────────────────────────────────────


def _for_some(outlook: Outlook, names: Names) -> Iterator[ClauseChoice]:
    """Each wording to which a seat is expected to object, as said by those only that support it, if they are two or
    more and all can be named in its language.
    """
    clause = outlook.clause
    for w in comparable(clause):
        if not w.text:
            continue
        form = ClauseForm.PRESENT if w.key == PRESENT else ClauseForm.ALTERNATIVE
        whole = chosen_for(clause, form, w.text, wordings_of(w.key), AlternativeId(w.key) if w.key else None)
        seats = supporters(outlook, w)
        if len(seats) < 2:  # noqa: PLR2004 -- "Member States" are two or more
            continue
        if StanceLevel.OBJECT not in [level_of(each.figure) for each in outlook.expected(whole)]:
            continue
        known = [called(names, seat, clause.language) for seat in seats]
        text = named(w.text, [name for name in known if name], clause.language) if all(known) else None
        if text:
            sources = (*wordings_of(w.key), *(Source(SourceKind.NAME, seat=seat) for seat in seats))
            yield ClauseChoice(
                clause.provision,
                clause.revision,
                ClauseForm.NAMED_SUBSET,
                text,
                clause.language,
                seats=seats,
                sources=sources,
            )
