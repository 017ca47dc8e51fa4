"""What is live in a page: elements kept apart while it is rendered, and the message that mends a page that is open.

Why a tag in the template: what may change is marked where it stands, as small as a row of a table, and an open page
gets only the rows that changed. Marked elements may lie inside each other; one whose own words changed, or in which
others came or went, is sent whole. Why some have a template of their own, which knows nothing but what it is given: as
long as that is equal, they need not be rendered again.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

PLACE = re.compile("\0([^\0]+)\0")
"""Where an element that is kept apart belongs; no text of a session has this character (docs/procedure.md)."""
AFTER = "\0\0"
"""Where a page says what it shows: known only when all of it is rendered."""
ONCE = "once"
"""The place of what is different in every copy of a page: by it a form that is sent twice is known as one act."""
NEWLINE = re.compile(r"\r\n|\r|\n")
"""What ends a line of a stream; `splitlines` knows more, which may stand in a text."""

ALWAYS = ("view", "sent")
"""Values of a page that its parts know too without being given them."""

Fragments = dict[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A live element with a template of its own: what that was given, and it with those inside it, by their ids."""

    given: Mapping[str, Any]
    fragments: Fragments


class Live(Extension):
    """`{% live id %}` one element with that id `{% endlive %}`: kept apart, to be sent again when it changes."""

    tags = {"live"}  # noqa: RUF012 -- Jinja's own way to say it

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        name = parser.parse_expression()
        body = parser.parse_statements(("name:endlive",), drop_needle=True)
        keep = self.call_method("_keep", [nodes.Name("fragments", "load"), name])
        return nodes.CallBlock(keep, [], [], body).set_lineno(line)

    def _keep(self, fragments: Fragments, name: str, caller: Callable[[], str]) -> Markup:
        html = caller()
        _add(fragments, {name: _element(name, html)})
        return _place(name)


def _element(name: str, html: str) -> str:
    html = html.strip()
    opening = html.partition(">")[0]
    if f'id="{name}"' not in opening:
        raise ValueError(f"what is live as {name} must be one element of that id, and begins: {opening}")
    return html


def _add(fragments: Fragments, more: Fragments) -> None:
    if twice := fragments.keys() & more.keys():
        raise ValueError(f"two elements are live as {', '.join(twice)}")
    fragments.update(more)


def _place(name: str) -> Markup:
    return Markup(f"\0{name}\0")  # noqa: S704 -- a mark of ours, of an id that the template made


@dataclass(frozen=True)
class Rendered:
    """A rendered page: its frame, with places for the fragments that are live in it, by id."""

    frame: str
    fragments: Mapping[str, str]
    parts: Mapping[str, Part] = field(default_factory=dict[str, Part], compare=False)
    messages: dict[str, str] = field(default_factory=dict[str, str], compare=False)
    """Messages made so far, by what the page they are for shows."""

    @cached_property
    def shows(self) -> str:
        """Tells this page from every other one: the frame and all that is live."""
        inside = sha256("\0".join(part for pair in self.fragments.items() for part in pair).encode())
        return f"{self._frame_digest}-{inside.hexdigest()[:16]}"

    @cached_property
    def _frame_digest(self) -> str:
        return sha256(self.frame.encode()).hexdigest()[:8]

    def html(self, shows: str | None = None) -> str:
        """The whole page; it says that it `shows` something else where what it says besides is for its reader alone."""
        return _once(self._filled(self.frame)).replace(AFTER, shows or self.shows)

    def since(self, before: "Rendered") -> str:
        """The message that brings a page from `before` to here; empty when it shows all already."""
        if before.shows == self.shows:
            return ""
        return self._message(before.shows, before)

    def for_one_that_shows(self, shown: str) -> str:
        """The message for a page of which only this is known: empty when it shows all, else everything that is live."""
        return "" if shown == self.shows else self._message(shown, None)

    def _message(self, shown: str, before: "Rendered | None") -> str:
        if shown not in self.messages:
            if shown.partition("-")[0] != self._frame_digest:  # made by another build: its frame cannot be mended
                self.messages[shown] = f"id: {self.shows}\nevent: anew\ndata: anew\n\n"
            else:
                names = self._changed(self.frame, before.fragments if before else {})
                lines = (line for name in names for line in NEWLINE.split(self._partial(name)))
                self.messages[shown] = "".join((f"id: {self.shows}\n", *(f"data: {line}\n" for line in lines), "\n"))
        return self.messages[shown]

    def _changed(self, html: str, before: Mapping[str, str]) -> Iterator[str]:
        for name in PLACE.findall(html):
            if name == ONCE:
                continue
            if before.get(name) != self.fragments[name]:
                yield name
            else:
                yield from self._changed(self.fragments[name], before)

    def _partial(self, name: str) -> str:
        html = _once(self._filled(self.fragments[name]))
        return f'<hx-partial hx-target="#{name}" hx-swap="outerMorph">{html}</hx-partial>'

    def _filled(self, html: str) -> str:
        return PLACE.sub(lambda place: place[0] if place[1] == ONCE else self._filled(self.fragments[place[1]]), html)


def _once(html: str) -> str:
    """With one word for all forms, that no other copy has."""
    return html.replace(f"\0{ONCE}\0", token_urlsafe(12))


def render(template: Any, before: Rendered | None = None, **values: Any) -> Rendered:
    """A template's page, with what is live in it kept apart. `before` is the page as the same viewer has had it last,
    who has sent nothing: parts that are given what they were given then are as they were.

    `apart(id, file, …)` in the template is a live element with a template of its own, which knows what it is given.
    """
    fragments: Fragments = {}
    parts: dict[str, Part] = {}
    always: dict[str, Any] = {name: values[name] for name in ALWAYS if name in values} | {"once": _place(ONCE)}

    def apart(name: str, file: str, **given: Any) -> Markup:
        part = before.parts.get(name) if before else None
        if part is None or part.given != given:
            inside: Fragments = {}
            html = template.environment.get_template(file).render(fragments=inside, **always, **given)
            _add(inside, {name: _element(name, html)})
            part = Part(given, inside)
        parts[name] = part
        _add(fragments, part.fragments)
        return _place(name)

    marks = {"shows": Markup(AFTER), "apart": apart}  # noqa: S704 -- a mark of ours
    frame = template.render(fragments=fragments, **marks, **always | values)
    return Rendered(frame, fragments, parts)
