"""The brackets of a clause, each by its number: where its open wordings differ, and what follows when one is closed.

Why places are kept and not only found: what was merged, split or left over by a closing stays as it is until the
wordings change otherwise; words alone would be cut in the same way every time.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from polylogue.drafting.legible import legible
from polylogue.drafting.merge import merge
from polylogue.drafting.pieces import Bracket, Piece, Plain, Reading
from polylogue.drafting.tokens import tokens
from polylogue.events import Extent, Region
from polylogue.vocabulary import AlternativeId, LanguageTag

PRESENT = ""
"""The key of the present text among wordings; the others are ids of alternatives."""

Spans = Mapping[str, tuple[int, int]]
"""Where a bracket lies in each wording: its first code point, and the one after its last."""


@dataclass(frozen=True, slots=True)
class Left:
    """An alternative that stays open: `key` as it was, or what those of `of` have become; `text` where it is new."""

    of: tuple[str, ...]
    text: str | None

    @property
    def key(self) -> str:
        return self.of[0]

    @property
    def untouched(self) -> bool:
        return self.text is None and len(self.of) == 1


@dataclass(frozen=True, slots=True)
class Closed:
    """What a clause is after one of its brackets has been closed.

    The present text is `text`, or where that is null the wording `taken`, PRESENT if it is what it was. `brackets` are
    those left, by the keys of `left` and PRESENT.
    """

    text: str | None
    taken: str
    left: tuple[Left, ...]
    brackets: tuple[Spans, ...]


def shared_language(languages: Mapping[str, Sequence[LanguageTag]]) -> LanguageTag | None:
    """The language in which wordings are compared: the first of the present text's that all of them have."""
    others = [set(of) for key, of in languages.items() if key != PRESENT]
    return next((tag for tag in languages[PRESENT] if all(tag in of for of in others)), None)


def find(wordings: Mapping[str, str], language: str, kept: Sequence[Region] = ()) -> tuple[Spans, ...]:
    """The brackets in order, number 1 first. `kept` are places that were decided, by merging, splitting or closing.

    They hold as they are for the wordings that they were decided on. Where another wording has come since, brackets are
    found anew from the words, and what had been one bracket is in one again; where the words are not those any more,
    `kept` says nothing.
    """
    known = [{key: span for key, span in spans_of(region).items() if key in wordings} for region in kept]
    known = [spans for spans in known if PRESENT in spans and _differ(wordings, spans)]
    if not known or not _fits(wordings, known):
        return _found(wordings, language)
    if all(spans.keys() == wordings.keys() for spans in known):
        return tuple(known)
    return _joined(_found(wordings, language), known)


def arranged(wordings: Mapping[str, str], language: str, kept: Sequence[Region] = ()) -> tuple[Piece, ...]:
    """The clause in pieces, plain text and the brackets of `find`; who chooses one wording everywhere has its text."""
    present, at = wordings[PRESENT], 0
    pieces: list[Piece] = []
    for spans in find(wordings, language, kept):
        start, end = spans[PRESENT]
        if start > at:
            pieces.append(Plain(present[at:start]))
        pieces.append(Bracket(readings(wordings, spans)))
        at = end
    return (*pieces, Plain(present[at:])) if at < len(present) else tuple(pieces)


def readings(wordings: Mapping[str, str], spans: Spans) -> tuple[Reading, ...]:
    """What the wordings have in a bracket, in the order of their first holders; a reading may be empty."""
    held: dict[str, list[str]] = {}
    for key in sorted(spans):
        held.setdefault(_words(wordings, spans, key), []).append(key)
    return tuple(Reading(text, tuple(holders)) for text, holders in held.items())


def holders(wordings: Mapping[str, str], spans: Spans, key: str) -> tuple[str, ...]:
    """The wordings that have the same reading in a bracket as this one, itself among them."""
    mine = _words(wordings, spans, key)
    return tuple(other for other in wordings if _words(wordings, spans, other) == mine)


