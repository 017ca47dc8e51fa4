"""The clauses of an item as one seat has them before itself: its own word on each wording, the changes that wait for
it, and its objection in a call.

Why from what the whole room sees: that is asked once for all, and a seat's own stances are among it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.console.pages import Answer
from server.console.wordings import Wording, chosen, in_languages, said

OBJECT = "OBJECT"


@dataclass(frozen=True, slots=True)
class Mine:
    """The seat's stance on a wording; `condition` is the number of the clause it hangs on."""

    level: str
    carried: bool
    seq: int
    importance: int
    revision: int
    reason: Wording | None
    removed_by: Wording | None
    if_agreed: str | None
    condition: int | None

    @property
    def whole(self) -> bool:
        """Whether all that it needs is still there to be said again."""
        return self.level != OBJECT or all(each and each.text for each in (self.reason, self.removed_by))


@dataclass(frozen=True, slots=True)
class Words:
    """A wording on which a stance is taken: of a clause (no alternative), or one beside it in its bracket; `redline` is
    what that changes.
    """

    clause: str
    number: int
    revision: int
    alternative: str | None
    label: str | None
    proposer: str | None
    wording: Wording
    mine: Mine | None
    redline: tuple[Answer, ...] = ()

    @property
    def id(self) -> str:
        return self.alternative or self.clause

    @property
    def stated(self) -> bool:
        """Whether the seat has said something that counts."""
        return self.mine is not None and not self.mine.carried


@dataclass(frozen=True, slots=True)
class Change:
    """An amendment that waits. `place` is the clause's number, null where it would come in; `fulfilled`: the clause
    says already what it asks for.
    """

    id: str
    kind: str
    seat: str
    seq: int
    place: int | None
    wording: Wording | None
    reason: Wording | None
    outdated: bool
    carried_over: str | None
    mine: bool
    waits_for_me: bool
    fulfilled: bool
    redline: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """The seat's objection in the call; with `version`, only to what the clause says in that language."""

    state: str
    carried: bool
    version: str | None
    reason: Wording | None
    removed_by: Wording | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with all that the seat may say to it. `all_words` are its present text and what stands beside it;
    `versions` what it says in other languages, and `negotiated` what it says in one that the session works in;
    `lacking` are the versions in the seat's languages that are missing, or older than the text.
    """

    id: str
    number: int
    kind: str
    state: str
    revision: int
    wording: Wording
    negotiated: Wording
    versions: tuple[Wording, ...]
    all_words: tuple[Words, ...]
    changes: tuple[Change, ...]
    objection: Objection | None
    sponsor: bool
    lacking: tuple[Wording, ...]

    @property
    def objects(self) -> bool:
        """Whether the seat's objection is in force in the call."""
        return self.objection is not None and self.objection.state in ("RAISED", "MAINTAINED")

    @property
    def spoken_of(self) -> int:
        """The entry by which the seat last spoke of it; 0 when it has not."""
        return max((each.mine.seq for each in self.all_words if each.mine), default=0)

    @property
    def clause(self) -> str:
        """Its own id, as a wording of it has it."""
        return self.id

    @property
    def label(self) -> None:
        """It has none: only what stands beside it has."""


def clauses_of(
    item: Answer, me: str, preferred: Sequence[str], official: Sequence[str], spoken: Collection[str]
) -> Iterable[Clause]:
    """Those in the text, in their order, for a seat that speaks these languages; `official` are the session's."""
    provisions = item["text"]["provisions"]
    numbers = {each["id"]: each["number"] for each in provisions}
    objections = {each["provision"]: each for each in (item["call"] or {}).get("objections", ()) if each["seat"] == me}
    for provision in provisions:
        found = objections.get(provision["id"])
        wording = chosen(provision["versions"], preferred)
        yield Clause(
            id=provision["id"],
            number=provision["number"],
            kind=provision["kind"],
            state=provision["state"],
            revision=provision["revision"],
            wording=wording,
            negotiated=wording if wording.language in official else chosen(provision["versions"], official),
            versions=tuple(
                each
                for each in in_languages(provision["versions"], preferred)
                if each.language != wording.language and each.text
            ),
            all_words=tuple(_words(provision, me, numbers, preferred)),
            changes=tuple(changes_of(provision["amendments"], numbers, me, preferred, provision["versions"])),
            objection=found and _objection(found),
            sponsor=me in provision["sponsors"],
            lacking=tuple(
                each
                for each in in_languages(provision["versions"], official)
                if each.language in spoken and (each.status == "MISSING" or each.stale)
            ),
        )


def _words(provision: Answer, me: str, numbers: Mapping[str, int], preferred: Sequence[str]) -> Iterable[Words]:
    about = {"clause": provision["id"], "number": provision["number"], "revision": provision["revision"]}
    text = chosen(provision["versions"], preferred)
    mine = _mine(provision["stances"], me, numbers)
    yield Words(**about, alternative=None, label=None, proposer=None, wording=text, mine=mine)
    for each in provision["alternatives"]:
        yield Words(
            **about,
            alternative=each["id"],
            label=each["label"],
            proposer=each["seat"],
            wording=chosen(each["versions"], preferred),
            mine=_mine(each["stances"], me, numbers),
            redline=tuple(each["redline"]),
        )


def _mine(stances: Iterable[Answer], me: str, numbers: Mapping[str, int]) -> Mine | None:
    for each in stances:
        if each["seat"] == me:
            return Mine(
                level=each["level"],
                carried=each["carried"],
                seq=each["seq"],
                importance=each["importance"],
                revision=each["revision"],
                reason=said(each["reason"]),
                removed_by=said(each["wouldBeRemovedBy"]),
                if_agreed=each["ifAgreed"],
                condition=numbers.get(each["ifAgreed"]),
            )
    return None


def changes_of(
    amendments: Iterable[Answer],
    numbers: Mapping[str, int],
    me: str,
    preferred: Sequence[str],
    standing: Iterable[Answer] = (),
) -> Iterable[Change]:
    """Those that wait, each followed by those to its own words; `standing` are the words that the clause has now."""
    now = {(each["language"], each["text"]) for each in standing if each["text"]}
    for each in amendments:
        if each["state"] == "PENDING":
            yield Change(
                id=each["id"],
                kind=each["kind"],
                seat=each["seat"],
                seq=each["seq"],
                place=numbers.get(each["provision"]),
                wording=chosen(each["versions"], preferred) if each["versions"] else None,
                reason=said(each["reason"]),
                outdated=each["outdated"],
                carried_over=each["carriedOver"],
                mine=each["seat"] == me,
                waits_for_me=me in each["awaits"] and not each["outdated"],
                fulfilled=any((one["language"], one["text"]) in now for one in each["versions"]),
                redline=tuple(each["redline"]),
            )
        yield from changes_of(each.get("amendments", ()), numbers, me, preferred)


def _objection(found: Answer) -> Objection:
    reason, removed_by = said(found["reason"]), said(found["wouldBeRemovedBy"])
    return Objection(found["state"], found["carried"], found["version"], reason, removed_by)
