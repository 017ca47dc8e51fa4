"""Chapter 1, sessions: made from a scenario, opened, suspended, closed, sealed; and who is admitted to them."""

import re
from collections.abc import Iterable
from fractions import Fraction

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure.guards import no_call_open
from polylogue.procedure.matter import Matter, version
from polylogue.procedure.order import opening
from polylogue.procedure.time import between, later
from polylogue.procedure.words import refuse_text
from polylogue.record.canonical import digest
from polylogue.record.prose import Said
from polylogue.refusals import RefusalCode
from polylogue.rules.shelf import whole
from polylogue.scenario import LocalText, Scenario, ScenarioItem
from polylogue.text import TextRefused, admit
from polylogue.vocabulary import Instant, ItemId, LanguageTag, PersonId, ProvisionId, Role, SeatCode, SessionId

SEAT_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,15}")
ADMISSIBLE = (Role.CHAIR, Role.SECRETARIAT, Role.DELEGATE, Role.FACILITATOR, Role.PUBLIC)
CONFERENCE_LIMIT = 200
"""How many code points the name of a conference may have: it stands in the record itself and cannot be erased."""

SCALE = re.compile(r"[0-9]{1,8}(?:/[0-9]{1,8}|\.[0-9]{1,8})?")
LONGEST_SCALE, SHORTEST_SCALE = Fraction(100), Fraction(1, 10_000_000)


def schedule(m: Matter, c: c.ScheduleSession) -> tuple[e.Event, ...]:
    s = c.scenario
    path = ("scenario",)
    if not s.titles or not s.delegations:
        missing = "titles" if not s.titles else "delegations"
        raise m.refuse(RefusalCode.LIST_EMPTY, path=(*path, missing), name=missing)
    m.within(s.delegations, path=(*path, "delegations"))
    m.within(s.items, path=(*path, "items"))
    working = m.language(s.working, path=(*path, "working"))
    authentic = tuple(sorted(set(_languages(m, s.authentic, (*path, "authentic")))))
    rules = whole(s.rule_set)
    return (
        e.SessionScheduled(
            format=e.FORMAT,
            engine=e.ENGINE,
            nature=s.nature,
            titles=_texts(m, s.titles, (*path, "titles")),
            conference=_conference(m, s.conference),
            continues=_continues(m, s.continues),
            public=s.public,
            clock_scale=_scale(m, s),
            working=working,
            authentic=authentic,
            rule_set=rules,
            rule_set_hash=digest(rules),
            delegations=_seats(m, s),
            items=tuple(item(m, it, i + 1, authentic, (*path, "items", str(i))) for i, it in enumerate(s.items)),
        ),
    )


def item(
    m: Matter, given: ScenarioItem, number: int, authentic: Iterable[LanguageTag], path: tuple[str, ...]
) -> e.Item:
    """An agenda item as an event holds it, with fresh ids for itself and its provisions."""
    if not given.titles:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=(*path, "titles"), name="titles")
    m.within(given.provisions, path=(*path, "provisions"))
    opening(m, number, [clause.kind for clause in given.provisions], path=(*path, "provisions"))
    official = frozenset(authentic)
    m.within(given.dimensions, path=(*path, "dimensions"))
    return e.Item(
        id=ItemId(m.fresh()),
        number=number,
        titles=_texts(m, given.titles, (*path, "titles")),
        dimensions=tuple(sorted(set(given.dimensions))),
        provisions=tuple(
            e.Clause(
                id=ProvisionId(m.fresh()),
                kind=clause.kind,
                versions=_versions(m, clause.versions, official, (*path, "provisions", str(i), "versions")),
            )
            for i, clause in enumerate(given.provisions)
        ),
    )


def admit_person(m: Matter, c: c.AdmitPerson) -> tuple[e.Event, ...]:
    if c.role not in ADMISSIBLE:
        raise m.refuse(RefusalCode.NOT_PERMITTED, path=("role",), allowed=", ".join(ADMISSIBLE))
    if c.role is Role.CHAIR and m.acting.actor.role is not Role.ORGANISER:
        raise m.refuse(RefusalCode.NOT_PERMITTED, path=("role",), allowed=Role.ORGANISER)
    seats = m.seats(c.seats, path=("seats",))
    if c.role is Role.DELEGATE and not seats:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=("seats",), name="seats")
    if c.role is not Role.DELEGATE and seats:
        raise m.refuse(RefusalCode.NOT_PERMITTED, path=("seats",), allowed=Role.DELEGATE, role=c.role)
    person = PersonId(m.claimed(c.person, "person", path=("person",)) if c.person else m.fresh())
    before = m.state.persons.get(person)
    roles = {c.role, *([Role.SECRETARIAT] if c.role is Role.CHAIR else []), *(before.roles if before else ())}
    held = {*seats, *(before.seats if before else ())}
    return (e.PersonAdmitted(person=person, roles=tuple(sorted(roles)), seats=tuple(sorted(held))),)


