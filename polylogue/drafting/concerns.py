"""What is open about a clause, as a part of a document's annex: its wordings, who backs each, who objects and why.

Why beside the text: a bracket says that somebody differs; what they said stands here in full.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from polylogue.drafting.backing import backers, objections
from polylogue.drafting.paper import Clause, Said, Stance, Wording
from polylogue.drafting.paragraphs import laid_out
from polylogue.drafting.phrases import Phrases, spoken
from polylogue.drafting.resolution import Paragraph, Part, Run, Voice
from polylogue.drafting.setting import Form, Place
from polylogue.vocabulary import LanguageTag, SeatCode


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a part is written with: the form, its phrases, what seats are called, and how deep what is said stands."""

    form: Form
    of: Phrases
    names: Mapping[SeatCode, str]
    depth: int

    def name(self, seat: SeatCode) -> str:
        return self.names.get(seat, seat)


def concerns(clause: Clause, place: Place, form: Form) -> Part | None:
    """The part of a clause with a bracket or an objection; nothing where it has neither."""
    if not clause.alternatives and not objections(clause.present):
        return None
    desk = _Desk(form, form.of, dict(form.names), 1 if clause.alternatives else 0)
    wordings = (clause.present, *clause.alternatives)
    paragraphs = tuple(line for wording in wordings for line in _wording(desk, clause, wording))
    return Part(place.called, paragraphs, LanguageTag(spoken(form.wanted[0])))


def said_in(of: Phrases, said: Said, before: str = "", depth: int = 0) -> tuple[Paragraph, ...]:
    """What somebody said as paragraphs, with what the form says before it, none of them less deep than this."""
    words = Run(of["erased"], Voice.NOTE) if said.text is None else Run(said.text)
    head = [Run(before, Voice.NOTE)] if before else []
    return tuple(replace(each, level=depth + each.level) for each in laid_out([*head, words]))


def _wording(desk: _Desk, clause: Clause, wording: Wording) -> Iterator[Paragraph]:
    of = desk.of
    if clause.alternatives:
        yield Paragraph(_heading(desk, wording))
        names = of["comma"].join(desk.name(each.seat) for each in backers(desk.form.members, wording))
        backed = of["backed by"].format(names=names) if names else of["backed by nobody"]
        yield Paragraph((Run(backed, Voice.NOTE),), desk.depth)
    for each in objections(wording):
        yield from _objection(desk, each)


def _heading(desk: _Desk, wording: Wording) -> tuple[Run, ...]:
    of = desk.of
    head = wording.label or of["present"]
    by = [of["proposed by"].format(names=of["comma"].join(map(desk.name, wording.by)))] if wording.by else []
    since = [of["since"].format(n=wording.seq)] if wording.seq else []
    return (Run(head, Voice.MARK), Run("".join((*by, *since)), Voice.NOTE))


def _objection(desk: _Desk, stance: Stance) -> Iterator[Paragraph]:
    of, depth = desk.of, desk.depth
    head = of["carried" if stance.carried else "objection"].format(name=desk.name(stance.seat))
    yield Paragraph((Run(head, Voice.MARK),), depth)
    if stance.reason is None:
        yield Paragraph((Run(of["no reason"], Voice.NOTE),), depth + 1)
    for said, before in ((stance.reason, "reason"), (stance.would_be_removed_by, "removed by")):
        if said:
            yield from said_in(of, said, of[before], depth + 1)
