"""Language versions of a clause: which there are, which fit each other, and what a change of one does to the others.

Why in one place: whoever changes words changes them in one language, and what becomes of the others must not depend on
whether an amendment, a bracket, a candidate or a translator did it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from polylogue.state import Provision, State, TextAt, Wording
from polylogue.vocabulary import LanguageTag


def languages(state: State) -> tuple[LanguageTag, ...]:
    """In which clauses are kept, the working one first; none where the scenario says that none is authentic."""
    return tuple(dict.fromkeys((state.working, *state.authentic))) if state.authentic else ()


def in_language(wording: Wording, language: LanguageTag) -> TextAt | None:
    """The version in a language."""
    return next((version for version in wording if version.language == language), None)


def reworded(state: State, provision: Provision, wording: Wording, revision: int) -> Wording:
    """What a clause says once it has this wording: its own versions in the session's other languages go on, stale.

    In a session without authentic languages nobody keeps versions in step: there the wording takes the place of all.
    """
    kept_in = languages(state)
    if not kept_in or wording == provision.wording:
        return wording
    given = {version.language for version in wording}
    kept = (v for v in provision.wording if v.language not in given and v.language in kept_in)
    fresh = (replace(version, revision=revision) for version in wording)
    return ordered(state, (*fresh, *(replace(version, stale=True) for version in kept)))


def with_version(state: State, provision: Provision, given: TextAt) -> Wording:
    """The clause's wording with this version in place of the one in its language, beside the others as they are."""
    others = (version for version in provision.wording if version.language != given.language)
    return ordered(state, (*others, given))


def ordered(state: State, versions: Iterable[TextAt]) -> Wording:
    """Versions that fit before those that are stale, so that the first one says what the clause says; then by the
    session's languages.
    """
    rank = {language: place for place, language in enumerate(languages(state))}
    return tuple(sorted(versions, key=lambda v: (v.stale, rank.get(v.language, len(rank)))))


def unfit(state: State, provision: Provision) -> Iterator[tuple[LanguageTag, TextAt | None]]:
    """Authentic languages in which a clause has no version (null), or a stale one."""
    for language in state.authentic:
        version = in_language(provision.wording, language)
        if version is None or version.stale:
            yield language, version
