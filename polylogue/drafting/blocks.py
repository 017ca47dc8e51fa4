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
                body = option(each.pieces, held(each.holders), held, language, stop)
                label = _label(number, wordings[each.holders[0]])
                yield Block(label, language, _marked(form, language, body), notes, called)
                notes = ()
        case pieces:
            body = bracketed(pieces, held, language, stop)
            yield Block(point, language, _marked(form, language, body), notes, called)


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


def _marked(form: Form, language: LanguageTag, body: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs, with a note behind them where they are not in the language of the document."""
    if language.partition("-")[0] == form.wanted[0].partition("-")[0] or not body:
        return body
    note = Run(" " + form.of["only"].format(language=language_name(language, form.of)), Voice.NOTE)
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
