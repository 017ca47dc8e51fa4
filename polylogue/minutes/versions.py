"""How language versions of clauses are told: given, reworded, confirmed, disputed."""

from collections.abc import Iterable

from polylogue import events as e
from polylogue.drafting.phrases import language_name
from polylogue.minutes.desk import Desk
from polylogue.minutes.page import Point, Run, Told
from polylogue.occasion import Entry
from polylogue.vocabulary import LanguageTag


def provided(desk: Desk, entry: Entry, event: e.VersionProvided) -> Told:
    key = "VersionProvided anew" if event.stale else "VersionProvided"
    clause, (given,) = desk.clause(event.provision), event.versions
    words = desk.say(key, who=desk.who(entry), clause=clause, language=language_name(given.language, desk.of))
    stale = (Point(desk.say("VersionProvided stale", languages=_named(desk, event.stale))),) if event.stale else ()
    reopens = (Point(desk.say("reopens")),) if event.reopens else ()
    return Told(words, desk.versions(event.versions), (*stale, *reopens))


def confirmed(desk: Desk, entry: Entry, event: e.VersionConfirmed) -> Told:
    language = language_name(event.language, desk.of)
    clause = desk.clause(event.provision)
    return Told(desk.say("VersionConfirmed", who=desk.who(entry), clause=clause, language=language))


def disputed(desk: Desk, event: e.TextBlocked) -> tuple[Point, ...]:
    """What is to be given anew or confirmed after objections to single versions."""
    return tuple(
        Point(
            desk.say(
                "TextBlocked version",
                clause=desk.clause(each.provision),
                language=language_name(each.language, desk.of),
            )
        )
        for each in event.disputed
    )


def _named(desk: Desk, languages: Iterable[LanguageTag]) -> tuple[Run, ...]:
    return desk.listed((Run(language_name(tag, desk.of)),) for tag in languages)
