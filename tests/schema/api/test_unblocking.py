"""What stands in the way of an item: read from the tables, the same as from the folded session, at any time."""

from pathlib import Path

import pytest

from ledger.database import open_database
from polylogue import commands as c
from polylogue.convergence.alike import Reading
from polylogue.convergence.asking import question, question_of
from polylogue.convergence.scope import SESSION, items, matrix, of_dimension, of_item
from polylogue.vocabulary import Dimension, StanceLevel, TextState
from schema.api.selection import Selection
from schema.api.unblocking import load_standing, standing_of
from tests.ledger import rounds
from tests.ledger.course import EN, MEMBERS, Course, item, named, of, scheduled, stance
from tests.ledger.wander import wander
from tests.ledger.whole import whole
from tests.schema.api.seen import keep_in


def twins() -> Course:
    """Words that were answered in a round, beside the text that came after them; and two spellings, one objected to."""
    course = scheduled()
    chn, kaz, kgz, rus, *_ = MEMBERS
    course.go(c.OpenSession())
    course.go(c.AddItem(item=item("Fisheries", 1)))
    asked = list(course.state.items)[-1]
    course.go(c.OpenItem(item=asked))
    rounds.held(course, asked, chn, kaz)
    (clause,) = course.state.in_text(course.state.items[asked])
    lies = clause.wording[0]
    words = str(course.prose[lies.seq, lies.pointer]["text"])
    reworded = c.ProposeAmendment(language=EN, provision=clause.id, revision=clause.revision, text="Shall sit.")
    course.go(c.AcceptAmendment(amendment=named(course.go(reworded, of(chn)), "amendment")))
    for text, by in ((words.upper(), rus), ("Shall meet.", kaz), ("shall  meet.", kgz)):
        course.go(c.ProposeAlternative(language=EN, provision=clause.id, text=text), of(by))
    first = clause.alternatives[1]
    course.go(c.StateStances(item=asked, stances=(stance(clause.id, StanceLevel.OBJECT, alternative=first),)), of(chn))
    _, again, _, twin = question(course.state, asked, reading(course)).provisions[0].options
    assert (kaz in again.not_stated, kgz in again.not_stated) == (False, True)
    assert [each.elsewhere for each in twin.objectors] == [True]
    return course


def reading(course: Course) -> Reading:
    return lambda seq, pointer: str(course.prose[seq, pointer]["text"])


@pytest.mark.parametrize(
    "course", [whole(), twins(), *(wander(seed, 120) for seed in range(6))], ids=["whole", "twins", *"012345"]
)
async def test_the_tables_ask_what_the_fold_asks(course: Course, tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path / 'record.db'}")
    await database.transact(lambda connection: keep_in(connection, course))
    state = course.state
    texts = {id: item.text for id, item in state.items.items()}
    found = await database.read(lambda c: load_standing(c, course.session, texts, Selection()))
    await database.close()
    assert {id: standing.question for id, standing in found.items()} == {
        id: question(state, id, reading(course)) for id in state.items
    }
    for scope in (SESSION, *map(of_dimension, Dimension)):
        mine = {each.id: found[each.id] for each in items(state, scope)}
        asked = question_of(state, scope, reading(course))
        assert standing_of(scope, mine, texts).question == asked
        left = [each for each in items(state, scope) if each.text is not TextState.ADOPTED]
        assert [each.id for each in asked.provisions] == [each.id for item in left for each in state.in_text(item)]
    for id, standing in found.items():
        table, extras = matrix(state, of_item(id))
        unmet = {(table.seats[cell.seat], table.provisions[cell.provision]) for cell in extras.unmet}
        assert {(each.seat, each.provision) for each in standing.unmet} == unmet
        assert {(standing.belongs[each.id], each.id) for each in standing.question.provisions} == {
            (id, each.id) for each in state.in_text(state.items[id])
        }
