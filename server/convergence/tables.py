"""A report as tables for a terminal, legible at 80 columns: what may be shown to everybody.

Why in the order of the text and of the alphabet: a list of delegations in the order of a figure would rank them.
"""

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from polylogue.convergence.scope import SESSION
from polylogue.vocabulary import SCALE
from server.convergence.bars import bar, figure, histogram
from server.convergence.moves import timelines
from server.convergence.reading import About, Clause, Document, Meeting, Reported

ADVICE = "Convergence figures are advice: no figure adopts or blocks anything. Delegations are in alphabetical order."
LEVELS = tuple(sorted(SCALE, key=lambda level: SCALE[level]))
_WIDE = 110
"""Columns from which names have room beside bars and counts."""
_MOST = 12
"""Provisions of a bridging order, and pairs in a column, before the rest is left to the JSON."""
_FEW = 3


def show(found: Meeting, reported: Sequence[Reported], shown: Sequence[Reported], out: Console) -> None:
    """The session's head, and the tables of each report shown; of the other reports only their headlines."""
    out.print()
    out.print(Text(found.title, style="bold"))
    out.print(Text(f"{found.nature.capitalize()} · session {found.session}", style="dim"))
    out.print(Text(ADVICE, style="italic"))
    for each in shown:
        out.print()
        for part in _parts(found, each, reported, out.width):
            out.print(part)


def _parts(found: Meeting, each: Reported, reported: Sequence[Reported], width: int) -> Iterator[RenderableType]:
    yield Rule(Text(f" {heading(each.about)} ", style="bold"), align="left", characters="━", style="dim")
    yield Text(_basis(each), style="dim")
    yield _titled("", _headline(each))
    if each.about.scope == SESSION:
        yield from _scopes(reported)
    else:
        yield _titled("Provisions, in the order of the text", _provisions(found, each, width))
    yield _titled(_pairs_title(each), _pairs(each, width))
    if grouped := each.pictures.get("coalitions"):
        title = "Coalitions (drawn, not hashed): joined by pairs that 80 % of the draws keep together"
        yield _titled(title, _coalitions(grouped))
    if ranked := each.pictures.get("bridging"):
        title = "Bridging order (drawn, not hashed): what hurts nobody comes first"
        yield _titled(title, _bridging(found, each, ranked))
    yield from _unblocking(found, each, each.standing.unblocking)
    if each.about.scope != SESSION:
        yield from (_titled(title, lines) for title, lines in timelines(found, each, width))


def heading(about: About) -> str:
    return f"{about.name}: {about.title}"


def _titled(title: str, part: RenderableType) -> RenderableType:
    """A part under its title, indented."""
    body = Padding(part, (0, 0, 0, 2))
    return Group(Text(""), Text(title, style="bold cyan"), body) if title else Group(Text(""), body)


def _basis(each: Reported) -> str:
    late = "; later entries are not computed yet" if each.behind else ""
    return f"Report at entry {each.basis}, version {each.version}, input {each.input_hash[:12]}{late}"


def _grid(*, ratio: int | None = None, between: int = 2) -> Table:
    return Table(box=None, pad_edge=False, padding=(0, between, 0, 0), header_style="dim", expand=ratio is not None)


# ── headline ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _headline(each: Reported) -> RenderableType:
    head, beside = each.headline, each.beside
    table = _grid()
    table.show_header = False
    for name, value, note in (
        ("Mean closeness C", head["meanCloseness"], f"over {head['comparable']} comparable provisions"),
        ("Unanimity share", head["unanimityShare"], f"{head['unanimous']} of {head['comparable']}"),
        ("Alpha (ordinal)", head["alpha"], _interval(each.pictures.get("alphaInterval"))),
        ("Coverage", head["coverage"], f"{head['stated']} of {head['cells']} stances"),
    ):
        table.add_row(name, Text(bar(value), style="cyan"), figure(value), Text(note, style="dim"))
    unmet = sum(map(len, each.standing.unmet.values()))
    apart = (
        f"carried over and not counted {beside['carriedStances']} · counted and stated in bulk {beside['bulkStances']}"
    )
    return Group(
        table,
        Text(
            f"Objections {head['objections']} · not stated {head['cells'] - head['stated']} · unmet conditions {unmet}"
        ),
        Text(f"Apart: {apart}"),
    )


def _interval(interval: Document | None) -> str:
    if not interval or interval["low"] is None:
        return "too few provisions for an interval"
    return f"95 % of {interval['draws']} draws: {figure(interval['low'], 2)} to {figure(interval['high'], 2)}"


