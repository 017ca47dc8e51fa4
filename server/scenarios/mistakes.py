"""What is wrong with a scenario's file: each mistake with the key it concerns, and the line it stands in.

Why all of them: whoever wrote the file by hand should not have to mend one mistake to be told the next.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from server.scenarios.places import Path, Place

START = Place(1, 1)


@dataclass(frozen=True)
class Mistake:
    """A mistake at a key. `needs` is the key whose absence it is about, if it is about that."""

    path: Path
    reason: str
    needs: Path | None = None
    place: Place = START

    @property
    def key(self) -> str:
        """The path as people write it: ("items", 0, "titles") gives "items[0].titles"."""
        tokens = (f"[{token}]" if isinstance(token, int) else f".{token}" for token in self.path)
        return "".join(tokens).removeprefix(".")


class ScenarioInvalid(Exception):
    """A scenario that cannot be used; the message is for whoever wrote the file, a line a mistake."""

    def __init__(self, where: str, mistakes: Collection[Mistake] = ()) -> None:
        told = (f"{where}, line {m.place.line}{f', {m.key}' if m.path else ''}: {m.reason}" for m in mistakes)
        super().__init__("\n".join(told) or where)
        self.mistakes = tuple(mistakes)


@dataclass
class Notes:
    """Mistakes as they are found, and the keys that stand there under a name that is nearly right."""

    mistakes: list[Mistake] = field(default_factory=list[Mistake])
    nearly: set[Path] = field(default_factory=set[Path])

    def add(self, path: Path, reason: str, needs: Path | None = None) -> None:
        self.mistakes.append(Mistake(path, reason, needs))

    def told(self, path: Path) -> bool:
        """Whether something is told already that explains a fault of the whole at `path`."""
        return path in self.nearly or any(m.path[: len(path)] == path for m in self.mistakes)

    def placed(self, places: Mapping[Path, Place]) -> tuple[Mistake, ...]:
        """The mistakes by line. What is missing stands where that which it is missing from stands."""
        kept = (m for m in self.mistakes if m.needs is None or m.needs not in self.nearly)
        return tuple(sorted((replace(m, place=_place(places, m.path)) for m in kept), key=lambda m: m.place))


def meant(given: str, known: Iterable[str]) -> str:
    """The question "did you mean …?" with the nearest of the words that are known; nothing when none is near."""
    near = nearest(given, known)
    return f"; did you mean {near}?" if near else ""


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The word that is most like the one given; None when none is."""
    return next(iter(get_close_matches(given, sorted(known), n=1, cutoff=0.6)), None)


def _place(places: Mapping[Path, Place], path: Path) -> Place:
    while path and path not in places:
        path = path[:-1]
    return places.get(path, START)
