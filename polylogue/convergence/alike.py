"""Which wordings of a clause have the same words, and what seats have answered in rounds to these words.

Why by the words: a bracket is not closed on words that a member objects to, whichever wording it has said so of
(docs/procedure.md, rule 5.6).
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple, Protocol, TypeAlias

from polylogue.drafting.distance import plain
from polylogue.procedure.answers import text_at
from polylogue.state import State, Wording
from polylogue.vocabulary import AlternativeId, ItemId, ProvisionId, SeatCode, Seq, StanceLevel

Reading: TypeAlias = Callable[[Seq, str], str | None]
"""The words at a place of the record; null where they were erased."""


class Said(Protocol):
    """What a seat has said of a wording, and where in the record."""

    @property
    def level(self) -> StanceLevel: ...
    @property
    def importance(self) -> int: ...
    @property
    def seq(self) -> int: ...
    @property
    def place(self) -> int: ...


class Given(NamedTuple):
    """An answer of a seat in a round, to words for a clause."""

    provision: ProvisionId
    words: Hashable
    seat: SeatCode
    said: Said


Answers: TypeAlias = Mapping[ProvisionId, Mapping[Hashable, Mapping[SeatCode, Said]]]
"""The newest answer of each seat by clause and words."""


def saying(language: str, text: str) -> Hashable:
    """What a wording says, the same for all that have the same words: space and capital letters make no others."""
    return language, plain(text, language)


def newest(given: Iterable[Given]) -> Answers:
    """Of each seat the newest answer to the same words, in whichever round."""
    found: dict[ProvisionId, dict[Hashable, dict[SeatCode, Said]]] = defaultdict(lambda: defaultdict(dict))
    for each in sorted(given, key=lambda each: (each.said.seq, each.said.place)):
        found[each.provision][each.words][each.seat] = each.said
    return found


def says(wordings: Mapping[AlternativeId | None, Wording], words: Reading) -> dict[AlternativeId | None, Hashable]:
    """What each of a clause's wordings says in its first language, but for those that were erased."""
    texts = {id: (wording[0].language, words(wording[0].seq, wording[0].pointer)) for id, wording in wordings.items()}
    return {id: saying(language, text) for id, (language, text) in texts.items() if text is not None}


def answers(state: State, item: ItemId, words: Reading) -> Answers:
    """What was answered in the rounds on an item."""
    found: list[Given] = []
    for past in state.rounds.get(item, ()):
        for seat, places in past.answers.items():
            for place, held in places.items():
                wording = past.proposed.wordings[place]
                text = words(past.seq, text_at(place)) if wording.versions else None
                if text is not None:
                    found.append(Given(wording.provision, saying(wording.versions[0].language, text), seat, held))
    return newest(found)
