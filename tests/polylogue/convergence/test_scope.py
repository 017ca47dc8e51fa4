"""What a report is about: an item, the session, a dimension; and which stances count there."""

from polylogue import commands as c
from polylogue.convergence.matrix import Cell
from polylogue.convergence.scope import SESSION, around, basis, items, matrix, of_dimension, of_item
from polylogue.scenario import ScenarioItem, ScenarioProvision
from polylogue.vocabulary import Dimension, StanceLevel
from tests.scenes import sco, stance, takes, text

WATER, ROADS = (
    ScenarioItem(
        titles=(text(name),),
        dimensions=dimensions,
        provisions=tuple(ScenarioProvision(versions=(text(f"{name} {n}."),)) for n in (1, 2)),
    )
    for name, dimensions in (
        ("Water", (Dimension.ENVIRONMENTAL, Dimension.ECONOMIC)),
        ("Roads", (Dimension.ECONOMIC,)),
    )
)
SCENE = sco(items=(WATER, ROADS))
ONE, TWO = SCENE.state.items
FIRST, SECOND = (item.provisions for item in SCENE.state.items.values())
SCENE.give(takes(ONE, FIRST[0]), "KAZ")
SCENE.give(takes(TWO, SECOND[1], StanceLevel.NEUTRAL, if_agreed=FIRST[0]), "UZB")


def test_the_scopes_around_an_item_are_the_session_and_its_dimensions():
    water, roads = SCENE.state.items.values()
    assert around(water) == (SESSION, of_dimension(Dimension.ECONOMIC), of_dimension(Dimension.ENVIRONMENTAL))
    assert around(roads) == (SESSION, of_dimension(Dimension.ECONOMIC))
    assert items(SCENE.state, SESSION) == items(SCENE.state, of_dimension(Dimension.ECONOMIC)) == (water, roads)
    assert items(SCENE.state, of_dimension(Dimension.ENVIRONMENTAL)) == (water,)
    assert items(SCENE.state, of_dimension(Dimension.SOCIAL)) == ()
    assert items(SCENE.state, of_item(TWO)) == (roads,)


def test_a_wider_matrix_holds_the_provisions_of_its_items_in_the_order_of_the_agenda():
    found, _ = matrix(SCENE.state, SESSION)
    assert found.item == "session"
    assert found.provisions == (*FIRST, *SECOND)
    assert found.cells == (Cell(0, 0, 4, 2), Cell(2, 3, 2, 2))
    alone, _ = matrix(SCENE.state, of_item(TWO))
    assert (alone.provisions, alone.cells) == (tuple(SECOND), (Cell(2, 1, 2, 2),))
    nothing, _ = matrix(SCENE.state, of_dimension(Dimension.SOCIAL))
    assert (nothing.provisions, nothing.cells) == ((), ())


def test_a_scope_rests_on_the_last_entry_that_feeds_one_of_its_items():
    assert basis(SCENE.state, of_item(ONE)) < basis(SCENE.state, of_item(TWO)) == SCENE.state.seq
    assert basis(SCENE.state, SESSION) == SCENE.state.seq
    assert basis(SCENE.state, of_dimension(Dimension.ENVIRONMENTAL)) == basis(SCENE.state, of_item(ONE))
    assert basis(SCENE.state, of_dimension(Dimension.SOCIAL)) == 0


def test_a_condition_is_unmet_until_the_clause_it_names_is_agreed():
    scene = sco(stage="circulated")
    first, second = scene.clauses
    scene.give(c.StateStances(item=scene.item, stances=(stance(first, if_agreed=second), stance(second))), "KAZ")
    _, before = matrix(scene.state, of_item(scene.item))
    assert before.unmet == (Cell(0, 0, 4, 2),)
    scene.clean()
    _, after = matrix(scene.state, of_item(scene.item))
    assert after.unmet == ()
