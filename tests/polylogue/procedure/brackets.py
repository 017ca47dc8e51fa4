"""Clauses in brackets: opened with several wordings, closed one by one, and what is read of them then.

Why beside the tests: closing, merging and reopening all begin with a clause that has several brackets.
"""

from typing import Any

from polylogue import commands as c
from polylogue.drafting.brackets import PRESENT, arranged
from polylogue.drafting.pieces import Bracket
from polylogue.scenario import ScenarioItem, ScenarioProvision
from polylogue.vocabulary import AlternativeId, LanguageTag, ProvisionId
from tests.scenes import EN, THREE, Scene, sco, text

KAZ, KGZ, UZB = THREE
SHALL = "Member States shall deepen trade in goods and meet each May."
SHOULD = "Member States should deepen trade in services and meet each May."
MAY = "Member States may deepen trade in goods and meet twice."


def opened(words: str = SHALL, language: LanguageTag = EN) -> tuple[Scene, ProvisionId]:
    """A text of one clause."""
    clause = ScenarioProvision(versions=(text(words, language),))
    scene = sco(items=(ScenarioItem(titles=(text("Trade"),), provisions=(clause,)),))
    return scene, scene.clauses[0]


def beside(scene: Scene, clause: ProvisionId, words: str, by: str = KAZ, language: LanguageTag = EN) -> AlternativeId:
    (proposed,) = scene.give(c.ProposeAlternative(provision=clause, text=words, language=language), by)
    return proposed.alternative


def three() -> tuple[Scene, ProvisionId, AlternativeId, AlternativeId]:
    """A clause in brackets: [shall][should][may] deepen trade in [goods][services] and meet [each May][twice]."""
    scene, clause = opened()
    return scene, clause, beside(scene, clause, SHOULD, KAZ), beside(scene, clause, MAY, UZB)


def words(scene: Scene, clause: ProvisionId) -> dict[str, str]:
    """The open wordings, by their keys."""
    alternatives = {id: scene.state.alternatives[id].wording for id in scene.state.provisions[clause].alternatives}
    wordings = {PRESENT: scene.state.provisions[clause].wording} | alternatives
    return {key: scene.prose[wording[0].seq, wording[0].pointer] for key, wording in wordings.items()}


def readings(scene: Scene, clause: ProvisionId, language: str = EN) -> list[list[str]]:
    """What stands in each bracket."""
    pieces = arranged(words(scene, clause), language, scene.state.provisions[clause].regions)
    return [[reading.text for reading in piece.readings] for piece in pieces if isinstance(piece, Bracket)]


def having(scene: Scene, clause: ProvisionId, number: int, reading: str) -> AlternativeId | None:
    """A wording that has a reading in a bracket."""
    pieces = arranged(words(scene, clause), EN, scene.state.provisions[clause].regions)
    bracket = [piece for piece in pieces if isinstance(piece, Bracket)][number - 1]
    holder = next(r.holders[0] for r in bracket.readings if r.text == reading)
    return AlternativeId(holder) if holder else None


def close(clause: ProvisionId, bracket: int, alternative: AlternativeId | None = None, **more: Any) -> c.CloseBracket:
    return c.CloseBracket(provision=clause, bracket=bracket, alternative=alternative, **more)


def held(scene: Scene, clause: ProvisionId, alternative: AlternativeId | None = None) -> dict[str, Any]:
    """Each seat's stance on a wording, and whether it is carried."""
    target = (clause, alternative)
    stated = {seat: stances[target] for seat, stances in scene.state.stances.items() if target in stances}
    return {seat: (h.level, scene.state.carried(target, h)) for seat, h in stated.items()}
