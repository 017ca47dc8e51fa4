"""What stands in the way of an item: read from the tables, the same as from the folded session, at any time."""

from pathlib import Path

import pytest

from ledger.database import open_database
from polylogue.convergence.asking import question
from polylogue.convergence.scope import matrix, of_item
from schema.api.selection import Selection
from schema.api.unblocking import load_standing
from tests.ledger.course import Course, wander, whole
from tests.schema.api.seen import keep_in


@pytest.mark.parametrize("course", [whole(), *(wander(seed, 120) for seed in range(6))], ids=["whole", *"012345"])
async def test_the_tables_ask_what_the_fold_asks(course: Course, tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path / 'record.db'}")
    await database.transact(lambda connection: keep_in(connection, course))
    state = course.state
    texts = {id: item.text for id, item in state.items.items()}
    found = await database.read(lambda c: load_standing(c, course.session, texts, Selection()))
    await database.close()
    assert {id: standing.question for id, standing in found.items()} == {id: question(state, id) for id in state.items}
    for id, standing in found.items():
        table, extras = matrix(state, of_item(id))
        unmet = {(table.seats[cell.seat], table.provisions[cell.provision]) for cell in extras.unmet}
        assert {(each.seat, each.provision) for each in standing.unmet} == unmet