def _scopes(reported: Sequence[Reported]) -> Iterator[RenderableType]:
    """The headlines of the items and of the dimensions."""
    items = [(f"{each.about.number}  {each.about.title}", each) for each in reported if each.about.number is not None]
    dimensions = [(each.about.title, each) for each in reported if each.about.dimension]
    for title, rows in (("Items", items), ("Dimensions of security", dimensions)):
        if not rows:
            continue
        table = _grid(ratio=1)
        table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column("")
        for name in ("C", "unan.", "alpha", "cover", "obj."):
            table.add_column(name, justify="right", no_wrap=True)
        for name, each in rows:
            head = each.headline
            shown = (figure(head[part]) for part in ("meanCloseness", "unanimityShare", "alpha", "coverage"))
            column = Text(bar(head["meanCloseness"], 8), style="cyan")
            table.add_row(Text(name), column, *shown, _objections(head["objections"]))
        yield _titled(title, table)


# ── provisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _provisions(found: Meeting, each: Reported, width: int) -> RenderableType:
    table = _grid(ratio=1, between=2 if width >= _WIDE else 1)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column("ORNAS", no_wrap=True)
    table.add_column("counts", no_wrap=True)
    for name in ("C", "A", "obj."):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("not stated", no_wrap=width < _WIDE)
    for provision in each.public["provisions"]:
        clause = found.clauses[provision["id"]]
        table.add_row(
            clause.label(each.about),
            Text(clause.words),
            Text(histogram(provision["histogram"]), style="cyan"),
            Text(" ".join(map(str, provision["histogram"])), style="dim"),
            figure(provision["closeness"]),
            figure(provision["agreement"]),
            _objections(provision["objections"]),
            seats(provision["notStated"], _MOST if width >= _WIDE else _FEW),
        )
    key = " · ".join(level.capitalize() for level in LEVELS)
    note = f"ORNAS: how many stated {key}. C closeness, 0 to 1; A agreement, −1 (two camps) to 1."
    return Group(table, Text(note, style="dim"))


def seats(codes: Sequence[str], most: int = _FEW) -> str:
    """Some codes; of many only their number."""
    return " ".join(codes) if len(codes) <= most else f"{len(codes)} seats"


def _objections(count: int) -> Text:
    return Text(str(count), style="bold" if count else "dim")


# ── pairs and groups ─────────────────────────────────────────────────────────────────────────────────────────────────


def _pairs_title(each: Reported) -> str:
    return f"Pairs: similarity S, hidden below {each.public['minimumOverlap']} provisions in common"


def _pairs(each: Reported, width: int) -> RenderableType:
    codes, pairs = each.public["seats"], {(p["first"], p["second"]): p for p in each.public["pairs"]}
    longest = max(map(len, codes), default=0)
    if not pairs:
        return Text("Fewer than two delegations.", style="dim")
    if 2 + (longest + 1) * (len(codes) + 1) > width:
        return _listed(list(pairs.values()), width)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("")
    for code in codes:
        table.add_column(code, justify="right", no_wrap=True)
    for row in codes:
        cells = (
            Text("—", style="dim") if row == column
            else Text(_similarity(pairs[column, row]["similarity"])) if column < row
            else Text(str(pairs[row, column]["overlap"]), style="dim")
            for column in codes
        )  # fmt: skip
        table.add_row(Text(row, style="dim"), *cells)
    return Group(table, Text("Below the diagonal S, above it how many provisions both have stated.", style="dim"))


