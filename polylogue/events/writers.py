"""Events of writers: a language model was asked for wordings, or could not be."""

from dataclasses import dataclass
from typing import ClassVar

from polylogue.record.prose import Prose
from polylogue.vocabulary import ItemId, ProvisionId, RequestId, WordingFault, WriterOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRefused:
    """A wording that was not taken from a reply, and why; null `provision`: of no clause that was asked about."""

    provision: ProvisionId | None
    fault: WordingFault
    sentence: Prose | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterConsulted:
    """A model was asked for wordings of `provisions` for the draft of `request`; `requests` count against the budget.

    `prompt` and `reply` are as they went over the wire; `reply` is cut where it is too long, and characters that no
    text may have stand in it as escapes of JSON. `taken` wordings went into the search for candidates.
    """

    v: ClassVar[int] = 1
    item: ItemId
    request: RequestId
    provisions: tuple[ProvisionId, ...]
    model: str | None
    outcome: WriterOutcome
    requests: int
    status: int | None
    prompt: Prose | None
    reply: Prose | None
    taken: int
    refused: tuple[WordingRefused, ...]
