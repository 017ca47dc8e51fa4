"""Every refusal of the rules, each by the shortest history that leads to it.

The chapters' own tests say when a command is refused; this table says that no code is there for nothing, and holds the
rule, the place in the input and the parameters, on which sentences in every language rest.
"""

import pytest

from polylogue.refusals import Conflict, RefusalCode
from tests.polylogue.procedure.page import RULES
from tests.polylogue.procedure.refused import acting, amendments, corrections, decisions, drafts, inputs, texts

ELSEWHERE = {
    RefusalCode.IDEMPOTENCY_CONFLICT,
    RefusalCode.SESSION_BUSY,
    RefusalCode.SCENARIO_INVALID,
    RefusalCode.CODE_UNKNOWN,
    RefusalCode.CODE_USED,
    RefusalCode.CODE_EXPIRED,
    RefusalCode.CODE_REVOKED,
    RefusalCode.TOO_MANY_CODES,
}
"""Codes of the writer and of the API, which are tried there."""

OLDER = {
    RefusalCode.SESSION_MOVED_ON: (14, None),
    RefusalCode.REVISION_STALE: (14, 1),
    RefusalCode.BRACKET_MOVED: (16, 1),
    RefusalCode.DRAFT_OUTDATED: (14, 1),
    RefusalCode.CANDIDATE_OUTDATED: (19, 2),
}
"""Codes by which a caller learns to have looked at something older, with the entry and revision that stand."""

FOR_ALL = {code for number, (_, codes) in RULES.items() if number.startswith("0.") for code in codes}
"""Codes that any command may be refused with."""

CASES = {
    **acting.case,
    **texts.case,
    **amendments.case,
    **drafts.case,
    **decisions.case,
    **corrections.case,
    **inputs.case,
}
"""Each code with its history, by what it is about."""


def test_every_code_has_its_history():
    assert set(RefusalCode) == set(CASES) | ELSEWHERE


@pytest.mark.parametrize("code", CASES)
def test_it_is_refused_with_its_rule_its_place_and_its_numbers(code: RefusalCode):
    history, rule, path, params = CASES[code]
    refusal = history()
    assert (refusal.code, refusal.rule, refusal.path) == (code, rule, path)
    assert params.items() <= refusal.params.items()
    assert isinstance(refusal, Conflict) == (code in OLDER)


@pytest.mark.parametrize(("code", "stands"), OLDER.items())
def test_who_looked_at_something_older_is_told_what_stands(code: RefusalCode, stands: tuple[int, int | None]):
    refusal = CASES[code][0]()
    assert isinstance(refusal, Conflict)
    assert (refusal.current_seq, refusal.current_revision) == stands


def test_every_refusal_stands_under_its_rule_or_under_what_holds_for_all():
    assert {code for _, codes in RULES.values() for code in codes} == set(RefusalCode)
    told = {(rule, code) for rule, (_, codes) in RULES.items() for code in codes}
    missing = [
        (rule, code) for code, (_, rule, *_) in CASES.items() if code not in FOR_ALL and (rule, code) not in told
    ]
    assert missing == []
