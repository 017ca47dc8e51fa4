"""A copy of a state: what changes in the one does not in the other, and what never changes is not copied."""

from typing import cast

from polylogue import commands as c
from polylogue import events as e
from polylogue.state import State
from polylogue.vocabulary import CandidateId, StanceLevel
from schema.api.schema import make_schema
from tests.scenes import sco, stance
from workers.still import still


def test_a_copy_stays_as_it_was_while_the_session_goes_on():
    scene = sco()
    first = scene.clauses[0]
    scene.give(c.StateStances(item=scene.item, stances=(stance(first, StanceLevel.SUPPORT),)), "KAZ")
    state: State = scene.state
    then = still(state)
    assert then == state
    assert then.rules is state.rules
    scene.give(c.ProposeAlternative(provision=first, text="Otherwise.", language=state.working), "UZB")
    scene.give(c.StateStances(item=scene.item, stances=(stance(first, StanceLevel.OBJECT),)), "KAZ")
    assert (then.provisions[first].alternatives, len(state.provisions[first].alternatives)) == ([], 1)
    levels = [{h.level for held in each.stances.values() for h in held.values()} for each in (then, state)]
    assert levels == [{StanceLevel.SUPPORT}, {StanceLevel.OBJECT}]


def test_what_is_frozen_is_not_copied_although_the_api_has_made_a_type_of_it():
    make_schema()  # after which its dataclass does not say any more that it is frozen
    chosen = e.Choice(preferred=(), groups=(), ties=(), order=(), winner=CandidateId("c"))
    assert still(cast("State", chosen)) is chosen
