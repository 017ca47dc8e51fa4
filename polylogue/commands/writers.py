"""What a worker says of asking a language model: it comes with the candidates that were made of the answer."""

from dataclasses import dataclass

from polylogue.vocabulary import ProvisionId, WordingFault, WriterOutcome


@dataclass(frozen=True, kw_only=True)
class RefusedWording:
    """A wording that was not taken from a reply, and why; `sentence` is the one at fault, where it is one."""

    provision: ProvisionId | None
    fault: WordingFault
    sentence: str | None = None


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """A model was asked for wordings of `provisions`, or could not be: `requests` went out, `taken` wordings came.

    `reply` is what came back, characters that no text may have as escapes of JSON; `status` is HTTP's, of an error.
    """

    provisions: tuple[ProvisionId, ...]
    outcome: WriterOutcome
    model: str | None = None
    requests: int = 0
    status: int | None = None
    prompt: str | None = None
    reply: str | None = None
    taken: int = 0
    refused: tuple[RefusedWording, ...] = ()
