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
from rich.panel import Panel
from rich.text import Text

from polylogue.vocabulary import SessionId, TextState
from server.demo.acts import CHAIR, Act, Script, item_of
from server.demo.stage import Figures, Line, OnStage, Stage

BANNER = "SIMULATION – invented positions; no statement of any state"
BRIEFLY = "SIMULATION – no statement of any state"
SPARKS = "▁▂▃▄▅▆▇█"
TONES = {
    "good": "green",
    "objection": "red",
    "call": "bold yellow",
    "wording": "cyan",
    "worker": "magenta",
    "opinion": "blue",
    "item": "bold",
}
WORDS_OF_TEXT = {"WORKING": "working text", "CIRCULATED": "circulated for study", "CLEAN": "clean text",
                 "CALLED": "called for consensus", "ADOPTED": "adopted", "BLOCKED": "no consensus yet"}  # fmt: skip
TRIED = {
    "CloseBracket": "close the bracket of clause {clause} with {wording}",
    "CleanText": "declare the text of item {item} clean",
}
"""Acts that are refused in a script, in words."""

HEADED = f"  {'text':<10} {'closeness':>9}  {'objections':>10}  brackets"
"""What the columns are in which items stand in a narrow terminal."""

SPARK_FLOOR = 0.6
"""Where a sparkline begins: a table that meets at all is seldom further apart."""

PANELS_FROM, ROWS_FROM = 110, 80
"""Columns from which items stand side by side, and from which each is told in a row; in fewer there is a table."""
LINES_FOR_ALL = 22
"""Lines of a terminal below which the title, and what the script is about, give way to who speaks."""
LINES_OF_PANEL, LINES_OF_TITLE, STATUS = 4, 2, 22
"""Lines of a panel below its title, lines of a title at most, columns of an item's state in a narrow terminal."""
FRAME, EDGES, REFRESHED = 4, 2, 8
"""Columns and lines of a panel's frame, refreshes a second."""

INDENT = 4
"""Columns by which words stand in, so that who speaks is easily found."""
KEPT = 60
"""Lines spoken that a terminal may still have to show."""

Spoken = tuple[Text, ...]
"""What is done in a line, and the words that go with it."""


class PlainScreen:
    """Lines as they come, for logs and pipes."""

    def __init__(self, console: Console, board: str = "") -> None:
        self._console, self._board = console, board
        self._shown = dict[int, Figures]()
        self._stage = Stage()
        self.session: SessionId | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def begin(self, session: SessionId, script: Script, stage: Stage) -> None:
        self._stage, self.session = stage, session
        self._print(Text(BANNER, "bold"), Text(script.about))
        if self._board:
            self._print(Text(f"Live board: {self._board.format(session=session)}"))

    def line(self, line: Line) -> None:
        if line.tone == "item":
            self._print(Text(""))
        did, *words = _told(line, self._stage)
        beside = [each for each in words if "\n" not in each.plain]
        self._print(Text(" – ").join([did, *beside]), *(each for each in words if each not in beside))

    def figures(self, item: OnStage) -> None:
        """Only what has moved: a figure that stays is no news."""
        now, before = item.figures[-1], self._shown.get(item.number)
        if now.closeness is None or (before and _moved(before, now) is False):
            return
        self._shown[item.number] = now
        self._print(Text(f"{' ' * INDENT}item {item.number}: {_in_words(item)}", "dim"))

    def refused(self, act: Act, sentence: str) -> None:
        self._print(Text(" – ").join(_refusal(act, sentence, self._stage)))

    def _print(self, *lines: RenderableType) -> None:
        for each in lines:
            self._console.print(each, soft_wrap=True)


