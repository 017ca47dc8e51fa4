"""A clause of a document as its blocks: words, brackets with who holds what, numbers of footnotes.

Why a block for each option: wordings that have little in common are read one by one, and not as a bracket.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from polylogue.drafting.backing import holders
from polylogue.drafting.brackets import arranged
from polylogue.drafting.legible import legible, options
from polylogue.drafting.paper import Clause, Said, Wording, version
from polylogue.drafting.paragraphs import bracketed, option, plain, stop_for
from polylogue.drafting.phrases import language_name, spoken
from polylogue.drafting.pieces import Bracket, Plain
from polylogue.drafting.resolution import Block, Paragraph, Run, Voice
from polylogue.drafting.setting import Form, Place
from polylogue.vocabulary import LanguageTag


def blocks_of(clause: Clause, place: Place, form: Form) -> Iterator[Block]:
    """The blocks of a clause, one for each option where it is bracketed whole."""
    number, called, stop, notes = place.number, place.called, place.stop, place.notes
    point = f"{number}." if number else ""
    if not clause.alternatives:
        said = version(clause.present.versions, form.wanted)
        yield Block(point, _language(said, form), _present(form, clause.present, said, stop), notes, called)
        return
    wordings = {wording.key: wording for wording in (clause.present, *clause.alternatives)}
    together = _shared(wordings.values(), form.wanted)
    if together is None:
        yield from _apart(form, wordings.values(), place)
        return
    language, texts = together
    stop = stop_for(texts.values(), stop, language)

    def held(keys: Sequence[str]) -> tuple[str, ...]:
        return holders(form.members, [wordings[key] for key in keys])

    kept = clause.kept if language == clause.compared else ()
    match arranged(texts, language, kept) if kept else legible(texts, language):
        case (Bracket() as whole,):
            for each in options(whole, language):
                first = wordings[each.holders[0]]
                own = _in_document(form, first) if len(each.pieces) == 1 else None
                if own and own.text is not None and own.language != language:
                    ends = stop_for([own.text], place.stop, own.language)
                    body = option([Plain(own.text)], held(each.holders), held, own.language, ends)
                    yield Block(_label(number, first), own.language, body, notes, called)
                else:
                    body = option(each.pieces, held(each.holders), held, language, stop)
                    yield Block(_label(number, first), language, _marked(form, language, body), notes, called)
                notes = ()
        case pieces:
            body = bracketed(pieces, held, language, stop)
            why = "brackets in" if any(_in_document(form, each) for each in wordings.values()) else "only"
            yield Block(point, language, _marked(form, language, body, why), notes, called)


def _apart(form: Form, wordings: Iterable[Wording], place: Place) -> Iterator[Block]:
    """Wordings that have no language in common, or of which one is erased: each by itself."""
    notes, stop = place.notes, place.stop
    for wording in wordings:
        said = version(wording.versions, form.wanted)
        language = _language(said, form)
        who = holders(form.members, [wording])
        if said is None or said.text is None:
            told = _gone(form, wording) + (f" ({', '.join(who)})" if who else "")
            body = (Paragraph((Run(told, Voice.NOTE),)),)
        else:
            alone = option(
                [Plain(said.text)], who, lambda _, who=who: who, language, stop_for([said.text], stop, language)
            )
            body = _marked(form, language, alone)
        yield Block(_label(place.number, wording), language, body, notes, place.called)
        notes = ()


def _label(number: str, wording: Wording) -> str:
    """What stands before a wording: its clause's number, and which wording it is."""
    label = " ".join(part for part in (number, wording.label) if part)
    return f"{label}." if label else ""


def _present(form: Form, wording: Wording, said: Said | None, stop: str) -> tuple[Paragraph, ...]:
    if said is None or said.text is None:
        return (Paragraph((Run(_gone(form, wording), Voice.NOTE),)),)
    return _marked(form, said.language, plain(said.text, stop_for([said.text], stop, said.language)))


def _gone(form: Form, wording: Wording) -> str:
    """What stands for words that are erased, with the entry in which they stood."""
    return form.of["erased in"].format(n=wording.seq) if wording.seq else form.of["erased"]


def _in_document(form: Form, wording: Wording) -> Said | None:
    """What a wording says in the language of the document, if it does."""
    said = version(wording.versions, form.wanted[:1])
    return said if said and said.text is not None and _same(said.language, form.wanted[0]) else None


def _same(one: LanguageTag, other: LanguageTag) -> bool:
    """Whether tags are of one language, whatever its script or region."""
    return one.partition("-")[0] == other.partition("-")[0]


def _marked(form: Form, language: LanguageTag, body: tuple[Paragraph, ...], why: str = "only") -> tuple[Paragraph, ...]:
    """The paragraphs, with a note behind them where they are not in the language of the document: there is no such
    version, or brackets are shown in the one in which all wordings are.
    """
    if _same(language, form.wanted[0]) or not body:
        return body
    note = Run(" " + form.of[why].format(language=language_name(language, form.of)), Voice.NOTE)
    *before, last = body
    return (*before, Paragraph((*last.runs, note), last.level, last.label))


def _language(said: Said | None, form: Form) -> LanguageTag:
    """That of the words; of what the form says in their place, the document's."""
    return said.language if said and said.text is not None else LanguageTag(spoken(form.wanted[0]))


def _shared(wordings: Collection[Wording], wanted: Sequence[LanguageTag]) -> tuple[LanguageTag, dict[str, str]] | None:
    """The first language in which every wording has words, and these; nothing where there is none."""
    told = [{each.language: each.text for each in wording.versions if each.text is not None} for wording in wordings]
    for language in dict.fromkeys((*wanted, *told[0])):
        if all(language in each for each in told):
            texts = ((wording.key, each[language]) for wording, each in zip(wordings, told, strict=True))
            return language, {key: text or "" for key, text in texts}
    return None
