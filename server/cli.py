"""The `polylogue` command line.

One group, so that every task an operator has is found with `polylogue --help`.
"""

from importlib.metadata import version

import rich_click as click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("polylogue"), prog_name="polylogue")
def main() -> None:
    """Run and inspect a structured deliberation."""
