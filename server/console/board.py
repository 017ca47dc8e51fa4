"""What the board shows, from what its document says: the item in focus, its clauses, and who holds what on them; or,
when the session is over, how its items ended.

Why in Python and not in the template: what counts is a rule, and rules are tried by tests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from polylogue.drafting.rolling import BACKING
from polylogue.vocabulary import LanguageTag, StanceLevel
from server.console.alphabets import names_in_order
from server.console.amendments import INSERTS, Amendment, behind, behind_none, waiting
from server.console.concerns import Concern, concerns
from server.console.entries import Line, lines
from server.console.outcomes import adopted, opinions, outcomes
from server.console.pages import Answer, View
from server.console.rounds import Round, newest
from server.console.timeline import Timeline, timeline
from server.console.ways import Ways, ways
from server.console.wordings import Wording, chosen, in_languages

LAST_ENTRIES = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """A delegation's stance on a clause's present text; null level: not stated. `condition`: the clause it hangs on."""

    level: str | None = None
    carried: bool = False
    condition: str | None = None
    met: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A delegation with its stances, in the order of the clauses."""

    code: str
    name: str
    present: bool | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another wording in a bracket. `backers` are those counted that support or accept it, without who proposed it;
    `against` are those that cannot live with it: codes, in the order of the names.
    """

    id: str
    label: str
    proposer: str | None
    backers: tuple[str, ...]
    against: tuple[str, ...]
    wording: Wording


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with its wordings, and how many of those counted hold what on its present text: counts by level."""

    id: str
    number: int
    kind: str
    state: str
    sponsor: str | None
    wording: Wording
    versions: tuple[Wording, ...]
    alternatives: tuple[Alternative, ...]
    amendments: tuple[Amendment, ...]
    counts: Mapping[str, int]
    carried: int
    not_stated: int


@dataclass(frozen=True, slots=True)
class Focus:
    """The item that is shown, with everything that depends on it. Stances of the `counted` rows count by the rule set,
    those of the `others` do not. `openings` would put a clause at the beginning, or where one has been withdrawn;
    `objected` are the numbers of clauses with a counted objection to the present text.
    """

    item: Mapping[str, Any]
    title: Wording
    clauses: tuple[Clause, ...]
    openings: tuple[Amendment, ...]
    counted: tuple[Row, ...]
    others: tuple[Row, ...]
    concerns: tuple[Concern, ...]
    objected: frozenset[int]
    ways: Ways | None
    call: Mapping[str, Any] | None
    last_call: Mapping[str, Any] | None
    adopted: tuple[tuple[Mapping[str, Any], Wording], ...]
    opinions: tuple[tuple[Mapping[str, Any], str, int | None], ...]
    timeline: Timeline | None
    round: Round | None


def board(session: Answer, view: View) -> dict[str, Any]:
    """The values of the board's template."""
    over = "item" not in session
    item = None if over else session["item"]
    preferred = _preferred(session, view)
    names = names_in_order(session["delegations"], view.language)
    counted = session["ruleSet"]["eligible"]
    eligible = {each["code"] for each in session["delegations"] if each["standing"] in counted}
    return {
        "session": session,
        "following": view.item is None,
        "tabs": [(each, chosen(each["titles"], _titled(preferred, view))) for each in session["agenda"]],
        "texts": list(dict.fromkeys((session["working"], *session["authentic"]))),
        "over": over,
        "outcomes": tuple(outcomes(session, preferred, _titled(preferred, view), eligible, names)) if over else (),
        "focus": item and _focus(session, item, preferred, _titled(preferred, view), eligible, names),
        "names": names,
        "lines": tuple(_last(lines(session))),
    }


def _preferred(session: Answer, view: View) -> tuple[LanguageTag, ...]:
    """The languages in which texts are shown: the one asked for, else the session's."""
    known = [LanguageTag(tag) for tag in (session["working"], *session["authentic"])]
    asked = [view.text] if view.text and view.text in known else []
    return tuple(dict.fromkeys(asked + known))


def _titled(preferred: tuple[LanguageTag, ...], view: View) -> tuple[LanguageTag, ...]:
    """The languages in which titles are shown: that of texts if one was asked for, else the page's own."""
    return preferred if view.text else (view.language, *preferred)


