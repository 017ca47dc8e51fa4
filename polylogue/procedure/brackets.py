"""Chapter 5, brackets: another wording beside the present one, the choice between them, and how brackets are cut.

Why the texts are read here: what a closing makes of the other wordings is decided once and stands in its event.
"""

from dataclasses import dataclass
from typing import NoReturn

from polylogue import commands as c
from polylogue import events as e
from polylogue.drafting import brackets
from polylogue.drafting.brackets import PRESENT, Closed, Spans
from polylogue.events import Version
from polylogue.procedure import guards
from polylogue.procedure.matter import ALTERNATIVES_LIMIT, Matter
from polylogue.record.prose import Said
from polylogue.refusals import Conflict, RefusalCode, Refused
from polylogue.state import Amendment, Provision
from polylogue.vocabulary import AlternativeId, AmendmentKind, LanguageTag, ProvisionState, Seq, TextState


def propose_alternative(m: Matter, c: c.ProposeAlternative) -> tuple[e.Event, ...]:
    provision = m.provision(c.provision)
    m.fresh_revision(c.if_revision, provision)
    m.within(provision.alternatives, path=("provision",), beside=1, limit=ALTERNATIVES_LIMIT)
    amendment = _own_amendment(m, c, provision)
    versions = _words_of(m, amendment) if amendment else m.wording(c.text or "", c.language or m.state.working)
    m.differs(versions, provision.wording)
    return (
        e.AlternativeProposed(
            alternative=AlternativeId(m.fresh()),
            provision=provision.id,
            amendment=c.amendment,
            revision=provision.revision,
            versions=versions,
            reopens=m.state.items[provision.item].text is TextState.BLOCKED,
        ),
    )


def _own_amendment(m: Matter, c: c.ProposeAlternative, provision: Provision) -> Amendment | None:
    """The amendment to the clause whose words are to stand beside it: one's own, and put there once."""
    if c.amendment is None:
        return None
    amendment = m.amendment(c.amendment)
    if amendment.provision != provision.id or amendment.kind is not AmendmentKind.REPLACE or amendment.amends:
        raise m.refuse(RefusalCode.AMENDMENT_INVALID, path=("amendment",), kind=amendment.kind)
    if amendment.seat != m.seat:
        raise m.refuse(RefusalCode.NOT_SPONSOR, path=("amendment",), sponsor=amendment.seat)
    if c.text is not None:
        raise m.refuse(RefusalCode.AMENDMENT_INVALID, path=("text",), kind=amendment.kind, surplus="text")
    if any(m.state.alternatives[id].amendment == amendment.id for id in provision.alternatives):
        raise m.refuse(RefusalCode.DUPLICATE_ENTRY, path=("amendment",), entry=amendment.id)
    return amendment


def _words_of(m: Matter, amendment: Amendment) -> tuple[Version, ...]:
    version = amendment.wording[0]
    if (text := m.occasion.prose(version.seq, version.pointer)) is None:
        raise m.refuse(RefusalCode.TEXT_ERASED, path=("amendment",))
    return m.wording(text, version.language)


def close_bracket(m: Matter, c: c.CloseBracket) -> tuple[e.Event, ...]:
    provision = _bracketed(m, c)
    chosen = m.alternative(c.alternative, provision).id if c.alternative else None
    reason = m.said_if(c.reason, c.language, path=("reason",))
    if c.bracket is not None:
        return (_close_one(m, provision, c.bracket, chosen, reason),)
    guards.not_objected(m, provision, [chosen])
    return (
        e.BracketClosed(
            provision=provision.id,
            bracket=None,
            alternative=chosen,
            revision=provision.revision + 1,
            versions=(),
            taken=chosen,
            readings=tuple(
                e.BracketReading(present=id is None, alternatives=(id,) if id else (), chosen=id == chosen, text=None)
                for id in (None, *provision.alternatives)
            ),
            remaining=(),
            regions=(),
            reason=reason,
        ),
    )


def merge_brackets(m: Matter, c: c.MergeBrackets) -> tuple[e.Event, ...]:
    provision = _bracketed(m, c)
    clause = _readable(m, provision)
    for path, number in (("first",), c.first), (("last",), c.last):
        _there(m, clause, number, path)
    if c.first >= c.last:
        raise m.refuse(RefusalCode.NUMBER_OUT_OF_RANGE, path=("last",), value=c.last)
    return (
        e.BracketsMerged(
            provision=provision.id,
            first=c.first,
            last=c.last,
            regions=tuple(map(brackets.region_of, brackets.joined(clause.brackets, c.first, c.last))),
            reason=m.said_if(c.reason, c.language, path=("reason",)),
        ),
    )


