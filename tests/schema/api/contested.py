"""A text that two members contest, for rounds of candidates.

Why beside the tests: what a worker proposes and what a model is asked need the same text.
"""

from sqlmodel import SQLModel

from tests.schema.api.house import SEATS, House, Table

CHN, KAZ, KGZ = SEATS
PROSE = SQLModel.metadata.tables["prose"]


async def contested(home: House) -> Table:
    """CHN wants other words for the first clause; KAZ objects to the present ones and says what would remove that."""
    t = await home.open()
    first, second = t.provisions
    await t.do("proposeAlternative", by=CHN, provisionId=first, text="Water is shared in May.", language="en")
    objects = {
        "provisionId": first, "level": "OBJECT", "reason": "Too vague.",
        "wouldBeRemovedBy": "Water is shared in June.",
    }  # fmt: skip
    await t.do("stateStances", by=KAZ, itemId=t.item, stances=[objects, {"provisionId": second, "level": "SUPPORT"}])
    return t