def dismiss_person(m: Matter, c: c.DismissPerson) -> tuple[e.Event, ...]:
    if c.person not in m.state.persons:
        raise m.refuse(RefusalCode.UNKNOWN_REFERENCE, path=("person",), kind="person", id=c.person)
    return (e.PersonDismissed(person=c.person),)


def open_session(m: Matter, _c: c.OpenSession) -> tuple[e.Event, ...]:
    return (e.SessionOpened(sitting=m.state.sitting + 1),)


def suspend(m: Matter, c: c.SuspendSession) -> tuple[e.Event, ...]:
    return (e.SessionSuspended(reason=m.said_if(c.reason, c.language, path=("reason",))),)


def resume(m: Matter, _c: c.ResumeSession) -> tuple[e.Event, ...]:
    return (e.SessionResumed(sitting=m.state.sitting + 1, objections_until=_window_left(m)),)


def close(m: Matter, _c: c.CloseSession) -> tuple[e.Event, ...]:
    no_call_open(m)
    return (e.SessionClosed(),)


def reopen(m: Matter, c: c.ReopenSession) -> tuple[e.Event, ...]:
    return (e.SessionReopened(sitting=m.state.sitting + 1, reason=m.because(c.reason, c.language)),)


def seal(m: Matter, _c: c.SealSession) -> tuple[e.Event, ...]:
    no_call_open(m)
    newest = ((item, m.occasion.report(item)) for item in m.state.items)
    return (e.SessionSealed(reports=tuple(e.ReportCited(item=item, hash=hash) for item, hash in newest if hash)),)


def _window_left(m: Matter) -> Instant | None:
    """Until when members may object: a call's time stands still while the session is suspended."""
    call, sat = m.state.call, m.state.sat
    if call is None or sat is None or sat.ended_at is None or call.objections_until <= sat.ended_at:
        return None
    return later(m.occasion.at, between(sat.ended_at, call.objections_until))


def _seats(m: Matter, s: Scenario) -> tuple[e.Seat, ...]:
    seen = set[SeatCode]()
    for i, d in enumerate(s.delegations):
        path = ("scenario", "delegations", str(i))
        if not SEAT_CODE.fullmatch(d.code):
            raise m.refuse(RefusalCode.SEAT_CODE_INVALID, path=(*path, "code"), given=d.code[:40])
        if d.code in seen:
            raise m.refuse(RefusalCode.DUPLICATE_ENTRY, path=(*path, "code"), entry=d.code)
        seen.add(d.code)
    return tuple(
        e.Seat(
            code=d.code,
            standing=d.standing,
            languages=_languages(m, d.languages, ("scenario", "delegations", str(i), "languages")),
            names=_texts(m, d.names, ("scenario", "delegations", str(i), "names")),
        )
        for i, d in enumerate(s.delegations)
    )


def _texts(m: Matter, texts: tuple[LocalText, ...], path: tuple[str, ...]) -> tuple[Said, ...]:
    """The same text in several languages, each once."""
    m.within(texts, path=path)
    said = tuple(m.said(t.text, t.language, path=(*path, str(i), "text")) for i, t in enumerate(texts))
    m.once((text.language for text in said), path=path)
    return said


def _versions(
    m: Matter, texts: tuple[LocalText, ...], authentic: frozenset[LanguageTag], path: tuple[str, ...]
) -> tuple[e.Version, ...]:
    if not texts:
        raise m.refuse(RefusalCode.LIST_EMPTY, path=path, name="versions")
    return tuple(version(said, authentic) for said in _texts(m, texts, path))


def _languages(m: Matter, tags: tuple[LanguageTag, ...], path: tuple[str, ...]) -> tuple[LanguageTag, ...]:
    m.within(tags, path=path)
    return tuple(m.language(tag, path=(*path, str(i))) for i, tag in enumerate(tags))


def _conference(m: Matter, name: str | None) -> str | None:
    try:
        return None if name is None else admit(name, limit=CONFERENCE_LIMIT)
    except TextRefused as refused:
        raise refuse_text(refused, m.row.rule, ("scenario", "conference")) from None


def _continues(m: Matter, session: SessionId | None) -> SessionId | None:
    path = ("scenario", "continues")
    return None if session is None else SessionId(m.claimed(session, "session", path=path))


def _scale(m: Matter, s: Scenario) -> str:
    scale = Fraction(0)
    if SCALE.fullmatch(s.clock_scale) and not re.search("/0+$", s.clock_scale):
        scale = Fraction(s.clock_scale)
    if not SHORTEST_SCALE <= scale <= LONGEST_SCALE:
        raise m.refuse(
            RefusalCode.NUMBER_OUT_OF_RANGE,
            path=("scenario", "clockScale"),
            scale=s.clock_scale[:40] or " ",
            least=str(SHORTEST_SCALE),
            most=str(LONGEST_SCALE),
        )
    return str(scale)