def split_bracket(m: Matter, c: c.SplitBracket) -> tuple[e.Event, ...]:
    provision = _bracketed(m, c)
    clause = _readable(m, provision)
    _there(m, clause, c.bracket, ("bracket",))
    m.within(c.places, path=("places",))
    if c.places:
        found = brackets.split(clause.texts, clause.brackets, c.bracket, clause.language, _places(m, clause, c))
        if found is None:
            raise m.refuse(RefusalCode.BRACKET_PLACE, path=("places",), bracket=c.bracket)
    else:
        found = brackets.apart(clause.texts, clause.brackets, c.bracket, clause.language)
        if len(found) == len(clause.brackets):
            raise m.refuse(RefusalCode.BRACKET_SINGLE, path=("bracket",), bracket=c.bracket)
    return (
        e.BracketSplit(
            provision=provision.id,
            bracket=c.bracket,
            regions=tuple(map(brackets.region_of, found)),
            reason=m.said_if(c.reason, c.language, path=("reason",)),
        ),
    )


def reopen_bracket(m: Matter, c: c.ReopenBracket) -> tuple[e.Event, ...]:
    """All alternatives that were open before the last closing, and the text of then, but for what has the same words
    as the present text; those proposed since stay.
    """
    provision = m.provision(c.provision)
    m.fresh_revision(c.if_revision, provision)
    reason = m.because(c.reason, c.language)
    closing = provision.closing
    before = [id for id in closing.alternatives if not _same(m, id, provision)] if closing else []
    made = {id for id in provision.alternatives if set(m.state.alternatives[id].of) & set(before)}
    since = [id for id in provision.alternatives if id not in before and id not in made]
    of_then = closing.wording if closing else provision.wording
    standing = [provision.wording, *(m.state.alternatives[id].wording for id in (*before, *since))]
    said = [guards.words_of(m, wording) for wording in standing]
    former = None if guards.words_of(m, of_then) in said else AlternativeId(m.fresh())
    if closing is None or (former is None and set(before) <= set(provision.alternatives)):
        raise m.refuse(RefusalCode.BRACKET_NOT_CLOSED, path=("provision",), clause=m.clause(provision))
    alternatives = (*((former,) if former else ()), *before, *since)
    m.within(alternatives, path=("provision",), limit=ALTERNATIVES_LIMIT)
    return (
        e.BracketReopened(
            provision=provision.id,
            closing=closing.seq,
            former=former,
            alternatives=alternatives,
            reopens=m.state.items[provision.item].text in (TextState.CLEAN, TextState.BLOCKED),
            reason=reason,
        ),
    )


# ── one bracket ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Clause:
    """The open wordings of a clause in the language that they share, and their brackets."""

    provision: Provision
    language: LanguageTag
    texts: dict[str, str]
    brackets: tuple[Spans, ...]


def _bracketed(m: Matter, c: c.CloseBracket | c.MergeBrackets | c.SplitBracket) -> Provision:
    """The clause, whose wording and brackets are still those that the caller has looked at."""
    provision = m.provision(c.provision)
    if provision.state is not ProvisionState.BRACKETED:
        raise m.refuse(RefusalCode.NOT_BRACKETED, path=("provision",), state=provision.state)
    m.fresh_revision(c.if_revision, provision)
    current, given = provision.brackets_seq or Seq(0), c.if_brackets_seq
    if given is not None and given != current:
        params = {"clause": m.clause(provision), "given": given, "current": current}
        rule, path, at = m.row.rule, ("ifBracketsSeq",), m.state.seq
        raise Refused(
            Conflict(RefusalCode.BRACKET_MOVED, rule, params, path, current_seq=at, current_revision=provision.revision)
        )
    return provision


def _readable(m: Matter, provision: Provision) -> _Clause:
    wordings = {PRESENT: provision.wording} | {id: m.state.alternatives[id].wording for id in provision.alternatives}
    languages = {key: [v.language for v in wording if not v.stale] for key, wording in wordings.items()}
    language = brackets.shared_language(languages)
    if language is None:
        _closed_as_a_whole_only(m, provision)
    texts: dict[str, str] = {}
    for key, wording in wordings.items():
        version = next(version for version in wording if version.language == language)
        text = m.occasion.prose(version.seq, version.pointer)
        if text is None:
            _closed_as_a_whole_only(m, provision)
        texts[key] = text
    return _Clause(provision, language, texts, brackets.find(texts, language, provision.regions))


