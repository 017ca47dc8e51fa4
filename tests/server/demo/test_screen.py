"""What a terminal shows of the play however small it is, and before anything was said."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from rich.console import Console

from polylogue.vocabulary import SessionId
from server.demo.acts import script_of
from server.demo.screen import LiveScreen, PlainScreen, screen_for, sparkline
from server.demo.stage import Figures, Line, OnStage, Stage

BOARD = "http://127.0.0.1:8440/s/{session}"
SESSION = SessionId("01a22e71-b132-798e-b53f-a9df1ba2e9c8")
SAID = "Member States shall inform one another, at least twenty-one days in advance, of military exercises."


def stage() -> Stage:
    """Three items: one in brackets, one called for another while, one deferred."""
    until = (datetime.now(UTC) + timedelta(seconds=40)).isoformat()
    return Stage(
        title="Council of Heads of State, sustainable security in Eurasia (simulation)",
        names={"KAZ": "Kazakhstan"},
        items={
            "a": OnStage(
                1, "a", "Predictability and trust in the military-political field", "NEGOTIATION", "CIRCULATED",
                bracketed=frozenset("ab"), figures=(Figures(3, 0.75, 12, 4, 5),),
            ),
            "b": OnStage(
                2, "b", "Confluence of connectivity initiatives", "DECISION", "CALLED", closed=2,
                objections_until=until, figures=(Figures(3, 0.9, 0, 4, 5),),
            ),
            "c": OnStage(3, "c", "Reliable information and humanitarian exchange", "DEFERRED", closed=1),
        },
    )  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(50, 15), (50, 24), (62, 20), (79, 24), (80, 24), (140, 45)])
def test_a_small_terminal_has_the_address_and_every_figure(width: int, height: int):
    console = Console(file=io.StringIO(), width=width, height=height)
    screen = LiveScreen(console, BOARD)
    screen.begin(SESSION, script_of(0), stage())
    screen.line(Line("KAZ", "proposes another wording of clause 1.2", SAID))
    rows = ["".join(segment.text for segment in line) for line in console.render_lines(screen.render())]
    assert len(rows) == height
    assert all(len(row) <= width for row in rows)
    assert BOARD.format(session=SESSION) in "".join(row.strip() for row in rows)
    assert "no statement of any state" in rows[0]
    shown = "\n".join(rows)
    assert "objections 12" in shown or "12  2 open" in shown
    assert "s left" in shown
    assert "proposes another wording of" in shown
    figures = [row for row in rows if "0.75" in row or "0.90" in row]
    assert figures
    assert "…" not in "".join(figures).replace("military-po…", "")


def test_a_terminal_gets_the_live_screen_and_a_pipe_gets_lines():
    assert isinstance(screen_for(Console(file=io.StringIO(), force_terminal=True)), LiveScreen)
    assert isinstance(screen_for(Console(file=io.StringIO(), force_terminal=False)), PlainScreen)


def test_a_screen_before_the_first_entry():
    console = Console(file=io.StringIO(), force_terminal=True, width=80, height=24)
    screen = LiveScreen(console)
    screen.begin(SessionId("s"), script_of(0), Stage())
    assert len(console.render_lines(screen.render())) == 24


def test_little_bars():
    assert sparkline([0.0, 0.6, 0.8, 1.0]) == "▁▁▅█"
