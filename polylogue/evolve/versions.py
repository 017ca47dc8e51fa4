"""Chapter 5, language versions: given, and confirmed to fit."""

from dataclasses import replace

from polylogue import events as e
from polylogue.evolve import agenda, amendments
from polylogue.occasion import Entry
from polylogue.state import Provision, State
from polylogue.versions import in_language, with_version
from polylogue.vocabulary import LanguageTag


def versioned(state: State, entry: Entry, event: e.VersionProvided | e.VersionConfirmed) -> None:
    provision = state.provisions[event.provision]
    match event:
        case e.VersionProvided():
            _provide(state, entry, provision, event)
        case e.VersionConfirmed():
            if version := in_language(provision.wording, event.language):
                fits = replace(version, stale=False, revision=event.revision)
                provision.wording = with_version(state, provision, fits)


def dispute(state: State, provision: Provision, language: LanguageTag) -> None:
    """A version that was objected to is stale, until it is given anew or confirmed; nothing else of the clause is."""
    if version := in_language(provision.wording, language):
        provision.wording = with_version(state, provision, replace(version, stale=True))


def _provide(state: State, entry: Entry, provision: Provision, event: e.VersionProvided) -> None:
    """A version that was missing or stale changes nothing else; other words in one that fitted are a new revision."""
    given = agenda.wording_at(entry, "", event.versions)
    if event.revision == provision.revision:
        provision.wording = with_version(state, provision, replace(given[0], revision=event.revision))
    else:
        amendments.reword(state, provision, given, event.revision)
        agenda.fed(state, provision.item)
    if event.reopens:
        agenda.reopen(state.items[provision.item])
