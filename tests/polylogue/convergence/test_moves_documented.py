"""The examples of docs/convergence.md on what would unblock and who moved whom are computed, as the page has them."""

import re
from collections.abc import Iterator
from fractions import Fraction

from polylogue.convergence import credit
from polylogue.convergence.change import Point, Timeline
from polylogue.convergence.matrix import Cell, Matrix
from polylogue.convergence.unblock import Objector, Option, Place, Provision, Question, unblock
from tests.polylogue.convergence.example import EXAMPLE, PAGE


def section(title: str) -> str:
    (text,) = re.findall(rf"^## {title}\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
    return text


def rows(text: str, first: str) -> list[list[str]]:
    """The cells of the table whose first row begins with this."""
    table = text[text.index(f"| {first} |") :].split("\n\n", maxsplit=1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def test_the_question_of_the_page_has_the_answer_of_the_page():
    text = section("What would unblock")
    options: dict[str, list[Option]] = {}
    for provision, wording, objects, missing in rows(text, "provision"):
        objectors = [words.split() for words in objects.split(", ")]
        options.setdefault(provision, []).append(
            Option(
                None if wording == "present" else wording,
                tuple(Objector(seat, int(importance)) for seat, importance in objectors),
                tuple(missing.split()),
            )
        )
    answer = unblock(Question("item", tuple(Provision(name, tuple(each)) for name, each in options.items())))
    shown = [
        [
            str(number),
            ", ".join(" ".join(filter(None, (m.seat, "on", m.provision, m.alternative))) for m in found.moves),
            ", ".join(taking.alternative for taking in found.takings),
            str(found.cost),
            str(found.unknown),
        ]
        for number, found in enumerate(answer.sets, 1)
    ]
    assert shown == rows(text, "set")


def test_the_figures_of_a_move_are_those_of_the_page():
    timeline = Timeline()
    timeline.set_eligible(EXAMPLE.seats)
    timeline.set_provisions(EXAMPLE.provisions)
    for cell in EXAMPLE.cells:
        timeline.state_stance(EXAMPLE.seats[cell.seat], EXAMPLE.provisions[cell.provision], cell.level)
    start = timeline.point(19)
    timeline.state_stance("KAZ", "p5", 3)
    moved = timeline.point(20)
    timeline.state_stance("UZB", "p6", 4)
    joined = timeline.point(21)
    (move,) = moved.moves
    assert joined.moves == ()
    assert (move.steps, move.closeness, move.mean_closeness) == (9, Fraction(3, 8), Fraction(1, 16))
    assert [start.mean_closeness, moved.mean_closeness, joined.mean_closeness] == [
        Fraction(29, 36),
        Fraction(125, 144),
        Fraction(13, 16),
    ]
    cells = (cell._replace(level=3) if cell[:2] == (0, 4) else cell for cell in EXAMPLE.cells)
    later = Matrix(EXAMPLE.item, EXAMPLE.seats, EXAMPLE.provisions, (*cells, Cell(3, 5, 4, 1)))
    change = credit.compare(EXAMPLE, later)
    assert (change.cells, change.only_before, change.only_after) == (19, 0, 1)
    assert (change.before, change.after) == (start.mean_closeness, moved.mean_closeness)
    text = " ".join(section("Who moved whom").split())
    for words in (
        "steps = 3 · (4 − 1) = 9",
        "the effect on it is 3/8",
        "3/8 / 6 = 1/16, from 29/36 to 125/144",
        "falls to 13/16 all the same, by 1/18",
        "29/36 `before` and 125/144 `after`",
    ):
        assert words in text


def names(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names(inner)


def test_every_member_is_named_in_its_section():
    objected = Option(None, (Objector("KAZ", condition=Place(7, 0)),))
    answered = unblock(Question("item", (Provision("p1", (objected, Option("a", (Objector("KGZ"),)))),)))
    timeline = Timeline()
    timeline.set_eligible(("KAZ", "KGZ"))
    timeline.set_provisions(("p1",))
    points = list[Point]()
    for seq, (seat, level) in enumerate((("KAZ", 0), ("KGZ", 4), ("KAZ", 4)), 1):
        timeline.state_stance(seat, "p1", level)
        points.append(timeline.point(seq))
    (shift,) = credit.largest(points)
    (mine,) = credit.credits(points[-1].moves)
    documents = {
        "What would unblock": [answered.document()],
        "Time": [points[-1].moves[0].document()],
        "Who moved whom": [credit.compare(EXAMPLE, EXAMPLE).document(), shift.document(), mine.document()],
    }
    for title, made in documents.items():
        assert {name for name in names(made) if name != "seq" and f"`{name}`" not in section(title)} == set()
