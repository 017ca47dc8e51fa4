"""Figures about single delegations, which the API gives to themselves, the chair and facilitators only.

Why on request and labelled: who has the host may see everything, and so may whoever stands behind them.
"""

from fractions import Fraction

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from polylogue.convergence.credit import Credit, credits  # noqa: A004 -- the interpreter's own is for its prompt
from polylogue.convergence.decimal import figure as decimal
from server.convergence.bars import signed
from server.convergence.moves import read
from server.convergence.reading import Reported

LABEL = "PRIVATE: for the chair, facilitators, and each delegation about itself"
_NOTE = (
    "Without it: the figure without the delegation minus the figure with it. Steps: how far its moves brought it "
    "nearer to the others (+) or further away (−), over stances that stood before and after."
)


def show(each: Reported, out: Console) -> None:
    """What concerns one delegation, a line each, in alphabetical order."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("")
    for name in ("C without it", "unanimity", "steps nearer", "C by its moves"):
        table.add_column(name, justify="right")
    table.add_column("stands alone")
    alone = each.pictures.get("coalitions", {}).get("isolated", ())
    moves = (move for _, points in each.timelines for point in points for move in read(point).moves)
    credited = {each.seat: each for each in credits(moves)}
    for seat in each.public["seats"]:
        gain = each.per_seat.get(seat, {}).get("leaveOneOut", {})
        credit = credited.get(seat, Credit(seat, 0, 0, Fraction(0)))
        table.add_row(
            seat,
            signed(gain.get("meanCloseness")),
            signed(gain.get("unanimityShare")),
            f"{credit.steps:+d}" if credit.steps else "0",
            signed(decimal(credit.mean_closeness)),
            "yes" if seat in alone else "",
        )
    title = Text(f"{each.about.name}. {LABEL}", style="bold red")
    out.print(Group(Text(""), title, Padding(Group(table, Text(_NOTE, style="dim")), (0, 0, 0, 2))))
