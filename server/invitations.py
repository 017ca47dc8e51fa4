"""Join cards: codes that admit whoever holds one, kept as access data beside the record.

Why the card's giver admits: a card is a word given beforehand, so the record names who gave it as who admitted, and a
giver who may not admit any more has cards that admit nobody.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

from ledger.database import Database, first_or_after
from ledger.ledger import By, Ledger
from polylogue import commands as c
from polylogue.refusals import Refusal, RefusalCode
from polylogue.vocabulary import PersonId, SessionId
from schema.api.context import Principal, Receipt
from schema.api.invitations import Asking, Issued, Kept, Redeemed, Seen, refused
from server import cards
from server.access import Access
from server.attempts import Attempts
from server.codes import code_hash, read_code


class Invitations:
    """The service `cards`. `site` is the address of this site as phones in the room reach it."""

    def __init__(self, database: Database, access: Access, ledger: Ledger, attempts: Attempts, site: str) -> None:
        self._database, self._access, self._ledger, self._attempts = database, access, ledger, attempts
        self._site = site.rstrip("/")
        self._key: bytes | None = None

    def url(self, code: str) -> str:
        """Where the page is on which a code is redeemed."""
        return f"{self._site}/join/{code}"

    async def issue(self, asking: Asking) -> Issued | Refusal:
        """A fresh code for each card; those given out before under the same key end."""
        key = await self._code_key()
        return await first_or_after(self._database, lambda connection: cards.issue(connection, asking, key))

    async def reissue(self, asking: Asking) -> Issued | Refusal:
        """The same in place of a lost card: earlier ones of its role and seats end, and the tokens they led to."""
        key = await self._code_key()
        replaced = await first_or_after(self._database, lambda connection: cards.replace(connection, asking, key))
        if isinstance(replaced, Refusal):
            return replaced
        self._access.ended(replaced.ended)
        await self._dismiss(asking, replaced.persons)
        return replaced.issued

    async def kept(self, session: SessionId) -> Sequence[Kept]:
        """The cards given out for a session, in the order in which they were."""
        return await self._database.read(lambda connection: cards.kept(connection, session))

    async def seen(self, code: str, *, by: Principal, address: str) -> Seen | Refusal:
        """What a code admits to; a refusal for one that is nobody's, and after too many of those."""
        row = await self._found(code, address)
        if isinstance(row, Refusal):
            return row
        refusal = cards.why_not(row)
        if refusal and refusal.code is RefusalCode.CODE_USED and await self._came_in(row.id, by.person):
            refusal = None  # it is who used it that asks
        return Seen(SessionId(row.session), cards.admits(row), row.reusable, refusal)

    async def redeem(self, code: str, name: str | None, *, key: str, by: Principal, address: str) -> Redeemed | Refusal:
        """Admit whoever holds a code: under their present person, or as somebody new who gets a token."""
        row = await self._found(code, address)
        if isinstance(row, Refusal):
            return row
        claim = await first_or_after(self._database, lambda c: cards.claim(c, row.id, by.person, name, key))
        if isinstance(claim, Refusal):
            return claim
        receipt = await self._admitted(claim)
        if isinstance(receipt, Refusal):
            if claim.fresh:
                await self._database.transact(lambda connection: cards.give_back(connection, claim))
            return receipt
        token = None
        if by.person is None:
            issue_key = f"card {claim.card} {claim.key}"
            token = await self._access.admit(claim.person, name or "", issued_by=claim.issued_by, key=issue_key)
        if await self._database.read(lambda connection: connection.execute(cards.ended(claim.card)).first()):
            if token:  # a card that was replaced meanwhile: whoever replaced it did not find this token yet
                await self._access.revoke(claim.person)
            return refused(RefusalCode.CODE_REVOKED)
        return Redeemed(claim.person, receipt, claim.admits, token)

    async def _admitted(self, claim: cards.Claim) -> Receipt | Refusal:
        """Have the record say so, in the name of who gave the card; once, however often it is redeemed."""
        giver = By(claim.issued_by, await self._access.known(claim.issued_by) or frozenset())
        command = c.AdmitPerson(role=claim.admits.role, seats=claim.admits.seats, person=claim.person)
        key = f"card {claim.card} {claim.person}"
        answer = await self._ledger.submit(command, by=giver, key=key, session=claim.session)
        if isinstance(answer, Refusal):
            return refused(RefusalCode.CODE_REVOKED) if answer.code is RefusalCode.NOT_PERMITTED else answer
        here = cards.admitted(claim.session, claim.person)
        if await self._database.read(lambda connection: connection.execute(here).first()) is None:
            return refused(RefusalCode.CODE_REVOKED)  # dismissed since, by whom the same card does not overrule
        return answer

    async def _found(self, code: str, address: str) -> Any | Refusal:
        """The row of a code's card with the phase of its session. A wrong code is charged to who tried it."""
        meant = read_code(code)
        if meant is None:
            return refused(RefusalCode.CODE_UNKNOWN, form="XXXX-XXXX")
        if seconds := await self._attempts.wait(address):
            return refused(RefusalCode.TOO_MANY_CODES, seconds=seconds)
        kept = code_hash(await self._code_key(), meant)
        row = await self._database.read(lambda connection: connection.execute(cards.by_hash(kept)).first())
        if row is None or not hmac.compare_digest(row.code, kept):
            await self._attempts.charge(address)
            return refused(RefusalCode.CODE_UNKNOWN)
        return row

    async def _came_in(self, card: str, person: PersonId | None) -> bool:
        if person is None:
            return False
        return await self._database.read(lambda c: c.execute(cards.came_in(card, person)).first()) is not None

    async def _dismiss(self, asking: Asking, persons: Sequence[PersonId]) -> None:
        """Have the record say who is out, in the name of who asks. Their tokens have ended, whatever it answers."""
        if asking.by.person is None:
            return
        giver = By(asking.by.person, asking.by.site_roles)
        for person in persons:
            key = hashlib.sha256(f"{asking.key} {person}".encode()).hexdigest()
            await self._ledger.submit(c.DismissPerson(person=person), by=giver, key=key, session=asking.session)

    async def _code_key(self) -> bytes:
        """The key of the codes' hashes, made at its first use."""
        key = self._key = self._key or await first_or_after(self._database, cards.kept_key)
        return key
