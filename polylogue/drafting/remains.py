"""What remains of a text when the words that stand in one place of it fall away, where that is a text at all.

Why by marks and lists of words: which words a sentence needs cannot be computed. That they are a sentence of their own,
are set off by marks, or begin as what is only added to a sentence does, can be seen; other words are not left out
(docs/decisions/0014-words-left-out-of-a-sentence.md).
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from polylogue.drafting.lexicon import lexicon
from polylogue.drafting.tokens import is_word, sentences, tokens

_COMMAS, _LISTING = frozenset(",\uff0c"), "、"
_ENDS = frozenset(".!?…\u3002\uff01\uff1f")
_PARTS = frozenset(";\uff1b")
_DASHES = frozenset("–—")
_PAIRS = {"(": ")", "\uff08": "\uff09", "«": "»", "“": "”", "「": "」", "《": "》", "[": "]"}
_CLOSING = frozenset(_PAIRS.values())
_SIDES = _CLOSING.union(_PAIRS)
_TIGHT = _COMMAS | _ENDS | _PARTS | _CLOSING | {_LISTING, ":", "\uff1a"}
"""Marks that stand at the word before them."""
_MARKS = "".join(sorted(_COMMAS | _ENDS | _PARTS | _DASHES | set(" \n\u00a0:\uff1a、")))
"""Space and marks at the edges of words that do not belong to them."""
_CONJUNCTIONS = frozenset(("and", "or", "и", "или"))

_NEAR = 80
"""Characters of a text in which its first token stands, and its last."""
_ITEM = 4
"""Words that an item of a list has at most, to be known as one."""

_LISTED = frozenset(("en", "ru"))
"""Languages with spaces whose words are on the lists; in others marks alone tell."""
_UNSPACED = frozenset(("zh", "ja"))
"""Languages without spaces, in which nothing but marks tells where a word begins."""


class _Gap(NamedTuple):
    """A place in a text: what stands before and after it, without the space at it, the tokens next to it, and for each
    text that may stand there its tokens.
    """

    left: str
    right: str
    last: str
    first: str
    said: tuple[tuple[str, ...], ...]
    language: str

    @property
    def spaced(self) -> bool:
        return self.language.partition("-")[0] not in _UNSPACED

    @property
    def listed(self) -> bool:
        return self.language.partition("-")[0] in _LISTED

    @property
    def added(self) -> bool:
        """Whether all that may stand here begins as an addition does; in Chinese marks alone tell."""
        return all(map(_added, self.said)) if self.listed else not self.spaced


def without(before: str, readings: Sequence[str], after: str, language: str) -> str | None:
    """The text without the words between `before` and `after`, which may be any of `readings`; null where it would not
    be well formed, whichever of them had stood there, or where one of them is no words.

    They may fall away as
    - sentences of their own;
    - what is set off: between brackets or dashes, between commas, or from a comma or semicolon to the end, where they
      begin as an addition does (in Chinese whatever stands between commas);
    - an item of a list, behind "、", or between a comma and "and" where another short item stands before;
    - an addition without marks: they begin with such a word as "in", "with", "every" or "which", end with one that
      needs no other, and stand before a mark, the end, or a word that begins something new;
    - words that say how, behind one that says how binding the clause is: "shall promptly inform".
    What has set them off falls with them, so that no mark hangs and no space is double.
    """
    if not readings or not all(map(str.strip, readings)):
        return None
    left, right, begins = before.rstrip(), after.lstrip(), _begins(before, readings, language)
    gap = _Gap(left, right, _last(left, language), _first(right, language), (), language)
    joined = None
    for some in (readings[:1], readings):  # most places need the words that stand there, as the first shows already
        said = tuple(_plain(reading, language) for reading in some)
        if not all(any(map(is_word, words)) and _balanced(words) for words in said):
            return None
        joined = _without(gap._replace(said=said), begins, _space(before, after))
        if joined is None:
            return None
    return joined if joined and any(map(is_word, tokens(joined, language))) else None


def aside(before: str, words: str, after: str, language: str) -> str | None:
    """The words as they may be said in brackets where they stand, and need not, without the marks at their edges; null
    where they may not.

    They are whole, no several sentences, and do not begin one; what turns or narrows a sentence begins an addition to
    it; in Chinese they stand between marks.
    """
    bare = words.strip(_MARKS)
    said = _plain(bare, language)
    if not said or _begins(before, [words], language) or not _whole(said) or not _balanced(said):
        return None
    if words.strip()[0] in _PARTS and is_word(_first(after, language)):
        return None  # the sentence goes on from them
    if not _PARTS.isdisjoint(said) or not _ENDS.isdisjoint(_plain(words.rstrip(_MARKS), language)):
        return None
    if language.partition("-")[0] in _UNSPACED:
        begins = not is_word(_last(before.rstrip(), language)) or not is_word(words.strip()[0])
        ends = not is_word(_first(after, language)) or not is_word(words.strip()[-1])
        return bare if begins and ends else None
    return bare if _added(said) or lexicon().negating.isdisjoint(map(_word, said)) else None


# ── the ways in which words fall away ────────────────────────────────────────────────────────────────────────────────


def _without(gap: _Gap, begins: bool, space: str) -> str | None:  # noqa: FBT001 -- whether a sentence begins here
    left, right, first = gap.left, gap.right, gap.first
    ended = all(words[-1] in _ENDS for words in gap.said)
    if begins and (ended or first in _ENDS):
        return _joined(left, right if ended else right[len(first) :].lstrip(), space)
    if any(not _ENDS.isdisjoint(words) for words in gap.said):
        return None  # another sentence begins among them
    if begins:
        return _before_a_comma(gap, space)
    if gap.last in _PAIRS and first == _PAIRS[gap.last]:
        return _joined(left[: -len(gap.last)].rstrip(), right[len(first) :].lstrip(), space or " " * gap.spaced)
    return _set_off(gap, space) or _item(gap, space) or _added_to(gap, space)


def _before_a_comma(gap: _Gap, space: str) -> str | None:
    """The beginning of a sentence, up to a comma, where a sentence can begin behind it."""
    rest = gap.right[len(gap.first) :].lstrip()
    if gap.first in _COMMAS and rest and not rest[0].islower() and gap.added:
        return _joined(gap.left, rest, space)
    return None


def _set_off(gap: _Gap, space: str) -> str | None:
    """Between two commas or dashes, or from a mark to the end of what it divides."""
    left, right, last, first = gap.left, gap.right, gap.last, gap.first
    head, tail = left[: len(left) - len(last)].rstrip(), right[len(first) :].lstrip()
    if last in _COMMAS and first in _COMMAS and tail:
        if not gap.added or not is_word(_first(tail, gap.language)):
            return None
        return _joined(head if gap.spaced else left, tail, space or " " * gap.spaced)
    if last in _DASHES and first in _DASHES:
        return _joined(head, tail, space or " " * gap.spaced)
    ends = not right or first in _ENDS | _PARTS or (first in _COMMAS and not tail)
    if ends and (last in _PARTS | _DASHES or (last in _COMMAS and gap.added)):
        return _joined(head, right, space)
    marked = all(words[0] in _COMMAS | _PARTS | _DASHES for words in gap.said)
    return _joined(left, right, space) if ends and marked and is_word(last) else None


def _item(gap: _Gap, space: str) -> str | None:
    """An item of a list, with the mark that divides it from the one before or behind it."""
    left, right, last, first = gap.left, gap.right, gap.last, gap.first
    if last == _LISTING:
        return _joined(left[: -len(last)], right, space) if first else None
    if first == _LISTING:
        return _joined(left, right[len(first) :], space)
    if not gap.listed or last not in _COMMAS or first not in _CONJUNCTIONS:
        return None
    head = left[: -len(last)].rstrip()
    item = _plain(head, gap.language)
    comma = next((at for at in range(len(item) - 1, -1, -1) if not is_word(item[at])), None)
    if comma is None or item[comma] not in _COMMAS or not 0 < len(item) - 1 - comma <= _ITEM:
        return None
    listed = all(all(map(is_word, words)) for words in gap.said)
    return _joined(head, right, space or " ") if listed and not _added(item[comma + 1 :]) else None


def _added_to(gap: _Gap, space: str) -> str | None:
    """An addition without marks, or words that say how."""
    if gap.spaced and not gap.listed:
        return None
    known, last, first = lexicon(), _word(gap.last), _word(gap.first)
    if last in known.binding or (not gap.spaced and gap.left.endswith(tuple(known.binding))):
        how = all(_says_how(words, spaced=gap.spaced) for words in gap.said)
        return _joined(gap.left, gap.right, space) if how and is_word(first) else None
    if not gap.spaced or not is_word(last) or last in _bare() or not gap.added:
        return None
    onward = known.joining | known.adjoining | known.binding | known.negating
    if not first or first in _TIGHT or (first in onward and first not in known.continuing):
        return _joined(gap.left, gap.right, space) if all(map(_whole, gap.said)) else None
    return None


def _added(words: Sequence[str]) -> bool:
    """Whether words begin with one that begins an addition, and are more than that."""
    own = [word for word in words if is_word(word)]
    return len(own) > 1 and own[0] == words[0] and _word(own[0].lower()) in lexicon().adjoining and _whole(words)


def _whole(words: Sequence[str]) -> bool:
    """Whether the last of these words needs no other behind it."""
    last = next((word for word in reversed(words) if is_word(word)), "")
    return bool(last) and _word(last) not in _bare()


def _bare() -> frozenset[str]:
    """Words behind which something is missing."""
    known = lexicon()
    return known.joining | known.negating | known.binding | known.adjoining


def _says_how(words: Sequence[str], *, spaced: bool) -> bool:
    known = lexicon()
    if not spaced:
        return "".join(words) in known.adverbial
    return all(_word(word) in known.adverbial | _CONJUNCTIONS for word in words) and _word(words[-1]) in known.adverbial


# ── tokens ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(text: str, language: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, tokens(text, language))))


def _first(text: str, language: str) -> str:
    return next(iter(_plain(text[:_NEAR], language)), "")


def _last(text: str, language: str) -> str:
    return next(reversed(_plain(text[-_NEAR:], language)), "")


def _word(token: str) -> str:
    """A token as the lists have it. Within a sentence capital letters make another word of it: "May" and "may"."""
    return token.replace("\u0451", "\u0435")


def _balanced(words: Sequence[str]) -> bool:
    """Whether what opens in these words closes in them."""
    if _SIDES.isdisjoint(words):
        return True
    return all(words.count(opens) == words.count(closes) for opens, closes in _PAIRS.items())


def _begins(before: str, readings: Sequence[str], language: str) -> bool:
    """Whether a sentence begins here, whichever of the readings it begins with."""
    space = before[len(before.rstrip()) :]
    if before.strip() and "\n" not in space and is_word(_last(before.rstrip(), language)):
        return False
    return all(
        not before.strip() or len(before) in accumulate(map(len, sentences(before + reading, language)))
        for reading in readings
    )


def _space(before: str, after: str) -> str:
    """The white space at a place, on one side of it."""
    return before[len(before.rstrip()) :] or after[: len(after) - len(after.lstrip())]


def _joined(left: str, right: str, space: str) -> str:
    """Two ends of a text as one."""
    if not left or not right:
        return left or right
    return left + ("" if right[0] in _TIGHT or left[-1] in _PAIRS else space) + right