def close(wordings: Mapping[str, str], brackets: Sequence[Spans], number: int, key: str) -> Closed:
    """All wordings take the reading of `key` in the bracket of that number, from 1.

    An alternative that has the present text's words then is left no more, and those that have the same words are one
    from then on: the one that had them before leads, or the first. `wordings` are in the order of the bracket.
    """
    spans = brackets[number - 1]
    chosen = _words(wordings, spans, key)
    after = {k: text[: spans[k][0]] + chosen + text[spans[k][1] :] for k, text in wordings.items()}
    present = after.pop(PRESENT)
    same = [k for k in (PRESENT, key, *wordings) if wordings[k] == present]
    groups: dict[str, list[str]] = {}
    for k, text in after.items():
        if text != present:
            groups.setdefault(text, []).append(k)
    left = tuple(_left(wordings, text, group) for text, group in groups.items())
    return Closed(
        text=None if same else present,
        taken=same[0] if same else PRESENT,
        left=left,
        brackets=_moved(brackets, number, len(chosen), {PRESENT, *(each.key for each in left)}) if left else (),
    )


def joined(brackets: Sequence[Spans], first: int, last: int) -> tuple[Spans, ...]:
    """The brackets from number `first` to `last`, with what stands between them, as one."""
    one = {key: (start, brackets[last - 1][key][1]) for key, (start, _) in brackets[first - 1].items()}
    return (*brackets[: first - 1], one, *brackets[last:])


def apart(wordings: Mapping[str, str], brackets: Sequence[Spans], number: int, language: str) -> tuple[Spans, ...]:
    """The bracket of that number as the words alone would have it; one or several."""
    spans = brackets[number - 1]
    inside = _between(merge({key: _words(wordings, spans, key) for key in spans}, language), spans)
    moved = [{k: (spans[k][0] + start, spans[k][0] + end) for k, (start, end) in each.items()} for each in inside]
    return (*brackets[: number - 1], *moved, *brackets[number:])


def split(
    wordings: Mapping[str, str], brackets: Sequence[Spans], number: int, language: str, places: Mapping[str, int]
) -> tuple[Spans, ...] | None:
    """The bracket of that number cut in two, at a place in each reading, in code points from the reading's beginning.

    What all wordings share at the edges of a part is left outside. Null where the wordings do not differ in a part.
    """
    spans = brackets[number - 1]
    parts = (
        {key: (start, start + places[key]) for key, (start, _) in spans.items()},
        {key: (start + places[key], end) for key, (start, end) in spans.items()},
    )
    trimmed = [_trimmed(wordings, part, language) for part in parts if _differ(wordings, part)]
    if len(trimmed) < len(parts):
        return None
    return (*brackets[: number - 1], *trimmed, *brackets[number:])


def place(reading: str, language: str, beginning: str) -> int | None:
    """Where in a reading these first words of it end, in code points; null where they do not end between two words."""
    at, wanted = 0, beginning.rstrip()
    for token in ("", *tokens(reading, language)):
        at += len(token)
        if reading[:at].rstrip() == wanted:
            return at
    return None


def spans_of(region: Region) -> dict[str, tuple[int, int]]:
    """A bracket's place as the record keeps it, by wording."""
    return {extent.alternative or PRESENT: (extent.start, extent.end) for extent in region.extents}


def region_of(spans: Spans, names: Mapping[str, AlternativeId] | None = None) -> Region:
    """A bracket's place for the record; `names` are new ids of alternatives, by their keys."""
    named = names or {}
    return Region(
        extents=tuple(
            Extent(alternative=named.get(key, AlternativeId(key)) if key else None, start=start, end=end)
            for key, (start, end) in spans.items()
        )
    )


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _found(wordings: Mapping[str, str], language: str) -> tuple[Spans, ...]:
    """Where the words alone have brackets, as they are shown: what hardly anything divides is one."""
    return _between(legible(wordings, language), wordings)


def _between(pieces: Iterable[Piece], keys: Collection[str]) -> tuple[Spans, ...]:
    """Where pieces have brackets."""
    at = dict.fromkeys(keys, 0)
    found: list[Spans] = []
    for piece in pieces:
        if isinstance(piece, Plain):
            at = {key: place + len(piece.text) for key, place in at.items()}
            continue
        ends = {key: at[key] + len(reading.text) for reading in piece.readings for key in reading.holders}
        found.append({key: (at[key], ends[key]) for key in keys})
        at = ends
    return tuple(found)