def _listed(pairs: Sequence[Document], width: int) -> RenderableType:
    """Pairs one after the other, in as many columns as there is room for."""
    shown = [f"{p['first']}–{p['second']} {_similarity(p['similarity'])} ({p['overlap']})" for p in pairs]
    across = max(1, (width - 2) // (max(map(len, shown)) + 2))
    table = _grid()
    table.show_header = False
    kept = shown[: across * _MOST]
    deep = -(-len(kept) // across)
    for row in range(deep):
        table.add_row(*kept[row::deep])
    left = f"{len(shown) - len(kept)} further pairs: --json gives all. " if len(shown) > len(kept) else ""
    return Group(table, Text(f"{left}In brackets how many provisions both have stated.", style="dim"))


def _similarity(value: str | None) -> str:
    shown = figure(value, 2)
    return shown.removeprefix("0") if shown != "1.00" else "1.0"


def _coalitions(grouped: Document) -> RenderableType:
    if not grouped["draws"]:
        return Text("Too few provisions that two delegations have stated.", style="dim")
    table = _grid()
    for name in ("delegations", "", "stability", "cohesion"):
        table.add_column(name, justify="left" if name in ("", "delegations") else "right")
    for group in grouped["groups"]:
        together = figure(group["stability"], 2)
        column = Text(bar(group["stability"], 6), style="cyan")
        table.add_row(" ".join(group["seats"]), column, together, figure(group["cohesion"], 2))
    if not grouped["groups"]:
        return Text("None: no two delegations stay together.", style="dim")
    if not grouped["unplaced"]:
        return table
    few = len(grouped["unplaced"])
    said = "1 delegation has" if few == 1 else f"{few} delegations have"
    return Group(table, Text(f"{said} stated too little to tell.", style="dim"))


def _bridging(found: Meeting, each: Reported, ranked: Sequence[Document]) -> RenderableType:
    table = _grid(ratio=1)
    for name in ("place", "clause"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
    for name in ("obj.", "lowest", "across"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in ranked[:_MOST]:
        clause = found.clauses[row["id"]]
        lowest = next((str(level) for level, count in zip(LEVELS, row["leximin"], strict=True) if count), "")
        across = figure(row["across"], 2)
        label = clause.label(each.about)
        table.add_row(str(row["place"]), label, Text(clause.words), _objections(row["objections"]), lowest, across)
    left = f"{len(ranked) - _MOST} further provisions: --json gives all. " if len(ranked) > _MOST else ""
    note = "Lowest: who has not spoken counts as RESERVE here. Across: the share that accepts, over the groups."
    return Group(table, Text(f"{left}{note}", style="dim"))


# ── what would unblock ───────────────────────────────────────────────────────────────────────────────────────────────


def _unblocking(found: Meeting, each: Reported, answer: Document) -> Iterator[RenderableType]:
    """Open concerns and sets of moves; of the session only the sets, its items list their concerns."""
    sets = "Smallest sets of moves after which nobody objects"
    if each.about.scope == SESSION:
        if len({found.clauses[of["provision"]].item for of in answer["concerns"]}) > 1:  # else its item says the same
            yield _titled(f"{sets}, all items together", _sets(found, each, answer))
        return
    if not answer["concerns"]:
        none = "None: no member objects." if answer["spoken"] else "No member has stated anything yet."
        yield _titled("Open concerns", Text(none, style="dim"))
        return
    table = _grid(ratio=1)
    table.add_column("clause", justify="right", no_wrap=True)
    table.add_column("delegation", no_wrap=True)
    table.add_column("would be removed by", ratio=1)
    for concern in answer["concerns"]:
        clause = found.clauses[concern["provision"]]
        about = " (said of an older wording)" if concern["carried"] else ""
        about = " (to another wording that is open)" if concern["alternative"] else about
        asks = each.standing.condition(concern)
        asked = Text(asks, style="") if asks else Text("nothing that would", style="dim")
        table.add_row(clause.label(each.about), concern["seat"], asked + Text(about, style="dim"))
    yield _titled("Open concerns", table)
    yield _titled(sets, _sets(found, each, answer))


def _sets(found: Meeting, each: Reported, answer: Document) -> RenderableType:
    lines: list[RenderableType] = []
    for number, one in enumerate(answer["sets"][:_MOST], 1):
        unknown = f", {one['unknown']} not stated on what is taken" if one["unknown"] else ""
        lines.append(Text(f"{number}. Cost {one['cost']}{unknown}"))
        for move in one["moves"]:
            on = "" if move["alternative"] is None else " (the wording taken)"
            levels = f"{LEVELS[move['before']]} → {LEVELS[move['after']]}"
            label = _clause(found, move).label(each.about)
            lines.append(Text(f"   {move['seat']} on {label}{on}: {levels}, importance {move['importance']}"))
        for taken in one["takings"]:
            unstated = f"; not stated: {seats(taken['notStated'], _MOST)}" if taken["notStated"] else ""
            assumed = f"; {seats(taken['assumed'])}, whose it is, has not spoken on it" if taken["assumed"] else ""
            label = _clause(found, taken).label(each.about)
            lines.append(Text(f"   another wording is taken for {label}{unstated}{assumed}"))
    if len(answer["sets"]) > _MOST:
        lines.append(Text(f"{len(answer['sets']) - _MOST} further sets: --json gives all.", style="dim"))
    if not answer["exact"]:
        bound = f" All that cost less than {answer['bound']} are here." if answer["bound"] is not None else ""
        lines.append(Text(f"The search was cut off.{bound}", style="dim"))
    return Group(*lines)


def _clause(found: Meeting, of: Document) -> Clause:
    return found.clauses[of["provision"]]
