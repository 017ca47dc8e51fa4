"""A paragraph for each candidate of a round: what it does, who objects, and why it stands where it stands.

Why by rule, from the same data as the search: an explanation that could say something else than the figures would be
one more thing to check.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from polylogue.drafting.brief import PRESENT, Brief
from polylogue.drafting.choice import Settled
from polylogue.drafting.forms import Candidate, ClauseChoice, ExpectedObjection
from polylogue.text import TEXT_LIMIT
from polylogue.vocabulary import ClauseForm, PredictionBasis, ProvisionId, SeatCode, SourceKind, TieStep

_AND_MORE = " …"
_BY = {
    TieStep.FEWEST_OBJECTIONS: "leaves fewer objections",
    TieStep.HIGHEST_LOWEST: "has the higher lowest stance",
    TieStep.HIGHEST_MEAN: "has the higher mean of stances",
    TieStep.FEWEST_WORDS: "is shorter",
    TieStep.STATUS_QUO: "changes less",
    TieStep.LOT: "was drawn first by lot",
}


def explained(brief: Brief, candidates: Sequence[Candidate], settled: Settled, *, item: int) -> tuple[str, ...]:
    """A paragraph in English for each candidate, in their order. Clauses are called as everywhere: "3.2" is the second
    of item 3; `item` is its number.

    Delegations are named for what they have said themselves. Those of whom an objection is only expected are counted:
    what is predicted of a delegation is not for all to read. Names come in alphabetical order; a seat without an
    English name goes by its code. What is longer than a text may be is cut.
    """
    desk = _Desk(brief, item, _called(brief))
    return tuple(_cut(" ".join(_sentences(desk, candidate, settled))) for candidate in candidates)


def _cut(paragraph: str) -> str:
    """A paragraph that the record takes: it stands in one command with the round, and would have it refused."""
    if len(paragraph) <= TEXT_LIMIT:
        return paragraph
    return paragraph[: TEXT_LIMIT - len(_AND_MORE)].rpartition(" ")[0] + _AND_MORE


Called = dict[SeatCode, str]


def _called(brief: Brief) -> Called:
    english = {seat: name for seat, tag, name in brief.names if tag.partition("-")[0] == "en"}
    return {seat: english.get(seat, seat) for seat in brief.seats}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all paragraphs are written with: the brief, its item's number, and names."""

    brief: Brief
    item: int
    called: Called

    def clauses(self, numbers: Sequence[int]) -> str:
        named = _listed(runs(numbers, f"{self.item}."), in_order=True)
        return f"{'clauses' if len(numbers) > 1 else 'clause'} {named}"


def _sentences(desk: _Desk, candidate: Candidate, settled: Settled) -> Iterator[str]:
    yield f"Candidate {candidate.id}:"
    yield from _does(desk, candidate)
    yield from _objections(desk, candidate)
    yield from _rests_on(candidate)
    yield from _stands(candidate.id, settled, len(desk.brief.seats))
    yield from _ties(candidate.id, settled)


# ── what it does ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _does(desk: _Desk, candidate: Candidate) -> Iterator[str]:
    if candidate.status_quo:
        yield "no text."
    elif candidate.present:
        yield "the text as it stands."
    else:
        acts: dict[tuple[str, str], list[int]] = {}
        for number, choice in enumerate(candidate.clauses, 1):
            acts.setdefault(_act(desk.brief, choice, number, desk.called), []).append(number)
        said = [f"{desk.clauses(numbers)} {act[len(numbers) > 1]}" for act, numbers in acts.items()]
        yield "; ".join(said) + "."


def _act(brief: Brief, choice: ClauseChoice, number: int, called: Called) -> tuple[str, str]:
    """What is done with a clause, of one and of several."""
    match choice.form:
        case ClauseForm.PRESENT:
            return "stays as it is", "stay as they are"
        case ClauseForm.OMITTED:
            return "is left out", "are left out"
        case ClauseForm.NAMED_SUBSET:
            whom = _listed(called.get(seat, seat) for seat in choice.seats)
            where = f"in {_brackets(choice.brackets)} " if choice.brackets else ""
            return f"speaks {where}for {whom} only", f"speak {where}for {whom} only"
        case ClauseForm.WRITTEN:
            return "has words of a writer", "have words of a writer"
        case ClauseForm.CONCESSION:
            whom = _listed(called.get(s.seat, s.seat) for s in choice.sources if s.seat)
            return f"has the words for which {whom} asked", f"have the words for which {whom} asked"
        case ClauseForm.ALTERNATIVE:
            whose = _whose(brief, number, [choice.alternative or PRESENT], called)
            return f"takes {whose}", f"take {whose}"
        case ClauseForm.MERGED:
            whose = _whose(brief, number, _wordings(choice), called)
            return f"is merged from {whose}", f"are merged from {whose}"
        case ClauseForm.SHORTENED:
            whose = _whose(brief, number, _wordings(choice), called)
            what = f"the words in {_brackets(choice.brackets)}" if choice.brackets else "some words of theirs"
            return f"is made of {whose} without {what}", f"are made of {whose} without {what}"


def _wordings(choice: ClauseChoice) -> list[str]:
    """The keys of the wordings that a choice is made of."""
    return [s.wording for s in choice.sources if s.kind is SourceKind.WORDING and s.wording is not None]


def _brackets(numbers: Sequence[int]) -> str:
    return f"{'brackets' if len(numbers) > 1 else 'bracket'} {_listed(runs(numbers), in_order=True)}"


