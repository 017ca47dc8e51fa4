"""Documents as somebody reads them: the lines of a clause, of a text, of an annex.

Why beside the tests: form, brackets and annexes are read in the same way.
"""

from polylogue.drafting.resolution import Annex, Block, Resolution


def text(block: Block) -> list[str]:
    """The lines of a clause as they are read."""
    return [line.label + " " * bool(line.label) + "".join(run.text for run in line.runs) for line in block.paragraphs]


def whole(of: Resolution) -> list[tuple[str, str]]:
    """Number and lines of each clause."""
    return [(block.number, " / ".join(text(block))) for block in of.blocks]


def annex(of: Resolution, title: str) -> Annex:
    return next(each for each in of.annexes if each.title == title)


def told(of: Annex) -> list[str]:
    return [
        line
        for part in of.parts
        for line in (
            part.heading,
            *(f"{each.level} {''.join(run.text for run in each.runs)}" for each in part.paragraphs),
        )
    ]
