"""`polylogue export-text` and `minutes`: what a session leaves behind, to be read."""

from typing import Any

import rich_click as click

from server.exports import minutes_operation, operation
from server.exports.minutes import HTML, MARKDOWN
from server.terminal import FILE, out, run


@click.command()
@click.argument("item")
@click.option("--session", metavar="ID", help="The session, where ITEM is a number of its agenda.")
@click.option("--language", metavar="TAG", help="Language of the document [default: the session's].")
@click.option(
    "--format",
    "form",
    type=click.Choice([operation.MARKDOWN, operation.PDF], case_sensitive=False),
    help="Markdown or PDF [default: as FILE is named, else Markdown].",
)
@click.option("-o", "--output", "file", type=FILE, metavar="FILE", help="Write to FILE.")
def export_text(**wanted: Any) -> None:
    """Export the text of ITEM, an item's id or number, in the form of a resolution."""
    run(lambda found: operation.export_text(found, operation.Wanted(**wanted), out))


@click.command()
@click.argument("session")
@click.option("--language", metavar="TAG", help="Language of the minutes: en, ru or zh [default: the session's].")
@click.option(
    "--format",
    "form",
    type=click.Choice([MARKDOWN, HTML], case_sensitive=False),
    help="Markdown or HTML [default: as FILE is named, else Markdown].",
)
@click.option("--private", is_flag=True, help="What only a chair, a facilitator or single delegations may read, too.")
@click.option("-o", "--output", "file", type=FILE, metavar="FILE", help="Write to FILE.")
def minutes(session: str, **wanted: Any) -> None:
    """Write the minutes of SESSION: who said, proposed, objected and why, and how it ended."""
    run(lambda found: minutes_operation.minutes(found, session, minutes_operation.Wanted(**wanted), out))
