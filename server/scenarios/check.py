"""Looking at scenarios without a server: what is wrong with a file, which ones ship, and what stands in them.

Why before a session is made of it: a mistake that shows in a room full of people costs all of them their time.
"""

import json
from pathlib import Path

from rich.console import Console

from polylogue.scenario import Scenario
from polylogue.vocabulary import Standing
from server.scenarios.loader import names, read, shipped, source
from server.scenarios.mistakes import Mistake, ScenarioInvalid


def check(file: Path, out: Console, *, as_json: bool) -> int:
    """Print each mistake of the file by line, or what it would open; exit code 1 when there are mistakes."""
    try:
        scenario = read(file.read_bytes(), str(file))
    except ScenarioInvalid as invalid:
        mistakes = invalid.mistakes
        if as_json:
            _as_json(out, {"file": str(file), "mistakes": [_shown(mistake) for mistake in mistakes], "opens": None})
        else:
            for mistake in mistakes:
                _line(out, f"{file}, {_said(mistake)}")
            count = f"{len(mistakes)} mistakes" if len(mistakes) > 1 else "1 mistake"
            _line(out, f"{count}; no session can be made of this file.")
        return 1
    if as_json:
        _as_json(out, {"file": str(file), "mistakes": [], "opens": opens(scenario)})
    else:
        _line(out, f"{file} is right. It opens {told(scenario)}")
    return 0


def list_shipped(out: Console) -> None:
    """Print a line for each scenario that ships."""
    for name in names():
        _line(out, f"{name}: {told(shipped(name))}")


def show(name: str, out: Console) -> None:
    """Print the file of a scenario that ships. Raises ScenarioUnknown, whose message names those there are."""
    out.out(source(name), end="", highlight=False)


def opens(scenario: Scenario) -> dict[str, object]:
    """What a session made of it would begin with."""
    return {
        "title": title(scenario),
        "seats": [seat.code for seat in scenario.delegations],
        "members": sum(seat.standing is Standing.MEMBER for seat in scenario.delegations),
        "items": len(scenario.items),
        "clauses": sum(len(item.provisions) for item in scenario.items),
        "languages": languages(scenario),
        "working": scenario.working,
        "authentic": list(scenario.authentic),
        "missingVersions": missing(scenario),
        "ruleSet": scenario.rule_set,
        "clockScale": scenario.clock_scale,
        "public": scenario.public,
    }


def told(scenario: Scenario) -> str:
    """The same in one line."""
    seats, items = scenario.delegations, scenario.items
    members = sum(seat.standing is Standing.MEMBER for seat in seats)
    clauses = sum(len(item.provisions) for item in items)
    authentic = f", authentic {' and '.join(scenario.authentic)}" if scenario.authentic else ""
    left = f", {_many(missing(scenario), 'version')} to be given before texts are clean" if missing(scenario) else ""
    parts = (
        f"“{title(scenario)}”: {_many(len(seats), 'seat')} ({_many(members, 'member')})",
        f"{_many(len(items), 'item')} with {_many(clauses, 'clause')}",
        f"texts in {', '.join(languages(scenario))} (working {scenario.working}{authentic}{left})",
        f"rule set {scenario.rule_set}, clock × {scenario.clock_scale}",
        "public" if scenario.public else "not public",
    )
    return ", ".join(parts)


def title(scenario: Scenario) -> str:
    """The title in the working language, else the first one."""
    return next((t.text for t in scenario.titles if t.language == scenario.working), scenario.titles[0].text)


def languages(scenario: Scenario) -> list[str]:
    """The languages in which something is written, as they come."""
    of_items = (
        text for item in scenario.items for text in (*item.titles, *(v for p in item.provisions for v in p.versions))
    )
    return list(dict.fromkeys(text.language for text in (*scenario.titles, *of_items)))


def missing(scenario: Scenario) -> int:
    """How many authentic versions of clauses the opening text does not have yet."""
    clauses = (clause for item in scenario.items for clause in item.provisions)
    given = ({version.language for version in clause.versions} for clause in clauses)
    return sum(language not in there for there in given for language in scenario.authentic)


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _said(mistake: Mistake) -> str:
    place = mistake.place
    at = f", {mistake.key}" if mistake.path else f", column {place.column}"
    return f"line {place.line}{at}: {mistake.reason}"


def _shown(mistake: Mistake) -> dict[str, object]:
    place = mistake.place
    return {"line": place.line, "column": place.column, "key": mistake.key or None, "reason": mistake.reason}


def _line(out: Console, text: str) -> None:
    out.print(text, markup=False, soft_wrap=True)


def _as_json(out: Console, answer: dict[str, object]) -> None:
    out.out(json.dumps(answer, ensure_ascii=False), highlight=False)
