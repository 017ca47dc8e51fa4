"""The command line: `polylogue …`.

Why only what each command is for: to import them all takes seconds, and who asks for one or for help should not wait.
"""

import rich_click as click

from server.on_demand import OnDemand, Told

COMMANDS = {
    "audit": Told(
        "server.commands.upkeep",
        "Check the record of SESSION, or of all sessions, against everything made from it.",
    ),
    "convergence": Told(
        "server.commands.figures",
        "Show how close the delegations of SESSION are: the newest reports as tables.",
    ),
    "demo": Told(
        "server.commands.serving",
        "Play a whole simulated session through the public API.",
        "The demo is getting ready …",
    ),
    "export-text": Told(
        "server.commands.documents",
        "Export the text of ITEM, an item's id or number, in the form of a resolution.",
    ),
    "import-consultation": Told(
        "server.commands.consultations",
        "Import a public consultation from the export of Polis in DIR, and compute its figures.",
    ),
    "migrate": Told("server.commands.upkeep", "Bring the database up to date."),
    "minutes": Told(
        "server.commands.documents",
        "Write the minutes of SESSION: who said, proposed, objected and why, and how it ended.",
    ),
    "new": Told(
        "server.commands.serving",
        "Schedule a session from SCENARIO, the name of one that ships or a file, and give its join cards.",
    ),
    "rebuild": Told("server.commands.upkeep", "Make the tables that are read anew from the record."),
    "recompute": Told(
        "server.commands.figures",
        "Compute the stored reports of SESSION, or of all sessions, from the record again and compare hashes.",
    ),
    "remove-consultation": Told(
        "server.commands.consultations",
        "Take the public consultation of this id away, with its figures.",
    ),
    "replay-votes": Told(
        "server.commands.votes",
        "Feed recorded roll-call votes through the whole pipeline and print what the workers make of them.",
    ),
    "retry": Told(
        "server.commands.upkeep",
        "Free a WORK that failed and waits or is parked; without one, list them.",
    ),
    "scenario": Told(
        "server.commands.scenarios",
        "Look at scenarios, the files from which sessions are made: check one, list and show those that ship.",
    ),
    "serve": Told(
        "server.commands.serving",
        "Serve sessions: GraphQL, pages, workers; state under POLYLOGUE_DATA_DIR unless a database is set.",
        "Polylogue is getting ready …",
    ),
    "sessions": Told(
        "server.commands.upkeep",
        "List the sessions that there are: ids, titles, phases, items; the newest first.",
    ),
    "token": Told("server.commands.organiser", "Give out a token of the site's organiser, to whoever has the host."),
    "work": Told(
        "server.commands.serving",
        "Compute reports and drafts beside servers on PostgreSQL (an embedded server does it by itself).",
    ),
}
"""What there is, with the module it is in and the line that `polylogue --help` says of it."""


@click.group(cls=OnDemand, told=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="polylogue", prog_name="polylogue")
def main() -> None:
    """Structured deliberation with a record anybody can check."""


if __name__ == "__main__":
    main()
