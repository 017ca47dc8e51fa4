"""Chapter 5, answers: what seats have said in rounds of words, wherever these words come back.

Why by the words: a candidate's wording may be proposed again by the next round, or be put on the table by a delegation,
and whoever has answered it has said what there is to say of it.
"""

from typing import NamedTuple

from polylogue.drafting.distance import plain
from polylogue.procedure.matter import Matter
from polylogue.stances import Held
from polylogue.state import Provision, Round, Wording
from polylogue.vocabulary import AlternativeId, ClauseForm, LanguageTag, SeatCode


class Answer(NamedTuple):
    """A seat's answer in a round, to the wording at a place of it."""

    held: Held
    round: int
    wording: int


def text_at(place: int) -> str:
    """Where the words of a wording lie in the entry of its round."""
    return f"/wordings/{place}/versions/0/text"


def to_words(m: Matter, provision: Provision, text: str | None, language: LanguageTag) -> dict[SeatCode, Answer]:
    """The newest answer of each seat to these words for a clause, in any round; null where the clause is left out.

    Another space or capital letter makes no other words.
    """
    words = None if text is None else plain(text, language)
    found: dict[SeatCode, Answer] = {}
    for past in m.state.rounds.get(provision.item, ()):
        for place in sorted({place for answered in past.answers.values() for place in answered}):
            if past.proposed.wordings[place].provision == provision.id and _says(m, past, place, words, language):
                for seat, answered in past.answers.items():
                    if place in answered and (seat not in found or found[seat].held.seq < answered[place].seq):
                        found[seat] = Answer(answered[place], past.proposed.number, place)
    return dict(sorted(found.items()))


def to_wording(m: Matter, provision: Provision, id: AlternativeId | None) -> dict[SeatCode, Answer]:
    """As `to_words`, for a wording on the table; null is the present text."""
    if not any(past.answers for past in m.state.rounds.get(provision.item, ())):
        return {}
    wording: Wording = m.state.alternatives[id].wording if id else provision.wording
    text = m.occasion.prose(wording[0].seq, wording[0].pointer)
    return {} if text is None else to_words(m, provision, text, wording[0].language)


def _says(m: Matter, past: Round, place: int, words: tuple[str, ...] | None, language: LanguageTag) -> bool:
    wording = past.proposed.wordings[place]
    if wording.form is ClauseForm.OMITTED or not wording.versions or words is None:
        return wording.form is ClauseForm.OMITTED and words is None
    text = m.occasion.prose(past.seq, text_at(place))
    return wording.versions[0].language == language and text is not None and plain(text, language) == words
