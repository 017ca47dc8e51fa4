"""The context of one operation: who asks, bound to the one writer and the readers of the record.

Why made here and once per operation: this is where the floors meet, and a WebSocket lives longer than what a viewer is.
"""

from collections.abc import Mapping
from typing import Any

from ledger.ledger import By, Ledger
from ledger.occasion import now
from polylogue.commands import CloseCall, Command
from polylogue.refusals import Refusal
from polylogue.vocabulary import Instant, LanguageTag, SeatCode, Seq, SessionId
from schema.api.context import Context, Principal, Receipt
from schema.api.errors import AuthenticationError, ErrorCode

ENGLISH = LanguageTag("en")


def make_context(
    principal: Principal,
    ledger: Ledger,
    services: Mapping[str, Any],
    language: LanguageTag = ENGLISH,
    address: str = "",
) -> Context:
    """What resolvers get, for a client at this address. `services` is what the schema knows by name: `scenarios`,
    `access`, `cards`, `as_of`, `turns`. `presence` tells whose devices answer, for the closing of a call.
    """

    async def submit(
        command: Command,
        *,
        key: str,
        session: SessionId | None = None,
        seat: SeatCode | None = None,
        occurred_at: Instant | None = None,
        expected_seq: Seq | None = None,
    ) -> Receipt | Refusal:
        if principal.person is None:
            raise AuthenticationError(ErrorCode.UNAUTHENTICATED, "This needs a token.")
        presence = services.get("presence") if isinstance(command, CloseCall) else None
        reachable = await presence.connected(session) if presence else None
        return await ledger.submit(
            command,
            by=By(principal.person, principal.site_roles),
            key=key,
            session=session,
            seat=seat,
            occurred_at=occurred_at,
            expected_seq=expected_seq,
            reachable=reachable,
        )

    return Context(
        principal=principal,
        read=ledger.read,
        submit=submit,
        follow=ledger.follow,
        follow_reports=ledger.follow_reports,
        now=now,
        newest=ledger.newest,
        language=language,
        services=dict(services),
        address=address,
    )
