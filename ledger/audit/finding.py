"""What an audit of one session found."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from polylogue.vocabulary import Hash, SessionId


class Fault(Exception):
    """Something that is not as the record says; the message is a clause that names the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Counts of what was checked, and the first fault of each part: the record, its texts, the rows, the results.

    `root` is the root of the tree over the entries read, null where they could not all be read. `erased` texts are no
    fault. `unknown` reports were made by a version that this software no longer has, so nobody can say.
    """

    session: SessionId
    entries: int = 0
    root: Hash | None = None
    texts: int = 0
    erased: int = 0
    rows: int = 0
    reports: int = 0
    unknown: int = 0
    faults: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.faults

    def document(self) -> dict[str, object]:
        """The same as JSON values."""
        return {**asdict(self), "sound": self.sound}

    @property
    def sentence(self) -> str:
        """One line for a person."""
        if self.faults:
            return f"Session {self.session} is not sound: {'; '.join(self.faults)}."
        said = [_count(self.entries, "entry", "entries"), _count(self.texts, "text")]
        if self.erased:
            said.append(f"{self.erased} erased")
        said += [_count(self.rows, "row"), _count(self.reports, "report")]
        if self.unknown:
            said.append(f"{_count(self.unknown, 'report')} made by a version that this software no longer has")
        return f"Session {self.session} is sound: {', '.join(said)}; root {self.root}."


_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def is_instant(written: str) -> bool:
    """Whether it is an instant as the record writes them, and one that there is."""
    if not _INSTANT.fullmatch(written):
        return False
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