def _whose(brief: Brief, number: int, keys: Iterable[str], called: Called) -> str:
    """Wordings of a clause by whose they are."""
    wanted = set(keys)
    wordings = [w for w in brief.clauses[number - 1].wordings if w.key in wanted]
    others = [w.seats for w in wordings if w.key != PRESENT]
    parts = ["the present text"] if PRESENT in wanted else []
    named = sorted({called.get(seat, seat) for seats in others for seat in seats})
    if named:
        parts.append(f"the wording{'s' if len(named) > 1 else ''} of {_listed(named)}")
    if () in others:
        parts.append("a wording of the chair or of a draft")
    return _listed(parts, in_order=True)


# ── who objects ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _objections(desk: _Desk, candidate: Candidate) -> Iterator[str]:
    brief, called = desk.brief, desk.called
    if not candidate.objections:
        yield "No objection is stated or expected." if brief.seats else "There is nobody to object."
    said: dict[str, list[int]] = {}
    for number, own in _by_clause(brief, candidate):
        stated = [called[each.seat] for each in own if each.stated]
        expected = [called[each.seat] for each in own if not each.stated]
        if stated:
            said.setdefault(f"{_listed(stated)} {_verb(stated, 'objects', 'object')}", []).append(number)
        if expected:
            who = _counted(len(expected), f"{'more ' * bool(stated)}delegation")
            said.setdefault(f"{who} {_verb(expected, 'is', 'are')} expected to object", []).append(number)
    for what, numbers in said.items():
        yield f"On {'each of ' * (len(numbers) > 1)}{desk.clauses(numbers)}, {what}."


def _by_clause(brief: Brief, candidate: Candidate) -> Iterator[tuple[int, list[ExpectedObjection]]]:
    """The objections to a candidate with the numbers of their clauses, in the order of the text."""
    found: dict[ProvisionId, list[ExpectedObjection]] = {}
    for each in candidate.objections:
        found.setdefault(each.provision, []).append(each)
    for number, clause in enumerate(brief.clauses, 1):
        if clause.provision in found:
            yield number, found[clause.provision]


def _rests_on(candidate: Candidate) -> Iterator[str]:
    """How much of this has been said, and how much is read from it."""
    bases = [each.basis for row in candidate.predictions for each in row]
    stated, silent = bases.count(PredictionBasis.STATED), bases.count(PredictionBasis.SILENT)
    if bases:
        read = len(bases) - stated - silent
        yield (
            f"Of {_counted(len(bases), 'stance')} on its clauses, {stated} {_are(stated)} stated on these very words, "
            f"{read} {_are(read)} predicted from what was said of others, and {silent} {_are(silent)} missing."
        )
    if waiting := bases.count(PredictionBasis.CONDITIONAL):
        waits = _verb(range(waiting), "waits", "wait")
        yield f"{_counted(waiting, 'stance')} {waits} for a clause that is not in the text."


# ── why it stands where it stands ────────────────────────────────────────────────────────────────────────────────────


def _stands(id: str, settled: Settled, seats: int) -> Iterator[str]:
    ranking = settled.ranking
    at = {candidate: place for place, candidate in enumerate(ranking.candidates)}
    own, strengths = at[id], ranking.strengths
    beaten_by = [other for other in settled.order if strengths[at[other]][own] > strengths[own][at[other]]]
    yield f"It comes {settled.order.index(id) + 1} of {len(settled.order)}:"
    if not beaten_by:
        yield "no other candidate beats it."
        return
    first = beaten_by[0]
    above, below = ranking.preferred[at[first]][own], ranking.preferred[own][at[first]]
    yield f"{_candidates(beaten_by)} {_verb(beaten_by, 'beats', 'beat')} it;"
    yield f"{above} of {_counted(seats, 'delegation')} put candidate {first} above it, {below} below it."


def _ties(id: str, settled: Settled) -> Iterator[str]:
    for tie in settled.breaks:
        if id not in tie.order:
            continue
        at = tie.order.index(id)
        others = [other for other in tie.order if other != id]
        said = [f"Tied with {_candidates(others)}, it comes"]
        if at:
            said.append(
                f"after candidate {tie.order[at - 1]}, which {_BY[tie.steps[at - 1]]}" + "," * (at < len(tie.order) - 1)
            )
        if 0 < at < len(tie.order) - 1:
            said.append("and")
        if at < len(tie.order) - 1:
            said.append(f"before candidate {tie.order[at + 1]}, since it {_BY[tie.steps[at]]}")
        yield " ".join(said) + "."


# ── English ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _listed(words: Iterable[str], *, in_order: bool = False) -> str:
    """Words joined by commas and "and", alphabetical unless they are in an order already."""
    listed = list(words) if in_order else sorted(words)
    return " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1]))) if listed else ""


def _candidates(ids: Sequence[str]) -> str:
    return f"{'candidates' if len(ids) > 1 else 'candidate'} {_listed(runs(sorted(map(int, ids))), in_order=True)}"


def runs(numbers: Sequence[int], of: str = "") -> Iterator[str]:
    """Numbers in ascending order, three or more in a row as "2–5", each with `of` before it."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at < len(numbers) and numbers[at] == numbers[at - 1] + 1:
            continue
        first, last = numbers[start], numbers[at - 1]
        yield from (
            (f"{of}{first}–{of}{last}",) if last - first > 1 else (f"{of}{number}" for number in numbers[start:at])
        )
        start = at


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _verb(subjects: Sequence[object], one: str, several: str) -> str:
    return one if len(subjects) == 1 else several


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
