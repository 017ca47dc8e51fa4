"""Open concerns: what delegations cannot live with, why, and what would settle it; on the present text and in brackets.

Why wordings in brackets too: an item fails when each of its wordings meets somebody's objection, and a room that sees
only those to the present text does not see why.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polylogue.vocabulary import LanguageTag, StanceLevel
from server.console.wordings import Wording, chosen, said

IN_FORCE = ("STANDING", "RAISED", "MAINTAINED")


@dataclass(frozen=True, slots=True)
class Concern:
    """What a delegation cannot live with, why, and what would settle it. `state` is that of its objection in a call,
    which may be `closed`; with `version`, it is only to what the clause says in that language. `label` is that of
    another wording in the clause's bracket, null for the present text, and `wording` the one objected to. `counted`: by
    the rule set's standings, so that it can block.
    """

    id: str
    code: str
    name: str
    clause: int
    label: str | None
    version: str | None
    wording: Wording
    counted: bool
    carried: bool
    state: str | None
    closed: bool
    standing: str
    reason: Wording | None
    removed_by: Wording | None


def concerns(
    item: Mapping[str, Any],
    eligible: Collection[str],
    names: Mapping[str, str],
    standings: Mapping[str, str],
    preferred: Sequence[LanguageTag],
) -> Iterator[Concern]:
    """Objections in force in the call that is open, or was closed on a text that is blocked since; every OBJECT on the
    present text beside it, and on another wording of a bracket that is open. In the order of the clauses and of the
    names.
    """
    call = item["calls"][-1] if item["calls"] else None
    in_call: dict[tuple[str, str], dict[str, Any]] = {}
    if call and (call["closedAt"] is None or item["text"]["state"] == "BLOCKED"):
        in_call = {(each["seat"], each["provision"]): each for each in call["objections"]}
    for provision in item["text"]["provisions"]:
        raised = {seat: each for (seat, on), each in in_call.items() if on == provision["id"]}
        for wording in (provision, *provision["alternatives"]):
            label = None if wording is provision else wording["label"]
            stated = {each["seat"]: each for each in wording["stances"] if each["level"] == StanceLevel.OBJECT}
            found = stated.keys() | raised.keys() if label is None else stated.keys()
            for seat in (each for each in names if each in found):
                objection = raised.get(seat) if label is None else None
                if objection and objection["state"] not in IN_FORCE:
                    continue
                words = objection or stated[seat]
                version = objection["version"] if objection else None
                yield Concern(
                    id=f"concern-{seat}-{wording['id']}",
                    code=seat,
                    name=names[seat],
                    clause=provision["number"],
                    label=label,
                    version=version,
                    wording=_objected(wording["versions"], version, preferred),
                    counted=seat in eligible,
                    carried=words["carried"],
                    state=objection["state"] if objection else None,
                    closed=bool(call and call["closedAt"]),
                    standing=standings[seat],
                    reason=said(words["reason"]),
                    removed_by=said(words["wouldBeRemovedBy"]),
                )


def _objected(versions: Sequence[Mapping[str, Any]], version: str | None, preferred: Sequence[LanguageTag]) -> Wording:
    """The words that are objected to: those in one language as they stand, or the clause as it is shown."""
    only = [each for each in versions if each["language"] == version]
    return chosen(only or versions, preferred)
