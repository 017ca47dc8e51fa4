"""Every command on brackets, given through the API.

Why beside the tests: the history that gives every command gives these too.
"""

from typing import Any

from tests.schema.api.house import SEATS, Table

CHN, KAZ, KGZ = SEATS
SHALL = "Member States shall deepen trade in goods and meet each May."
SHOULD = "Member States should deepen trade in services and meet each May."
MAY = "Member States may deepen trade in goods and meet twice."


async def bracketed(t: Table) -> tuple[str, str, str]:
    """A clause in brackets: [shall][should][may] deepen trade in [goods][services] and meet [each May][twice]."""
    told: dict[str, Any] = {"itemId": t.item, "text": SHALL, "language": "en"}
    clause = (await t.do("proposeProvision", "provision { id }", by=KAZ, **told))["provision"]["id"]
    ids = [
        (await t.do("proposeAlternative", "alternative { id }", by=by, provisionId=clause, text=words, language="en"))[
            "alternative"
        ]["id"]
        for by, words in ((CHN, SHOULD), (KGZ, MAY))
    ]
    return clause, *ids


async def every_act(t: Table) -> str:
    """Every command on brackets; the clause, which is withdrawn at the end."""
    clause, should, _ = await bracketed(t)
    named: dict[str, Any] = {"by": "chair", "provisionId": clause}
    await t.do("mergeBrackets", first=1, last=2, ifRevision=1, reason="One package.", **named)
    await t.do("splitBracket", bracket=1, ifRevision=1, **named)
    await t.do("closeBracket", bracket=2, alternativeId=should, ifRevision=1, reason="Services grow.", **named)
    await t.do("reopenBracket", by=KAZ, provisionId=clause, reason="Too soon.", ifRevision=2)
    await t.do("closeBracket", **named)
    await t.do("withdrawProvision", by=KAZ, provisionId=clause)
    return clause
