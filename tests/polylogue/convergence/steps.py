"""Steps of a session that move what a report is made of, one at a time.

Why beside the tests: the timeline and the laws of reports look at the same sessions.
"""

from hypothesis import strategies as st

from polylogue import commands as c
from polylogue.vocabulary import ProvisionId, SeatCode, StanceLevel
from tests.scenes import EN, GUEST, THREE, Scene, takes

OBJECT, RESERVE, ACCEPT, SUPPORT = StanceLevel.OBJECT, StanceLevel.RESERVE, StanceLevel.ACCEPT, StanceLevel.SUPPORT
KAZ, KGZ, UZB = THREE


steps = st.tuples(
    st.sampled_from(("state", "state", "state", "bracket", "take", "keep", "one", "reopen", "reword")),
    st.integers(0, 1),
    st.sampled_from((*THREE, GUEST)),
    st.sampled_from((OBJECT, RESERVE, ACCEPT, SUPPORT)),
    st.booleans(),
)


def take(scene: Scene, step: str, place: int, seat: SeatCode, level: StanceLevel, *, other: bool) -> None:
    """What is not permitted leaves no trace."""
    clause = scene.clauses[place]
    provision = scene.state.provisions[clause]
    there = provision.alternatives[0] if provision.alternatives else None
    match step:
        case "state":
            scene.attempt(takes(scene.item, clause, level, alternative=there if other else None), seat)
        case "bracket":
            words = "Item 1 and any clause of the text, or none." if other else "Should item 1 of the text, or more?"
            scene.attempt(c.ProposeAlternative(provision=clause, text=words, language=EN), seat)
        case "take" | "keep":
            scene.attempt(c.CloseBracket(provision=clause, alternative=there if step == "take" else None))
        case "one":
            scene.attempt(c.CloseBracket(provision=clause, bracket=1, alternative=there if other else None))
        case "reopen":
            scene.attempt(c.ReopenBracket(provision=clause, reason="Too soon."), seat)
        case _:
            reword(scene, clause)


def reword(scene: Scene, clause: ProvisionId) -> None:
    revision = scene.state.provisions[clause].revision
    words = f"Item 1, clause {revision} of the text, or none."
    proposal = c.ProposeAmendment(provision=clause, revision=revision, text=words, language=EN)
    (proposed,) = scene.give(proposal, UZB)
    scene.give(c.AcceptAmendment(amendment=proposed.amendment))