def _closed_as_a_whole_only(m: Matter, provision: Provision) -> NoReturn:
    raise m.refuse(RefusalCode.BRACKET_WHOLE, path=("bracket",), clause=m.clause(provision))


def _there(m: Matter, clause: _Clause, bracket: int, path: tuple[str, ...]) -> None:
    if not 1 <= bracket <= len(clause.brackets):
        named, count = m.clause(clause.provision), len(clause.brackets)
        raise m.refuse(RefusalCode.BRACKET_UNKNOWN, path=path, bracket=bracket, clause=named, count=count)


def _close_one(
    m: Matter, provision: Provision, number: int, chosen: AlternativeId | None, reason: Said | None
) -> e.BracketClosed:
    clause = _readable(m, provision)
    _there(m, clause, number, ("bracket",))
    spans, key = clause.brackets[number - 1], chosen or PRESENT
    having = brackets.holders(clause.texts, spans, key)
    guards.not_objected(m, provision, [_id(other) for other in having])
    closed = brackets.close(clause.texts, clause.brackets, number, key)
    if not closed.left and closed.text is None:  # the last one, and the whole wording is one that was on the table
        guards.not_objected(m, provision, [_id(closed.taken)])
    return _event(m, clause, number, chosen, closed, reason)


def _event(
    m: Matter, clause: _Clause, number: int, chosen: AlternativeId | None, closed: Closed, reason: Said | None
) -> e.BracketClosed:
    versions = _versions(m, clause, closed.text)
    names = {each.key: AlternativeId(m.fresh()) for each in closed.left if not each.untouched}
    remaining = tuple(
        e.RemainingAlternative(
            id=names.get(each.key, AlternativeId(each.key)),
            of=() if each.untouched else tuple(map(AlternativeId, each.of)),
            versions=_versions(m, clause, each.text),
        )
        for each in closed.left
    )
    return e.BracketClosed(
        provision=clause.provision.id,
        bracket=number,
        alternative=chosen,
        revision=clause.provision.revision + 1,
        versions=versions,
        taken=_id(closed.taken),
        readings=tuple(
            e.BracketReading(
                present=PRESENT in reading.holders,
                alternatives=tuple(AlternativeId(key) for key in reading.holders if key),
                chosen=(chosen or PRESENT) in reading.holders,
                text=Said(clause.language, reading.text) if reading.text else None,
            )
            for reading in brackets.readings(clause.texts, clause.brackets[number - 1])
        ),
        remaining=remaining,
        regions=tuple(brackets.region_of(spans, names) for spans in closed.brackets),
        reason=reason,
    )


def _versions(m: Matter, clause: _Clause, text: str | None) -> tuple[Version, ...]:
    """What a wording has become, in the language in which the wordings were compared."""
    return () if text is None else m.wording(text, clause.language, path=("bracket",))


def _places(m: Matter, clause: _Clause, c: c.SplitBracket) -> dict[str, int]:
    """Where each wording's reading is cut; every reading is named once."""
    spans = clause.brackets[c.bracket - 1]
    found: dict[str, int] = {}
    for i, given in enumerate(c.places):
        path = ("places", str(i))
        alternative = given.alternative
        key = m.alternative(alternative, clause.provision, path=(*path, "alternative")).id if alternative else PRESENT
        start, end = spans[key]
        at = brackets.place(clause.texts[key][start:end], clause.language, given.beginning)
        having = brackets.holders(clause.texts, spans, key)
        if at is None or not found.keys().isdisjoint(having):
            raise m.refuse(RefusalCode.BRACKET_PLACE, path=(*path, "beginning"), bracket=c.bracket)
        found |= dict.fromkeys(having, at)
    if found.keys() != spans.keys():
        raise m.refuse(RefusalCode.BRACKET_PLACE, path=("places",), bracket=c.bracket)
    return found


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _id(key: str) -> AlternativeId | None:
    return AlternativeId(key) if key else None


def _same(m: Matter, id: AlternativeId, provision: Provision) -> bool:
    return guards.words_of(m, m.state.alternatives[id].wording) == guards.words_of(m, provision.wording)
