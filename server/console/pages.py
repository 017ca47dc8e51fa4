"""The pages of a session: whom each is for, and what makes of an answer what its template shows.

Why a page is asked for as somebody who stands thus and not as the person: who has the same rights sees the same bytes,
so that a page is made once for all of them and nothing personal is in it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from polylogue.vocabulary import LanguageTag, Role, SeatCode, SessionId
from schema.api.context import Standpoint
from server.context import ENGLISH

EVERYBODY = Standpoint(frozenset((Role.PUBLIC,)))
"""Who sees what is for everybody in the session, and nothing else."""
HOLDERS = frozenset((Role.DELEGATE,))
OFFICERS = frozenset((Role.CHAIR, Role.SECRETARIAT))
HOSTS = frozenset((Role.ORGANISER, Role.CHAIR))
READERS = OFFICERS | {Role.FACILITATOR}

TICK = 0.25
"""Seconds between two updates of what hangs on the wall; others come on the same grid, but not each time."""

SEAT = re.compile(r"[A-Z][A-Z0-9_]{1,15}")
"""What can be the code of a seat at all."""
Answer = dict[str, Any]
"""What a document says about a session."""


@dataclass(frozen=True, slots=True)
class View:
    """A page of a session in an interface language, for whoever stands thus; which item (null: the one under way), the
    language in which texts are shown (null: the session's), and the seat it is about.
    """

    page: str
    session: SessionId
    item: int | None = None
    text: LanguageTag | None = None
    language: LanguageTag = ENGLISH
    standpoint: Standpoint = EVERYBODY
    seat: SeatCode | None = None

    @property
    def address(self) -> str:
        """Where this page is, in whatever language it is read."""
        return self._at(self.page)

    @property
    def stream(self) -> str:
        """Where what changes in it is to be had."""
        return self._at(f"{self.page}/live", ("lang", self.language))

    def act(self, mutation: str) -> str:
        """Where a form of this page is sent to."""
        return self._at(f"do/{mutation}", ("page", self.page))

    def _at(self, path: str, *more: tuple[str, Any]) -> str:
        asked = (*more, ("seat", self.seat), ("item", self.item), ("text", self.text))
        query = "&".join(f"{name}={value}" for name, value in asked if value is not None)
        return f"/s/{self.session}/{path}" + (f"?{query}" if query else "")

    @property
    def officer(self) -> bool:
        return bool(self.standpoint.roles & OFFICERS)


Shape = Callable[[Answer, View], Mapping[str, Any]]
"""Makes what a template shows from what a document says."""


def for_everybody(standpoint: Standpoint) -> Standpoint | None:
    """A page that is the same for all who may see the session, such as what hangs on the wall."""
    return EVERYBODY if standpoint.roles else None


def for_holders(standpoint: Standpoint) -> Standpoint | None:
    """A page for those who hold a seat."""
    held = standpoint.roles & HOLDERS and standpoint.seats
    return Standpoint(HOLDERS, standpoint.seats) if held else None


def for_officers(standpoint: Standpoint) -> Standpoint | None:
    """A page for the chair and the secretariat."""
    mine = standpoint.roles & OFFICERS
    return Standpoint(mine, standpoint.seats) if mine else None


def languages(session: Answer, view: View) -> tuple[LanguageTag, ...]:
    """The languages in which its reader is shown texts: the one asked for, their own, those of the session."""
    first = [*([view.text] if view.text else []), view.language]
    return tuple(dict.fromkeys((*first, LanguageTag(session["working"]), *map(LanguageTag, session["authentic"]))))


@dataclass(frozen=True, slots=True)
class Page:
    """`document` is what it asks, `over` what it asks when the session is over and no item is asked for; `admits` says
    as whom it is asked by somebody who stands thus, null where it is not for them.

    `room` is what it asks besides as everybody may, once for all who have the page open; the answer comes as "room".
    An open one is brought up to date `every` so many seconds at most, and lets those go first that are for all eyes.
    A `timely` page shows what changes with time and with who is there, and is asked again every few moments. With
    `any_seat` its viewer chooses among all seats of the session. One of its `own` is answered by handlers of its own.
    """

    document: str
    shape: Shape
    admits: Callable[[Standpoint], Standpoint | None] = for_everybody
    over: str | None = None
    room: str | None = None
    about_seat: bool = False
    any_seat: bool = False
    timely: bool = False
    every: float = 1.0
    own: bool = False

    def view(self, name: str, session: SessionId, standpoint: Standpoint, **asked: Any) -> View | None:
        """What somebody who stands thus sees of the page; null when it is not for them."""
        mine = self.admits(standpoint)
        if mine is None:
            return None
        seat = asked.pop("seat", None)
        chosen = seat in mine.seats or (self.any_seat and SEAT.fullmatch(seat or ""))
        held = seat if chosen else min(mine.seats, default=None)
        return View(name, session, standpoint=mine, seat=held if self.about_seat else None, **asked)
