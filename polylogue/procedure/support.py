"""Chapter 5, support: whether somebody stands behind the words of a candidate that is taken.

Why it is decided then and stands in the event: what a candidate was made of, and how it was ranked, is known of its
round; the text goes on without it.
"""

from collections.abc import Mapping

from polylogue import events as e
from polylogue.drafting.brackets import PRESENT
from polylogue.drafting.distance import plain
from polylogue.drafting.merge import mixes
from polylogue.occasion import Place
from polylogue.procedure import guards
from polylogue.procedure.answers import text_at
from polylogue.procedure.candidates import ON_TABLE
from polylogue.procedure.matter import Matter
from polylogue.state import Alternative, Provision, Round
from polylogue.vocabulary import LanguageTag, SourceKind


def told(m: Matter, last: Round, candidate: e.Candidate, place: int, texts: Mapping[Place, str]) -> bool:
    """Whether the record tells whose words a candidate's wording has: somebody's own, or made of the readings of such;
    or a member has put the candidate before no text. `texts` are the words of the round and what they were made of.
    """
    wording = last.proposed.wordings[place]
    provision = m.state.provisions[wording.provision]
    if wording.form in ON_TABLE:
        own = (m.state.alternatives[wording.alternative] if wording.alternative else provision).supported
    else:
        text = texts.get((last.seq, text_at(place)))
        language = wording.versions[0].language
        own = text is not None and (_asked_for(wording, text, texts) or _mixed(m, provision, text, language))
    return own or _ranked(m, last, candidate, place)


def _asked_for(wording: e.CandidateWording, text: str, texts: Mapping[Place, str]) -> bool:
    """Whether the words are what would remove an objection or reservation, as a delegation has said."""
    language = wording.versions[0].language
    asked = [(s.seq, s.pointer) for s in wording.sources if s.kind is SourceKind.CONDITION and s.seq and s.pointer]
    return any(plain(texts[at], language) == plain(text, language) for at in asked if at in texts)


def _mixed(m: Matter, provision: Provision, text: str, language: LanguageTag) -> bool:
    """Whether the words are made of readings that wordings on the table have which are somebody's."""
    on_table: dict[str, Provision | Alternative] = {PRESENT: provision}
    on_table |= {id: m.state.alternatives[id] for id in provision.alternatives}
    words: dict[str, str] = {}
    for key, each in on_table.items():
        lies = next((version for version in each.wording if version.language == language), None)
        said = m.occasion.prose(lies.seq, lies.pointer) if lies else None
        if said is not None:
            words[key] = said
    return mixes(text, words, language, [key for key in words if on_table[key].supported])


def _ranked(m: Matter, last: Round, candidate: e.Candidate, place: int) -> bool:
    """Whether a member has itself ranked the candidate above no text, and not said less than ACCEPT of these words."""
    number = last.proposed.candidates.index(candidate) + 1
    named = {number, *(i for i, each in enumerate(last.proposed.candidates, 1) if each.status_quo)}
    for seat in m.state.eligible():
        held = last.answers.get(seat, {}).get(place)
        best = next((named.intersection(group) for group in last.ranked.get(seat, ()) if named & {*group}), None)
        if best == {number} and (held is None or held.level in guards.BACKING):
            return True
    return False
