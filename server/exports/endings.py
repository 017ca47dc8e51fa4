"""The form that the name of a file says: .md, .pdf, .html, as far as there is one.

Why an unknown ending is refused: Markdown in a file that calls itself a Word document opens nowhere.
"""

from collections.abc import Mapping
from pathlib import Path

from server.mishaps import Stopped


def form_of(file: Path | None, told: str | None, endings: Mapping[str, str], otherwise: str) -> str:
    """The form that was told; else that of the file's ending, among `endings` such as ".md"; `otherwise` where the file
    has no ending or there is no file. Raises Stopped for another ending, and for one that says another form.
    """
    ending = file.suffix.lower() if file else ""
    says = endings.get(ending)
    if told and says and says != told:
        raise Stopped(f"{file} is named as {says}, and --format asks for {told}; leave out one of the two.")
    if ending and not says and not told:
        possible = ", ".join(endings)
        raise Stopped(f"No document can be written as {ending}: name the file {possible}, or say which with --format.")
    return told or says or otherwise
