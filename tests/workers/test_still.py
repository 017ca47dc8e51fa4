"""A copy of a state: what changes in the one does not in the other, and what never changes is not copied."""

from polylogue import commands as c
from polylogue.state import State
from polylogue.vocabulary import StanceLevel
from schema.api.schema import make_schema
from tests.scenes import sco, stance
from workers.still import still


def test_a_copy_stays_as_it_was_while_the_session_goes_on():
    make_schema()  # which makes types of the API of frozen classes, whose dataclass then says no more that they are
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
