"""A clause of the golden session whose brackets are merged, split, closed one after the other, and reopened.

Why a file of its own: every event of brackets is written here, each with what it may have.
"""

from typing import Any

from polylogue import commands as c
from polylogue.vocabulary import StanceLevel
from tests.scenes import EN, Scene, takes


def bracket(scene: Scene) -> None:
    """The clause is withdrawn at the end, and leaves the text as it was."""
    words = "Decides to measure rivers each May."
    rivers = _one(scene, c.ProposeProvision(item=scene.item, text=words, language=EN), "KGZ").provision
    lakes = _proposed(scene, rivers, "Decides to measure all lakes each May.", "CHN")
    scene.give(takes(scene.item, rivers, StanceLevel.ACCEPT, alternative=lakes), "TJK")
    twice = _proposed(scene, rivers, "Agrees to measure rivers twice.", "TJK")
    scene.give(takes(scene.item, rivers, alternative=twice), "TJK")
    scene.give(c.MergeBrackets(provision=rivers, first=1, last=2, if_revision=1, reason="One package."))
    scene.give(c.SplitBracket(provision=rivers, bracket=1, if_revision=1), "secretary")
    places = (
        c.SplitPlace(beginning="rivers"),
        c.SplitPlace(alternative=lakes, beginning="all lakes"),
        c.SplitPlace(alternative=twice, beginning="rivers"),
    )
    scene.give(c.SplitBracket(provision=rivers, bracket=2, if_revision=1, places=places, reason="Two questions."))
    scene.give(c.CloseBracket(provision=rivers, bracket=2, alternative=lakes, if_revision=1, reason="Lakes are fed."))
    scene.give(c.CloseBracket(provision=rivers, bracket=1, if_revision=2))
    scene.give(c.ReopenBracket(provision=rivers, reason="It was agreed too soon."), "TJK")
    scene.give(c.CloseBracket(provision=rivers))
    scene.give(c.ReopenBracket(provision=rivers, reason="The lakes again."), "CHN")
    scene.give(c.CloseBracket(provision=rivers))
    scene.give(c.WithdrawProvision(provision=rivers), "KGZ")


def _proposed(scene: Scene, clause: Any, words: str, by: str) -> Any:
    return _one(scene, c.ProposeAlternative(provision=clause, text=words, language=EN), by).alternative


def _one(scene: Scene, command: c.Command, by: str = "chair") -> Any:
    (event,) = scene.give(command, by)
    return event
