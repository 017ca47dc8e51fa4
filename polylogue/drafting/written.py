"""What of a writer's words may be proposed: those that rest on what was put forward and keep nothing objected to.

Why here and not in the prompt: a model does what it does; what enters a text is decided by rule, from the words alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from polylogue.drafting.brief import Brief, Clause, Written
from polylogue.drafting.forms import Source
from polylogue.drafting.provenance import Objection, Sources, keeps, support
from polylogue.text import TextRefused, admit
from polylogue.vocabulary import ProvisionId, SeatCode, SourceKind, StanceLevel, WordingFault

WORDINGS = 3
"""How many wordings of a clause a writer may propose."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A wording that is refused, and why. `sentence` is the one at fault, with `words`; null where it is none of them.

    `clause` is null where the writer named one that it was not asked about.
    """

    clause: ProvisionId | None
    fault: WordingFault
    sentence: str | None = None
    words: tuple[str, ...] = ()


def checked(clause: Clause, texts: Iterable[str]) -> tuple[tuple[Written, ...], tuple[Unfit, ...]]:
    """The wordings of a clause that may be proposed, in order, and the faults of the others.

    A text is admitted as any is, must have support in each sentence, and may not keep all that a seat objects to. One
    that is on the table already, or was given before, is left out without a word.
    """
    kept: list[Written] = []
    unfit: list[Unfit] = []
    basis = Sources(sources(clause), clause.language)
    known = {wording.text for wording in clause.wordings}
    for number, given in enumerate(texts):
        if number >= WORDINGS:
            unfit.append(Unfit(clause.provision, WordingFault.TOO_MANY))
            break
        try:
            text = admit(given).strip()
        except TextRefused as refused:
            unfit.append(Unfit(clause.provision, WordingFault(refused.code)))
            continue
        sentences = support(text, basis, clause.language)
        faults = [
            Unfit(clause.provision, WordingFault(fault), sentence.text.strip(), words)
            for sentence in sentences
            for fault, words in sentence.faults
        ]
        if any(keeps(text, objection, clause.language) for objection in objections(clause)):
            faults.append(Unfit(clause.provision, WordingFault.OBJECTED))
        unfit += faults
        if not faults and text not in known:
            known.add(text)
            rests_on = dict.fromkeys(source for sentence in sentences for source in sentence.sources)
            kept.append(Written(clause.provision, text, tuple(rests_on)))
    return tuple(kept), tuple(unfit)


def still_fit(brief: Brief, wordings: Iterable[Written]) -> tuple[Written, ...]:
    """Those of a writer's wordings that may be proposed for a text which has perhaps moved since it was asked."""
    texts: dict[ProvisionId, list[str]] = {}
    for wording in wordings:
        texts.setdefault(wording.provision, []).append(wording.text)
    return tuple(kept for clause in brief.clauses for kept in checked(clause, texts.get(clause.provision, ()))[0])


def sources(clause: Clause) -> dict[Source, str]:
    """The texts that words for a clause may rest on: its wordings and the conditions of its seats."""
    wordings = {Source(SourceKind.WORDING, each.key): each.text for each in clause.wordings}
    conditions = {Source(SourceKind.CONDITION, said.wording, said.seat): said.condition for said in clause.stated}
    return {source: text for source, text in (wordings | conditions).items() if text}


def objections(clause: Clause) -> list[Objection[SeatCode]]:
    """The OBJECTs in force on the clause's wordings; one on older words stands on none of these."""
    words = {wording.key: wording.text for wording in clause.wordings}
    return [
        Objection(said.seat, text, _backed(clause, said.seat))
        for said in clause.stated
        if said.level is StanceLevel.OBJECT and not said.carried and (text := words.get(said.wording))
    ]


def _backed(clause: Clause, seat: SeatCode) -> tuple[str, ...]:
    """The wordings that a seat supports or accepts, and those that it put forward without objecting to them since."""
    held = {said.wording: said.level for said in clause.stated if said.seat == seat and not said.carried}
    backing = (StanceLevel.SUPPORT, StanceLevel.ACCEPT)
    return tuple(
        each.text
        for each in clause.wordings
        if each.text and held.get(each.key, StanceLevel.SUPPORT if seat in each.seats else None) in backing
    )
