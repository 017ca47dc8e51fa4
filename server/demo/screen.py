"""The screen: the play as it goes in a terminal, and line by line where there is none.

Why states have no colours of their own: nothing on a screen should look like a ranking (docs/procedure.md); colours
tell what kind of act it was.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.layout import Layout
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from polylogue.vocabulary import SessionId, TextState
from server.demo.acts import CHAIR, Act, Script, item_of
from server.demo.stage import Figures, Line, OnStage, Stage

BANNER = "SIMULATION – invented positions; no statement of any state"
SPARKS = "▁▂▃▄▅▆▇█"
TONES = {
    "good": "green",
    "objection": "red",
    "call": "bold yellow",
    "wording": "cyan",
    "worker": "magenta",
    "opinion": "blue",
    "dim": "dim",
}
WORDS_OF_PHASE = {"LISTED": "listed", "DELIBERATION": "deliberation", "NEGOTIATION": "negotiation",
                  "DECISION": "decision", "CONCLUDED": "concluded", "DEFERRED": "deferred"}  # fmt: skip
TRIED = {
    "CloseBracket": "close the bracket of clause {clause}",
    "CleanText": "declare the text of item {item} clean",
}
"""Acts that are refused in a script, in words."""

SPARK_FLOOR = 0.6
"""Where a sparkline begins: a table that meets at all is seldom further apart."""

ITEM_HEIGHT, HEADER_HEIGHT, FRAME, REFRESHED = 8, 4, 4, 8
"""Lines of an item's panel and of the header, columns of a panel's frame, refreshes a second."""

INDENT = 5
"""Columns by which words stand in, so that who speaks is easily found."""

Spoken = tuple[Text, ...]
"""What is done in a line, and the words that go with it."""


class PlainScreen:
    """Lines as they come, for logs and pipes."""

    def __init__(self, console: Console, board: str = "") -> None:
        self._console, self._board = console, board
        self._shown = dict[int, Figures]()
        self._stage = Stage()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def begin(self, session: SessionId, script: Script, stage: Stage) -> None:
        self._stage = stage
        self._print(Text(BANNER, "bold"), Text(script.about))
        if self._board:
            self._print(Text(f"Live board: {self._board.format(session=session)}"))

    def line(self, line: Line) -> None:
        self._print(Text(" – ").join(_told(line, self._stage)))

    def figures(self, item: OnStage) -> None:
        """Only what has moved: a figure that stays is no news."""
        now, before = item.figures[-1], self._shown.get(item.number)
        if now.closeness is None or (before and _moved(before, now) is False):
            return
        self._shown[item.number] = now
        self._print(Text(f"      item {item.number}: {_in_words(item)}", "dim"))

    def refused(self, act: Act, sentence: str) -> None:
        self._print(_refusal(act, sentence))

    def _print(self, *lines: RenderableType) -> None:
        for each in lines:
            self._console.print(each, soft_wrap=True)


class LiveScreen:
    """The whole terminal while the play lasts: items with their figures above, who speaks below."""

    def __init__(self, console: Console, board: str = "") -> None:
        self._console, self._board = console, board
        self._address, self._about = "", ""
        self._stage = Stage()
        self._spoken: tuple[Spoken, ...] = ()
        self._live = Live(
            get_renderable=self.render, console=console, screen=True, refresh_per_second=REFRESHED, transient=True
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._live.stop()

    def begin(self, session: SessionId, script: Script, stage: Stage) -> None:
        self._stage, self._about = stage, script.about
        self._address = self._board.format(session=session)

    def line(self, line: Line) -> None:
        self._spoken = (*self._spoken, _told(line, self._stage))

    def figures(self, item: OnStage) -> None:
        """They are read from the stage."""

    def refused(self, act: Act, sentence: str) -> None:
        self._spoken = (*self._spoken, (_refusal(act, sentence),))

    def render(self) -> RenderableType:
        """What is to be seen now; called from the thread that refreshes the terminal."""
        layout = Layout()
        items = Layout(name="items", size=ITEM_HEIGHT)
        if on_stage := tuple(self._stage.items.values()):
            width = self._console.width // len(on_stage) - FRAME
            items.split_row(*(Layout(_item_panel(item, width)) for item in on_stage))
        layout.split_column(Layout(self._header(), size=HEADER_HEIGHT), items, Layout(self._log(), name="log"))
        return layout

    def _header(self) -> RenderableType:
        stage = self._stage
        present = f"   {len(stage.present)} of {len(stage.names)} delegations present" if stage.present else ""
        board = Text.assemble("Live board: ", (self._address, "underline")) if self._address else Text("")
        return Group(
            Text(f" {BANNER} ", "bold black on yellow", justify="center"),
            Text.assemble((stage.title, "bold"), (present, "dim"), no_wrap=True, overflow="ellipsis"),
            Text(self._about, "italic", no_wrap=True, overflow="ellipsis"),
            board,
        )

    def _log(self) -> RenderableType:
        """The last lines that fit; the newest at the foot."""
        room = self._console.height - HEADER_HEIGHT - ITEM_HEIGHT
        shown: list[RenderableType] = []
        for done, *words in reversed(self._spoken):
            indented = [Padding(each, (0, 0, 0, INDENT)) for each in words]
            room -= self._height(done, 0) + sum(self._height(each, INDENT) for each in words)
            if room < 0:
                break
            shown += [*reversed(indented), done]
        return Group(*reversed(shown))

    def _height(self, text: Text, indent: int) -> int:
        return len(text.wrap(self._console, self._console.width - indent))


def screen_for(console: Console, board: str = "") -> LiveScreen | PlainScreen:
    """The live screen in a terminal that can show it, else lines. `board` is an address with a place for {session}."""
    return (
        LiveScreen(console, board)
        if console.is_terminal and not console.is_dumb_terminal
        else PlainScreen(console, board)
    )


def _told(line: Line, stage: Stage) -> Spoken:
    """Who does what, then the words in their own language and in English."""
    who = f"{line.who} {stage.names.get(line.who, '')}".strip()
    head = Text.assemble((f"{line.seq:4} ", "dim"), (f"{who}  " if who else "", "bold"))
    head.append(line.did, TONES.get(line.tone, ""))
    words = [Text(line.words, "dim")] if line.words else []
    return (head, *words, *([Text(line.english, "dim italic")] if line.english else []))


def _refusal(act: Act, sentence: str) -> Text:
    """What the rules refused: part of the play, and not an entry of the record."""
    who = "Chair" if act.by == CHAIR else act.by
    tried = TRIED.get(act.do, act.do).format(**{"clause": "?", "item": item_of(act), **act.said})
    return Text.assemble(("   – ", "dim"), (who, "bold"), f"  wants to {tried} and is refused: ", (sentence, "yellow"))


def _item_panel(item: OnStage, width: int) -> RenderableType:
    title = Text(f"{item.number} {item.title}", "bold")
    state = Text(f"{WORDS_OF_PHASE[item.phase]}, text {item.text.lower()}", _colour_of(item))
    lines = (title, state, *_lines_of_figures(item, width), _brackets(item), _call(item))
    for line in lines:
        line.no_wrap, line.overflow = True, "ellipsis"
    return Panel(Group(*lines), padding=(0, 1))


def _colour_of(item: OnStage) -> str:
    if item.phase == "DEFERRED" or item.text == TextState.BLOCKED:
        return "red"
    return {"CONCLUDED": "green", "LISTED": "dim", "DECISION": "bold yellow"}.get(item.phase, "")


def _lines_of_figures(item: OnStage, width: int) -> Iterable[Text]:
    known = [f.closeness for f in item.figures if f.closeness is not None]
    if not known:
        yield Text("closeness not known yet", "dim")
        yield Text("")
        return
    last, moves = item.figures[-1], [now for now, _ in groupby(known)]
    figure = Text.assemble("closeness ", (_hundredths(known[-1]), "bold"), " ")
    yield figure.append(sparkline(moves[-max(1, width - len(figure)) :]), "cyan")
    objections = (f"objections {last.objections}", "red" if last.objections else "dim")
    yield Text.assemble(objections, (f", stated {last.stated}/{last.cells}", "dim"))


def _brackets(item: OnStage) -> Text:
    opened = "[ ] " * len(item.bracketed) or "none "
    style = "bold cyan" if item.bracketed else "dim"
    return Text.assemble("brackets ", (opened, style), (f"closed {item.closed}", "dim"))


def _call(item: OnStage) -> Text:
    if not item.objections_until:
        return Text("")
    left = (datetime.fromisoformat(item.objections_until) - datetime.now(UTC)).total_seconds()
    return Text(f"objections possible for {left:.1f} s" if left > 0 else "no more objections", "bold yellow")


def sparkline(values: Iterable[float]) -> str:
    """Values from SPARK_FLOOR to 1 as little bars."""
    steps = len(SPARKS) - 1
    return "".join(SPARKS[round(max(0.0, (v - SPARK_FLOOR) / (1 - SPARK_FLOOR)) * steps)] for v in values)


def _hundredths(closeness: float) -> str:
    return f"{closeness:.2f}"


def _in_words(item: OnStage) -> str:
    last = item.figures[-1]
    return (
        f"closeness {_hundredths(last.closeness or 0)}, objections {last.objections}, "
        f"stated {last.stated}/{last.cells}, brackets open {len(item.bracketed)}, closed {item.closed}"
    )


def _moved(before: Figures, now: Figures) -> bool:
    """Whether a reader would see another figure."""
    shown = [(_hundredths(f.closeness or 0), f.objections) for f in (before, now)]
    return shown[0] != shown[1]
