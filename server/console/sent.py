"""What somebody has just sent from a page, and what they are answered: a refusal at the field concerned, or a receipt.

Why what was typed is kept: a refusal must cost nobody their words, however long and whatever has changed meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ENVELOPE = frozenset(("idempotencyKey", "sentFrom", "backTo", "seat", "language", "sessionId"))
"""Fields that say nothing that its sender would miss."""
LETTERS_OF_WORDS = 4
"""What is shorter, or names something by its id, is no text that somebody would have to type again."""


@dataclass
class Sent:
    """`form` is the id of the form. `refusal` has a message, perhaps a code and a path; without one it was accepted,
    and `seq` is the entry that it left. The page has `placed` it once it has shown the form, and has `said` the refusal
    once that stands at the field concerned.
    """

    form: str
    values: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    refusal: Mapping[str, Any] | None = None
    seq: int | None = None
    placed: bool = False
    said: bool = False

    def of(self, form: str) -> "Sent | None":
        """This, where it was sent from that form; which is then in the page."""
        if form != self.form or self.refusal is None:
            return None
        self.placed = True
        return self

    def value(self, name: str, otherwise: str = "") -> str:
        """What was sent in a field."""
        return next(iter(self.values.get(name, ())), otherwise)

    def wrong(self, name: str) -> bool:
        """Whether the refusal is about a field."""
        path = (self.refusal or {}).get("path") or ()
        found = bool(path) and name == ".".join(path)
        self.said |= found
        return found

    @property
    def typed(self) -> list[str]:
        """Texts that were sent: to be shown where their form is gone."""
        return [text for name, texts in self.values.items() for text in texts if name not in ENVELOPE and _prose(text)]


def _prose(text: str) -> bool:
    """Whether a text is somebody's own words: it has a space, or a letter that is not of a code."""
    return len(text) >= LETTERS_OF_WORDS and (" " in text.strip() or not text.isascii())
