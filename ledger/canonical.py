"""The record's bytes made and read in C: the same as polylogue.record makes and reads, several times as fast.

Why apart from the core's: the core needs nothing but the standard library, while the writer spent a sixth of its time
on these bytes. That both are the same is tried on generated values and on every kind of event.
"""

from typing import Any

import msgspec

from polylogue.occasion import Entry, Visibility
from polylogue.record import envelope

canonical = msgspec.json.Encoder(order="sorted").encode
"""As polylogue.record.canonical.canonical, on the same domain."""

_parse = msgspec.json.Decoder(dict[str, Any]).decode


def read(stored: bytes) -> tuple[Entry, Visibility]:
    """As polylogue.record.envelope.read_seen."""
    return envelope.entry_of(_parse(stored))
