"""All pictures of the reports shown, into a directory."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from server.convergence.moments import Moment
from server.convergence.pictures.axes import axes
from server.convergence.pictures.concerns import concerns, without_one
from server.convergence.pictures.fonts import carry, there_for
from server.convergence.pictures.moments import maps
from server.convergence.pictures.pairs import pairs
from server.convergence.pictures.timeline import timeline
from server.convergence.reading import Meeting, Reported


def draw(
    found: Meeting,
    reported: Sequence[Reported],
    moments: Mapping[str, Sequence[Moment]],
    directory: Path,
    *,
    private: bool,
) -> list[Path]:
    """Draw what there is to draw, `moments` of maps by scope; where it was written. Private pictures say so in their
    names and titles.

    Raises OSError where the directory cannot be written to.
    """
    directory.mkdir(parents=True, exist_ok=True)
    there_for((found.title, *found.names.values(), *(clause.words for clause in found.clauses.values())))
    written: list[Path | None] = []
    for each in reported:
        written += [draw_one(found, each, directory) for draw_one in (timeline, pairs, axes, concerns)]
        written.append(maps(found, each, moments.get(each.about.scope, ()), directory))
        if private:
            written += [axes(found, each, directory, private=True), without_one(found, each, directory)]
    paths = [path for path in written if path]
    carry(paths)
    return paths
