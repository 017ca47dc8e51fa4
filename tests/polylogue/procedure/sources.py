"""Words that a delegation has given in one way or another, and drafts that put words down to it.

Why beside the tests: what is given before and what is made of it afterwards are tried apart.
"""

from typing import Any

from polylogue import commands as c
from polylogue import events as e
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import AlternativeId, StanceLevel, TextState
from tests.polylogue.procedure.rounds import answer, answers, asks, ids, omitted, present, proposing, text
from tests.scenes import EN, RU, THREE, Scene, takes

KAZ, KGZ, UZB = THREE
WORDS = "Data shall be shared."
OTHERWISE = "data  shall be Shared."
OBJECT, RESERVE, ACCEPT, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.ACCEPT, StanceLevel.SUPPORT


def tabling(scene: Scene, *sources: c.DraftSource, words: str = OTHERWISE, **more: Any) -> c.TableDraft:
    """A draft with a new clause."""
    clause = c.DraftedClause(text=words, language=EN, sources=sources, **more)
    return c.TableDraft(item=scene.item, clauses=(clause,))


def beside(scene: Scene, *sources: c.DraftSource, words: str = OTHERWISE) -> AlternativeId:
    """The alternative that a draft puts beside the first clause."""
    wanted = c.DraftedAlternative(text=words, language=EN, sources=sources)
    clause = c.DraftedClause(provision=scene.clauses[0], revision=1, alternatives=(wanted,))
    (tabled,) = scene.give(c.TableDraft(item=scene.item, clauses=(clause,)), "worker")
    return tabled.clauses[0].alternatives[0].id


def cleaned(scene: Scene) -> RefusalCode | None:
    """Why the text is not clean; nothing if it is."""
    if scene.text is TextState.WORKING:
        scene.circulate()
    answer = scene.attempt(c.CleanText(item=scene.item))
    return answer.code if isinstance(answer, Refusal) else None


def closed(scene: Scene, id: AlternativeId) -> None:
    scene.give(c.CloseBracket(provision=scene.clauses[0], alternative=id))


def as_a_clause(scene: Scene) -> c.DraftSource:
    scene.give(c.ProposeProvision(item=scene.item, text=WORDS, language=EN), "KAZ")
    return c.DraftSource(seat=KAZ)


def as_an_alternative(scene: Scene) -> c.DraftSource:
    (said,) = scene.give(c.ProposeAlternative(provision=scene.clauses[0], text=WORDS, language=EN), "KAZ")
    scene.give(c.CloseBracket(provision=scene.clauses[0]))
    return c.DraftSource(alternative=said.alternative)


def as_an_amendment(scene: Scene) -> c.DraftSource:
    wish = c.ProposeAmendment(provision=scene.clauses[0], revision=1, text=WORDS, language=EN)
    (said,) = scene.give(wish, "KAZ")
    return c.DraftSource(seat=KAZ, amendment=said.amendment)


def as_a_position(scene: Scene) -> c.DraftSource:
    (said,) = scene.give(c.PostPosition(item=scene.item, text=WORDS, language=EN), "KAZ")
    scene.give(c.PostPosition(item=scene.item, text="Nothing.", language=EN), "KAZ")
    return c.DraftSource(position=said.position, revision=1)


def as_the_translation_of_a_position(scene: Scene) -> c.DraftSource:
    translation = c.Translation(text=WORDS, language=EN)
    scene.give(c.PostPosition(item=scene.item, text="Данные.", language=RU, translations=(translation,)), "KAZ")
    return c.DraftSource(seat=KAZ)


def as_a_condition(scene: Scene) -> c.DraftSource:
    """What would have removed an objection that has been given up since."""
    objection = c.StanceGiven(provision=scene.clauses[0], level=OBJECT, reason="Costs.", would_be_removed_by=WORDS)
    scene.give(c.StateStances(item=scene.item, stances=(objection,)), "KAZ")
    scene.give(takes(scene.item, scene.clauses[0], RESERVE), "KAZ")
    return c.DraftSource(seat=KAZ)


def as_a_condition_in_a_round(scene: Scene) -> c.DraftSource:
    first, second = scene.clauses
    asks(scene)
    scene.give(proposing(scene, (omitted(first), present(second)), (text(0, 1),)), "worker")
    (candidate,) = ids(scene.newest(e.CandidatesProposed))
    scene.give(answers(candidate, answer(first, OBJECT, would_be_removed_by=WORDS)), "KAZ")
    return c.DraftSource(seat=KAZ)
