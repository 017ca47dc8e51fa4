"""GraphQL over WebSocket, subprotocol graphql-transport-ws: many operations on one socket.

Why not Strawberry's handler: it takes a message that only looks like one, makes one context for a whole socket, cannot
be closed from outside, and tells clients an exception's text.
"""

import asyncio
from contextlib import aclosing, suppress
from typing import Annotated, Any

import msgspec
import structlog
from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from schema.api.context import Principal
from schema.api.errors import ApiError, AuthenticationError, ErrorCode, is_request_error, shown
from server.api.door import Asked, Door, Operation, bearer, new_request_id, request_bound
from server.api.reading import fault, message_misfit

log = structlog.get_logger()

SUBPROTOCOL = "graphql-transport-ws"
FAREWELL_WAIT = 1.0
"""Seconds for a closing frame to leave; a client that does not read is left behind after that."""


class Init(msgspec.Struct, frozen=True, tag_field="type", tag="connection_init"):
    payload: dict[str, Any] | None = None


class Ping(msgspec.Struct, frozen=True, tag_field="type", tag="ping"):
    payload: dict[str, Any] | None = None


class Pong(msgspec.Struct, frozen=True, tag_field="type", tag="pong"):
    payload: dict[str, Any] | None = None


OperationId = Annotated[str, msgspec.Meta(min_length=1)]


class Subscribe(msgspec.Struct, frozen=True, tag_field="type", tag="subscribe"):
    id: OperationId
    payload: Operation


class Complete(msgspec.Struct, frozen=True, tag_field="type", tag="complete"):
    id: OperationId


Message = Init | Ping | Pong | Subscribe | Complete
_decoder = msgspec.json.Decoder(Message)