def _focus(
    session: Answer,
    item: dict[str, Any],
    preferred: tuple[LanguageTag, ...],
    titled: tuple[LanguageTag, ...],
    eligible: set[str],
    names: Mapping[str, str],
) -> Focus:
    provisions = item["text"]["provisions"]
    numbers = {each["id"]: each["number"] for each in provisions}
    by_code = {each["code"]: each for each in session["delegations"]}
    seats = [by_code[code] for code in names]
    rows = [_row(each, names, provisions, numbers) for each in seats]
    standings = {each["code"]: each["standing"] for each in seats}
    open_concerns = list(concerns(item, eligible, names, standings, preferred))
    open_call = next((call for call in item["calls"] if call["closedAt"] is None), None)
    last_call = item["calls"][-1] if item["calls"] else None
    return Focus(
        item=item,
        title=chosen(item["titles"], titled),
        clauses=tuple(
            _clause(each, item["text"]["insertions"], numbers, preferred, eligible, names) for each in provisions
        ),
        openings=waiting(behind_none(item["text"]["insertions"], numbers), numbers, preferred, names),
        counted=tuple(row for row in rows if row.code in eligible),
        others=tuple(row for row in rows if row.code not in eligible),
        concerns=tuple(open_concerns),
        objected=frozenset(each.clause for each in open_concerns if each.counted and each.label is None),
        ways=ways(item, names),
        call=open_call,
        last_call=last_call,
        adopted=adopted(item, preferred),
        opinions=opinions(item, names),
        timeline=timeline(item["timeline"], item["calls"]),
        round=newest(item, names),
    )


def _row(
    seat: dict[str, Any], names: Mapping[str, str], provisions: list[dict[str, Any]], numbers: Mapping[str, int]
) -> Row:
    cells: list[Cell] = []
    for provision in provisions:
        stance = next((each for each in provision["stances"] if each["seat"] == seat["code"]), None)
        if stance is None:
            cells.append(Cell())
            continue
        on = stance["ifAgreed"]
        condition = str(numbers.get(on, "?")) if on else None
        cells.append(Cell(stance["level"], stance["carried"], condition, bool(stance["conditionMet"])))
    return Row(seat["code"], names[seat["code"]], seat["present"], tuple(cells))


def _clause(
    provision: dict[str, Any],
    insertions: list[dict[str, Any]],
    numbers: Mapping[str, int],
    preferred: tuple[LanguageTag, ...],
    eligible: set[str],
    names: Mapping[str, str],
) -> Clause:
    to_it = [each for each in provision["amendments"] if each["kind"] != INSERTS]
    mine = [each for each in provision["stances"] if each["seat"] in eligible]
    counted = [each["level"] for each in mine if not each["carried"]]
    wording = chosen(provision["versions"], preferred)
    return Clause(
        id=provision["id"],
        number=provision["number"],
        kind=provision["kind"],
        state=provision["state"],
        sponsor=provision["sponsor"],
        wording=wording,
        versions=in_languages(provision["versions"], preferred) if len(preferred) > 1 else (),
        alternatives=tuple(_alternative(each, preferred, eligible, names) for each in provision["alternatives"]),
        amendments=waiting((*to_it, *behind(insertions, provision["id"])), numbers, preferred, names),
        counts={level.value: counted.count(level.value) for level in StanceLevel},
        carried=sum(each["carried"] for each in mine),
        not_stated=len(provision["notStated"]),
    )


def _alternative(
    given: dict[str, Any], preferred: tuple[LanguageTag, ...], eligible: set[str], names: Mapping[str, str]
) -> Alternative:
    held = {each["seat"]: each["level"] for each in given["stances"] if each["seat"] in eligible}
    backers = tuple(seat for seat in names if held.get(seat) in BACKING and seat != given["seat"])
    against = tuple(seat for seat in names if held.get(seat) == StanceLevel.OBJECT)
    return Alternative(
        given["id"], given["label"], given["seat"], backers, against, chosen(given["versions"], preferred)
    )


def _last(all_lines: Iterable[Line]) -> list[Line]:
    return list(all_lines)[: -LAST_ENTRIES - 1 : -1]
