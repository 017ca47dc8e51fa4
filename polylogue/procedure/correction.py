"""A correction as it is decided: the entry, the one that was first made, and what of them stands now.

Why apart: the chapters of what can be corrected ask the same few things.
"""

from dataclasses import dataclass
from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.occasion import Entry
from polylogue.procedure.matter import Matter
from polylogue.record.prose import Prose, Said
from polylogue.refusals import RefusalCode, Refused
from polylogue.stances import Held, Target
from polylogue.vocabulary import SeatCode, Seq


@dataclass(frozen=True, slots=True)
class Correction:
    """`entry` is corrected; `first` is the one at the beginning of its corrections, often the same."""

    m: Matter
    entry: Entry
    first: Entry

    @property
    def voided(self) -> bool:
        """Whether the entry says that nothing of the sort was said."""
        return isinstance(self.entry.event, e.EntryCorrected) and self.entry.event.void

    @property
    def seat(self) -> SeatCode:
        if self.first.seat is None:
            message = f"entry {self.first.seq} is done for no seat"
            raise ValueError(message)
        return self.first.seat

    @property
    def stated(self) -> Seq:
        """The entry of the stance that was stated with it."""
        return Seq(self.first.seq + 1) if self.entry is self.first else self.entry.seq

    def held(self, target: Target) -> Held | None:
        """The stance of the seat on it, where it was stated with the entry."""
        held = self.m.state.held(self.seat).get(target)
        return held if held and held.seq == self.stated else None

    def now(self, part: str) -> Any:
        """What is corrected: the part of an earlier correction, or the first entry's event."""
        event = self.entry.event
        return getattr(event, part) if isinstance(event, e.EntryCorrected) else event

    def says(self, part: str, name: str, text: Said | None) -> bool:
        """Whether the text of this name is the same as in what is corrected, in the same language."""
        return self.reads(getattr(self.now(part), name), self.pointer(part, name), text)

    def pointer(self, part: str, name: str) -> str:
        """Where a field of what is corrected lies in the entry."""
        prefix = f"/{_camel(part)}" if isinstance(self.entry.event, e.EntryCorrected) else ""
        return f"{prefix}/{_camel(name)}"

    def reads(self, now: Prose | None, pointer: str, text: Prose | None) -> bool:
        """Whether a text of the entry is this one."""
        if now is None or not isinstance(text, Said):
            return now is text
        return now.language == text.language and self.m.occasion.prose(self.entry.seq, pointer) == text.words

    def words(self, given: c.RestoredWords | None, name: str) -> tuple[Said | None, tuple[Said, ...]]:
        """The words that stand instead, with their translations; none where it is void."""
        if given is None:
            return None, ()
        path = ("restored", name)
        self.m.within(given.translations, path=(*path, "translations"))
        text = self.m.said(given.text, given.language, path=(*path, "text"))
        translations = tuple(
            self.m.said(t.text, t.language, path=(*path, "translations", str(i), "text"))
            for i, t in enumerate(given.translations)
        )
        part = f"restored_{name}"
        before: tuple[Prose, ...] = getattr(self.now(part), "translations", ())
        alike = len(before) == len(translations) and all(
            self.reads(one, f"{self.pointer(part, 'translations')}/{i}", translations[i])
            for i, one in enumerate(before)
        )
        if alike and self.says(part, "text", text):
            raise self.unchanged()
        return text, translations

    # ── refusals ──

    def superseded(self, by: Seq | None) -> Refused:
        """The refusal of a correction on which the entry `by` rests, or that it has replaced."""
        return self.m.refuse(
            RefusalCode.CORRECTION_SUPERSEDED, path=("seq",), seq=self.entry.seq, by=by or self.m.state.seq
        )

    def unchanged(self) -> Refused:
        return self.m.refuse(RefusalCode.CORRECTION_UNCHANGED, path=("restored",), seq=self.entry.seq)


def _camel(name: str) -> str:
    """A field's name as the record spells it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