class Closing(Exception):
    """The conversation ends with a close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Gone(Exception):
    """The other side has left. An exception of its own, since a database that is away is an OSError as well."""


async def converse(door: Door, socket: WebSocket[Any, Any, Any]) -> None:
    """Hold the conversation with one socket from handshake to close."""
    if SUBPROTOCOL not in socket.scope["subprotocols"]:
        await socket.accept()
        await socket.close(4406, "Subprotocol not acceptable")
        return
    await socket.accept(subprotocols=SUBPROTOCOL)
    conversation = Conversation(door, socket)
    with door.sockets.holding(conversation):
        await conversation.hold()


class Conversation:
    """One socket: who speaks, and the operations that run."""

    def __init__(self, door: Door, socket: WebSocket[Any, Any, Any]) -> None:
        self.door = door
        self.socket = socket
        self.principal: Principal | None = None
        self.token: str | None = None
        self.params: dict[str, Any] = {}
        self.operations: dict[str, asyncio.Task[None]] = {}
        self.ending: set[asyncio.Task[None]] = set()
        self.listening: asyncio.Task[None] | None = None
        self.farewell: Closing | None = None

    async def hold(self) -> None:
        self.listening = asyncio.create_task(self._listen())
        try:
            await self.listening
        except Closing as closing:
            self.farewell = self.farewell or closing
        except Gone:
            pass
        except asyncio.CancelledError:
            if self.farewell is None:  # the server itself is going down
                raise
        except Exception:
            log.exception("websocket_bug")
            self.farewell = Closing(4500, "Internal error")
        finally:
            await self._end()

    def dismiss(self, code: int, reason: str) -> None:
        """End all operations and say good-bye, in this order; what a client might still send is not heard."""
        self.farewell = Closing(code, reason)
        if self.listening:
            self.listening.cancel()

    async def _end(self) -> None:
        running = [*self.operations.values(), *self.ending]
        for task in running:
            task.cancel()
        if self.farewell:
            try:
                async with asyncio.timeout(FAREWELL_WAIT):
                    await self.socket.close(self.farewell.code, _fitting(self.farewell.reason))
            except (TimeoutError, WebSocketDisconnect, OSError, RuntimeError):  # RuntimeError: it is closed already
                pass
        await asyncio.gather(*running, return_exceptions=True)

    async def _listen(self) -> None:
        wait = asyncio.timeout(self.door.bounds.init_wait)
        try:
            async with wait:
                while self.principal is None:
                    await self._hear(await self._message())
        except TimeoutError:
            if not wait.expired():
                raise
            raise Closing(4408, "Connection initialisation timeout") from None
        while True:
            await self._hear(await self._message())

    async def _message(self) -> Message:
        event = await self.socket.receive()
        if event["type"] != "websocket.receive":
            raise Gone
        text = event.get("text")
        if text is None:
            raise Closing(4400, "Invalid message: not text")
        # uvicorn has refused larger ones already if it was told the limit.
        if len(text) > self.door.bounds.message_bytes or len(text.encode()) > self.door.bounds.message_bytes:
            raise Closing(1009, "Message too big")
        try:
            return _decoder.decode(text)
        except (msgspec.DecodeError, RecursionError):
            raise Closing(4400, f"Invalid message: {fault(text, message_misfit)}") from None

    async def _hear(self, message: Message) -> None:
        match message:
            case Init():
                await self._init(message)
            case Ping():
                await self._send({"type": "pong"})
            case Pong():
                pass
            case Subscribe():
                await self._subscribe(message)
            case Complete():
                if task := self.operations.pop(message.id, None):
                    self.ending.add(task)
                    task.add_done_callback(self.ending.discard)
                    task.cancel()

    async def _init(self, message: Init) -> None:
        if self.principal is not None:
            raise Closing(4429, "Too many initialisation requests")
        params = message.payload or {}
        self.token = _token(params)
        self.params = {name: value for name, value in params.items() if name.lower() not in ("authorization", "token")}
        self.principal = await self._authenticated()
        await self._send({"type": "connection_ack"})

    async def _authenticated(self) -> Principal:
        try:
            return await self.door.authenticate(self.token)
        except AuthenticationError:
            raise Closing(4403, "Forbidden") from None

    async def _subscribe(self, message: Subscribe) -> None:
        if self.principal is None:
            raise Closing(4401, "Unauthorized")
        if message.id in self.operations:
            raise Closing(4409, f"Subscriber for {message.id} already exists")
        if len(self.operations) >= self.door.bounds.operations_per_socket:
            limit = self.door.bounds.operations_per_socket
            error = ApiError(ErrorCode.SUBSCRIPTION_LIMIT, f"At most {limit} operations at a time on one socket.")
            await self._send({"type": "error", "id": message.id, "payload": [shown(error, "")]})
            return
        # Asked anew for each operation: roles may have changed, and a registry in another process may be late.
        self.principal = await self._authenticated()
        asked = Asked(self.socket, self.principal, new_request_id(), self.params)
        self.operations[message.id] = asyncio.create_task(self._operate(message.id, message.payload, asked))

    async def _operate(self, operation: str, wanted: Operation, asked: Asked) -> None:
        with request_bound(asked.request_id):
            try:
                errors = await self._answer(operation, wanted, asked)
            except Gone:
                return
            except Exception as error:  # noqa: BLE001 -- whatever it was, the client learns the request's id only
                errors = [error]
            finally:
                # Before the last message, since the client may use the id again as soon as it has read it.
                if self.operations.get(operation) is asyncio.current_task():
                    del self.operations[operation]
            if errors:
                payload = [shown(error, asked.request_id) for error in errors]
                last = {"type": "error", "id": operation, "payload": payload}
            else:
                last = {"type": "complete", "id": operation}
            with suppress(Gone):
                await self._send(last)

    async def _answer(self, operation: str, wanted: Operation, asked: Asked) -> list[Exception]:
        """Send results as they come; what it returns ends the operation with an error."""
        context = await self.door.context_factory(asked)
        stream = await self.door.schema.stream(
            wanted.query,
            variable_values=wanted.variables,
            context_value=context,
            operation_name=wanted.operationName,
            operation_extensions=wanted.extensions,
        )
        async with aclosing(stream):
            async for result in stream:
                assert isinstance(result, ExecutionResult)  # noqa: S101 -- nothing else comes without @defer and @stream
                errors = result.errors or []
                if isinstance(result, PreExecutionError) or is_request_error(result.data, errors):
                    return [*errors]
                payload: dict[str, Any] = {"data": result.data}
                if errors:
                    payload = {"errors": [shown(error, asked.request_id) for error in errors], **payload}
                await self._send({"type": "next", "id": operation, "payload": payload})
        return []

    async def _send(self, message: dict[str, Any]) -> None:
        text = msgspec.json.encode(message).decode()
        try:
            await self.socket.send_data(text)
        except (WebSocketDisconnect, OSError) as error:  # uvicorn's ClientDisconnected is an OSError
            raise Gone from error


def _token(params: dict[str, Any]) -> str | None:
    """The bearer token in a `connection_init`, as `authorization` ("Bearer …") or bare as `token`."""
    authorization = next((value for name, value in params.items() if name.lower() == "authorization"), None)
    token = params.get("token")
    if not isinstance(authorization, str | None) or not isinstance(token, str | None):
        raise Closing(4400, "Invalid message: the token must be a string")
    try:
        return bearer(authorization) or token
    except AuthenticationError:
        raise Closing(4403, "Forbidden") from None


def _fitting(reason: str) -> str:
    """A reason within the 123 bytes that a closing frame has for it."""
    return reason.encode()[:123].decode(errors="ignore")
