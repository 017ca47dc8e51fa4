"""Reckoning with instants as the record writes them."""

from datetime import datetime, timedelta

from polylogue.vocabulary import Instant


def later(at: Instant, milliseconds: int) -> Instant:
    """The instant so many milliseconds after another."""
    return instant(datetime.fromisoformat(at) + timedelta(milliseconds=milliseconds))


def between(first: Instant, last: Instant) -> int:
    """How many milliseconds lie between two instants."""
    return (datetime.fromisoformat(last) - datetime.fromisoformat(first)) // timedelta(milliseconds=1)


def instant(moment: datetime) -> Instant:
    """A moment in UTC as the record writes it: three fractional digits and "Z"."""
    return Instant(moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