class LiveScreen:
    """The whole terminal while the play lasts: items with their figures above, who speaks below."""

    def __init__(self, console: Console, board: str = "") -> None:
        self._console, self._board = console, board
        self._address, self._about = "", ""
        self._stage = Stage()
        self.session: SessionId | None = None
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
        self._stage, self.session, self._about = stage, session, script.about
        self._address = self._board.format(session=session)

    def line(self, line: Line) -> None:
        self._spoken = (*self._spoken, _told(line, self._stage))[-KEPT:]

    def figures(self, item: OnStage) -> None:
        """They are read from the stage."""

    def refused(self, act: Act, sentence: str) -> None:
        self._spoken = (*self._spoken, _refusal(act, sentence, self._stage))[-KEPT:]

    def render(self) -> RenderableType:
        """What is to be seen now; called from the thread that refreshes the terminal."""
        width, height = self._console.width, self._console.height
        on_stage = tuple(self._stage.items.values())
        wide = width >= PANELS_FROM
        header = self._header(wide=wide, low=height < LINES_FOR_ALL)
        titles = max((len(self._title(item, width, len(on_stage))) for item in on_stage), default=1)
        table = [] if width >= ROWS_FROM else [_in_one_line(Text(HEADED, "dim"))]
        size = EDGES + (titles + LINES_OF_PANEL if wide else len(table) + 2 * len(on_stage))
        layout, items = Layout(), Layout(name="items", size=size)
        if wide and on_stage:
            items.split_row(*(Layout(self._panel(item, width, len(on_stage), titles)) for item in on_stage))
        else:
            rows = [*table, *(row for item in on_stage for row in _rows(item, width - FRAME))]
            items.update(Panel(Group(*rows), title=self._present() or None, padding=(0, 1)))
        log = Layout(self._log(height - len(header) - size), name="log")
        layout.split_column(Layout(Group(*header), size=len(header)), items, log)
        return layout

    def _present(self) -> Text:
        return Text(self._stage.attendance() if self._stage.present else "", "dim")

    def _header(self, *, wide: bool, low: bool) -> list[Text]:
        title = Text(self._stage.title, "bold", no_wrap=True, overflow="ellipsis")
        if wide and self._stage.present:
            title.append("   ").append_text(self._present())
        about = Text(self._about, "italic").wrap(self._console, self._console.width)
        said = f" {BANNER} " if self._console.width >= len(BANNER) + 2 else f" {BRIEFLY} "
        banner = Text(said, "bold black on yellow", justify="center", no_wrap=True, overflow="ellipsis")
        return [banner, *([] if low else [title, *about]), *self._where()]

    def _where(self) -> list[Text]:
        """The address of the board, whole: in a narrow terminal by itself, over as many lines as it takes."""
        width, label = self._console.width, "Live board: "
        if len(label) + len(self._address) <= width:
            return [Text.assemble(label, (self._address, "underline"))] if self._address else [Text("")]
        parts = (self._address[at : at + width] for at in range(0, len(self._address), width))
        return [Text(part, "underline", no_wrap=True) for part in parts]

    def _title(self, item: OnStage, width: int, beside: int) -> list[Text]:
        """The lines of an item's title in a panel, of which there are so many."""
        lines = hanging(Text(f"{item.number} {item.title}", "bold"), self._console, width // beside - FRAME, 2)
        if len(lines) > LINES_OF_TITLE:
            lines = [*lines[: LINES_OF_TITLE - 1], lines[LINES_OF_TITLE - 1].append(" …")]
        return lines

    def _panel(self, item: OnStage, width: int, beside: int, titles: int) -> RenderableType:
        title = self._title(item, width, beside)
        title += [Text("")] * (titles - len(title))
        closeness = _closeness(item, width // beside - FRAME)
        state = Text(_state(item), _colour_of(item))
        lines = [*title, state, closeness, _objections(item), _call(item) or _brackets(item)]
        return Panel(Group(*map(_in_one_line, lines)), padding=(0, 1))

    def _log(self, room: int) -> RenderableType:
        """The last lines that fit; the newest at the foot, of which the end is left out where it does not fit alone."""
        shown: list[Text] = []
        for done, *words in reversed(self._spoken):
            width = self._console.width
            said = [line for each in words for line in hanging(each, self._console, width, INDENT, INDENT)]
            act = [*hanging(done, self._console, width, INDENT), *said]
            if not shown and len(act) > room:
                act[max(room - 1, 0) :] = [Text(" " * INDENT + "…")]
            shown = [*act, *shown]
            if len(shown) >= room:
                break
        return Group(*shown[-room:] if room > 0 else ())


def screen_for(console: Console, board: str = "") -> LiveScreen | PlainScreen:
    """The live screen in a terminal that can show it, else lines. `board` is an address with a place for {session}."""
    return (
        LiveScreen(console, board)
        if console.is_terminal and not console.is_dumb_terminal
        else PlainScreen(console, board)
    )


def hanging(text: Text, console: Console, width: int, indent: int, first: int = 0) -> list[Text]:
    """The lines of a text that is wrapped to a width: the first stands in by `first` columns, others by `indent`."""
    lines = list(text.wrap(console, width - indent))
    for number, line in enumerate(lines):
        line.rstrip()
        lines[number] = Text.assemble(" " * (indent if number else first), line, no_wrap=True)
    return lines


def _told(line: Line, stage: Stage) -> Spoken:
    """Who does what, then the words in their own language and in English."""
    who = f"{line.who} {stage.names.get(line.who, '')}".strip()
    head = Text.assemble((f"{who}  " if who else "", "bold"), (line.did, TONES.get(line.tone, "")))
    words = [Text(line.words, "dim")] if line.words else []
    return (head, *words, *([Text(line.english, "dim italic")] if line.english else []))


def _refusal(act: Act, sentence: str, stage: Stage) -> Spoken:
    """What the rules refused: part of the play, and not an entry of the record."""
    who = "Chair" if act.by == CHAIR else f"{act.by} {stage.names.get(act.by, '')}"
    seat = act.said.get("alternative")
    wording = f"the wording of {seat}" if seat else "the present text"
    tried = TRIED.get(act.do, act.do).format(**{"item": item_of(act), **act.said, "wording": wording})
    return Text.assemble((who, "bold"), f"  wants to {tried}"), Text(f"Refused. {sentence}", "yellow")


def _rows(item: OnStage, width: int) -> tuple[Text, Text]:
    """An item in two lines, for a narrow terminal; below ROWS_FROM with its figures in columns."""
    title = Text(f"{item.number} {item.title}", "bold")
    state = "listed" if item.phase == "LISTED" else "deferred" if item.phase == "DEFERRED" else WORDS_OF_TEXT[item.text]
    if width + FRAME < ROWS_FROM:
        return _in_one_line(title), _in_one_line(_columns(item))
    parts = (_call(item) or _brackets(item), _objections(item, brief=True))
    right = Text("  ").join(reversed(parts))
    figures = _closeness(item, width - INDENT // 2 - STATUS - len(right) - INDENT // 2)
    figures.pad_right(max(0, width - INDENT // 2 - STATUS - len(right) - len(figures)))
    row = Text.assemble(" " * (INDENT // 2), (state.ljust(STATUS), _colour_of(item)), figures, right)
    return _in_one_line(title), _in_one_line(row)


def _columns(item: OnStage) -> Text:
    """An item's state and figures as they stand below HEADED."""
    last = item.figures[-1] if item.figures else None
    closeness = "–" if last is None or last.closeness is None else _hundredths(last.closeness)
    objections = last.objections if last else 0
    state = item.phase if item.phase in ("LISTED", "DEFERRED") else item.text
    open_or_closed = (
        f"{len(item.bracketed)} open" if item.bracketed else f"{item.closed} closed" if item.closed else "none"
    )
    return Text.assemble(
        (f"  {state.lower():<10}", _colour_of(item)),
        f" {closeness:>9}  ",
        (f"{objections:>10}", "red" if objections else "dim"),
        "  ",
        _call(item, brief=True) or Text(open_or_closed, "cyan" if item.bracketed else "dim"),
    )


def _in_one_line(text: Text) -> Text:
    text.no_wrap, text.overflow = True, "ellipsis"
    return text


def _state(item: OnStage) -> str:
    """The phase of an item, and how far its text is where that says more."""
    if item.phase in ("LISTED", "DEFERRED"):
        return item.phase.lower()
    return f"{item.phase.lower()}, {WORDS_OF_TEXT[item.text]}"


def _colour_of(item: OnStage) -> str:
    if item.phase == "DEFERRED" or item.text == TextState.BLOCKED:
        return "red"
    return {"CONCLUDED": "green", "LISTED": "dim", "DECISION": "bold yellow"}.get(item.phase, "")


def _closeness(item: OnStage, width: int) -> Text:
    """How close the room is, and how that has moved; the last moves that fit."""
    known = [f.closeness for f in item.figures if f.closeness is not None]
    if not known:
        return Text("closeness –" if item.figures else "no figures yet", "dim")
    moves = [now for now, _ in groupby(known)]
    figure = Text.assemble("closeness ", (_hundredths(known[-1]), "bold"), " ")
    return figure.append(sparkline(moves[-max(1, width - len(figure)) :]), "cyan")


def _objections(item: OnStage, *, brief: bool = False) -> Text:
    """Objections to the present text; how many members have taken a stance on how many clauses beside it."""
    if not item.figures:
        return Text("")
    last = item.figures[-1]
    text = Text(f"objections {last.objections}", "red" if last.objections else "dim")
    return text if brief else text.append(f", stances {last.stated} of {last.cells}", "dim")


def _brackets(item: OnStage) -> Text:
    if item.bracketed:
        closed = f" closed {item.closed}" if item.closed else ""
        return Text.assemble("brackets ", ("[ ] " * len(item.bracketed)).rstrip(), (closed, "dim"), style="cyan")
    return Text(f"brackets closed {item.closed}" if item.closed else "no brackets", "dim")


def _call(item: OnStage, *, brief: bool = False) -> Text:
    if not item.objections_until:
        return Text("")
    left = (datetime.fromisoformat(item.objections_until) - datetime.now(UTC)).total_seconds()
    told = (f"{left:.0f} s left", "time is up") if brief else (f"{left:.1f} s left to object", "no more objections")
    return Text(told[left <= 0], "bold yellow")


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
        f"stances {last.stated} of {last.cells}, brackets open {len(item.bracketed)}, closed {item.closed}"
    )


def _moved(before: Figures, now: Figures) -> bool:
    """Whether a reader would see another figure."""
    shown = [(_hundredths(f.closeness or 0), f.objections) for f in (before, now)]
    return shown[0] != shown[1]
