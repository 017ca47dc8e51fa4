"""Chapter 5, language versions: given in one language, and confirmed to fit what the clause says in another.

Why two ways: who translates changes nothing that was agreed, so stances stand; who gives other words to a version that
fitted changes the clause, and everybody is asked again.
"""

from polylogue import commands as c
from polylogue import events as e
from polylogue.procedure import guards
from polylogue.procedure.matter import Matter
from polylogue.refusals import RefusalCode
from polylogue.state import Provision
from polylogue.versions import in_language, languages
from polylogue.vocabulary import LanguageTag, TextState


def provide_version(m: Matter, c: c.ProvideVersion) -> tuple[e.Event, ...]:
    provision, language = _asked(m, c)
    there = in_language(provision.wording, language)
    versions = m.wording(c.text, language)
    if there:
        m.differs(versions, (there,))
    changes = there is not None and not there.stale
    if changes and (m.acting.seat or there == provision.wording[0] or _clean(m, provision)):
        raise m.refuse(RefusalCode.VERSION_FITS, path=("language",), **_which(m, provision, language))
    return (
        e.VersionProvided(
            provision=provision.id,
            revision=provision.revision + changes,
            versions=versions,
            stale=tuple(v.language for v in provision.wording if v.language != language) if changes else (),
            reopens=m.state.items[provision.item].text is TextState.BLOCKED,
        ),
    )


def confirm_version(m: Matter, c: c.ConfirmVersion) -> tuple[e.Event, ...]:
    provision, language = _asked(m, c)
    there = in_language(provision.wording, language)
    if there is None or not there.stale:
        code = RefusalCode.VERSION_FITS if there else RefusalCode.VERSION_MISSING
        raise m.refuse(code, path=("language",), **_which(m, provision, language))
    return (e.VersionConfirmed(provision=provision.id, revision=provision.revision, language=language),)


def concerned(m: Matter, provision: Provision, language: LanguageTag) -> LanguageTag:
    """The authentic version of a clause to which a delegation objects; others are not what would be adopted."""
    found = m.language(language, path=("version",))
    if found not in m.state.authentic:
        raise m.refuse(
            RefusalCode.VERSION_NOT_AUTHENTIC, path=("version",), language=found, allowed=", ".join(m.state.authentic)
        )
    if in_language(provision.wording, found) is None:
        raise m.refuse(RefusalCode.VERSION_MISSING, path=("version",), **_which(m, provision, found))
    return found


def _asked(m: Matter, c: c.ProvideVersion | c.ConfirmVersion) -> tuple[Provision, LanguageTag]:
    """The clause as the caller has seen it, and a language of the session that the seat may speak for."""
    provision = m.provision(c.provision)
    m.fresh_revision(c.if_revision, provision)
    language = m.language(c.language, path=("language",))
    if language not in (allowed := languages(m.state)):
        raise m.refuse(
            RefusalCode.LANGUAGE_NOT_IN_SESSION, path=("language",), language=language, allowed=", ".join(allowed)
        )
    guards.own_language(m, language)
    return provision, language


def _clean(m: Matter, provision: Provision) -> bool:
    """Whether the text is agreed as it stands, so that its words change only after it is taken back to the table."""
    return m.state.items[provision.item].text is TextState.CLEAN


def _which(m: Matter, provision: Provision, language: LanguageTag) -> dict[str, str | int]:
    return {"clause": m.clause(provision), "language": language, "id": provision.id}