def _fits(wordings: Mapping[str, str], brackets: Sequence[Spans]) -> bool:
    """Whether these places are in order, and what is outside of them is the same in all wordings that they name."""
    for key in brackets[0]:
        text, present = wordings[key], wordings[PRESENT]
        at = mine = 0
        for spans in brackets:
            if key not in spans:
                return False
            (start, end), (here, there) = spans[PRESENT], spans[key]
            if not (at <= start <= end and mine <= here <= there) or present[at:start] != text[mine:here]:
                return False
            at, mine = end, there
        if present[at:] != text[mine:]:
            return False
    return True


def _joined(found: Sequence[Spans], kept: Iterable[Spans]) -> tuple[Spans, ...]:
    """Brackets found, those in one that touch the same kept place."""
    first_last = [[i, i] for i in range(len(found))]
    for region in kept:
        touched = [i for i, spans in enumerate(found) if _touch(spans, region)]
        for i in range(touched[0], touched[-1] + 1) if touched else ():
            first_last[i] = [min(first_last[i][0], touched[0]), max(first_last[i][1], touched[-1])]
    result: list[Spans] = []
    i = 0
    while i < len(found):
        last = i
        reach = first_last[i][1]
        while last < reach:
            last += 1
            reach = max(reach, first_last[last][1])
        result.append(joined(found, i + 1, last + 1)[i])
        i = last + 1
    return tuple(result)


def _touch(one: Spans, other: Spans) -> bool:
    pairs = [(one[key], other[key]) for key in other]
    inside = all(a <= d and c <= b for (a, b), (c, d) in pairs)
    return inside or any(a < d and c < b for (a, b), (c, d) in pairs)


# ── the parts of a bracket ───────────────────────────────────────────────────────────────────────────────────────────


def _words(wordings: Mapping[str, str], spans: Spans, key: str) -> str:
    start, end = spans[key]
    return wordings[key][start:end]


def _differ(wordings: Mapping[str, str], spans: Spans) -> bool:
    return len({_words(wordings, spans, key) for key in spans}) > 1


def _left(wordings: Mapping[str, str], text: str, group: Sequence[str]) -> Left:
    had = next((key for key in group if wordings[key] == text), None)
    leader = group[0] if had is None else had
    return Left((leader, *(key for key in group if key != leader)), None if had else text)


def _moved(brackets: Sequence[Spans], number: int, length: int, keys: set[str]) -> tuple[Spans, ...]:
    """The other brackets, those behind moved by what the closed one has become longer or shorter."""
    closed = brackets[number - 1]
    found: list[Spans] = []
    for i, spans in enumerate(brackets, 1):
        if i == number:
            continue
        by = {key: (length - (closed[key][1] - closed[key][0])) * (i > number) for key in keys}
        found.append({key: (start + by[key], end + by[key]) for key, (start, end) in spans.items() if key in keys})
    return tuple(found)


def _trimmed(wordings: Mapping[str, str], spans: Spans, language: str) -> Spans:
    """A part of a bracket without the words that all wordings share at its edges."""
    said = {key: tokens(_words(wordings, spans, key), language) for key in spans}
    least = min(map(len, said.values()))
    before = next((n for n in range(least) if len({words[n] for words in said.values()}) > 1), least)
    most = least - before
    after = next((n for n in range(most) if len({words[-1 - n] for words in said.values()}) > 1), most)
    found = {
        key: (start + len("".join(said[key][:before])), end - len("".join(said[key][len(said[key]) - after :])))
        for key, (start, end) in spans.items()
    }
    while all(start < end and wordings[key][end - 1].isspace() for key, (start, end) in found.items()):
        if len({wordings[key][end - 1] for key, (_, end) in found.items()}) > 1:
            break
        found = {key: (start, end - 1) for key, (start, end) in found.items()}
    return found
