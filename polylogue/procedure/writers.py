"""Chapter 5, writers: what is put in the record when a language model was asked.

Why all of it: whoever doubts a wording can see what a machine was told, what it said, and what of that was refused.
"""

from collections.abc import Collection

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode
from polylogue.state import Item
from polylogue.vocabulary import LanguageTag, RequestId

MIXED = LanguageTag("mul")
"""The language of prompts and replies: several at once."""

_MOST = 1_000
"""The most of what is counted here: requests and wordings; HTTP's statuses are below it."""


def consulted(
    m: Matter, item: Item, request: RequestId, given: Collection[c.Consultation], *, path: tuple[str, ...]
) -> tuple[e.WriterConsulted, ...]:
    """The events of consultations, in order; refused where one names what is not of the item or is too long."""
    m.within(given, path=path)
    return tuple(_consulted(m, item, request, each, (*path, str(i))) for i, each in enumerate(given))


def _consulted(
    m: Matter, item: Item, request: RequestId, given: c.Consultation, path: tuple[str, ...]
) -> e.WriterConsulted:
    refused = [wording.provision for wording in given.refused]
    for id in {*given.provisions, *refused} - {None, *item.provisions}:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=(*path, "provisions"), kind="provision", id=id or "")
    model = None if given.model is None else m.claimed(given.model, "model", path=(*path, "model"))
    m.within(given.provisions, path=(*path, "provisions"))
    m.within(given.refused, path=(*path, "refused"))
    for name, value in (("requests", given.requests), ("taken", given.taken), ("status", given.status or 0)):
        if not 0 <= value <= _MOST:
            raise m.refuse(RefusalCode.NUMBER_OUT_OF_RANGE, path=(*path, name), value=value, least=0, most=_MOST)
    return e.WriterConsulted(
        item=item.id,
        request=request,
        provisions=given.provisions,
        model=model,
        outcome=given.outcome,
        requests=given.requests,
        status=given.status,
        prompt=m.said_if(given.prompt, MIXED, path=(*path, "prompt")),
        reply=m.said_if(given.reply, MIXED, path=(*path, "reply")),
        taken=given.taken,
        refused=tuple(
            e.WordingRefused(
                provision=wording.provision,
                fault=wording.fault,
                sentence=m.said_if(wording.sentence, MIXED, path=(*path, "refused", str(i), "sentence")),
            )
            for i, wording in enumerate(given.refused)
        ),
    )
