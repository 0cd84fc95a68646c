"""The gateway of the loopback Discord: sessions that can be cut and resumed.

See https://discord.com/developers/docs/events/gateway.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

from tests.bot.loopback_payloads import APPLICATION, BOT, Payload

_DISPATCH, _HEARTBEAT, _IDENTIFY, _RESUME, _INVALID_SESSION, _HELLO, _HEARTBEAT_ACK = 0, 1, 2, 6, 9, 10, 11
_PATIENCE = 60.0  # seconds; only a failure waits so long
_REPEATABLE = ("INTERACTION_CREATE", "MESSAGE_CREATE")


class Session:
    """What one shard was told, in order, and the connection that it has now. The first event has the number 1."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.events: list[Payload] = []
        self.reached = 0  # the last event that the bot is known to have read
        self.socket: web.WebSocketResponse | None = None
        self.transport: asyncio.BaseTransport | None = None

    async def tell(self, name: str, data: Payload) -> None:
        event = {"op": _DISPATCH, "t": name, "s": len(self.events) + 1, "d": data}
        self.events.append(event)
        await self.send(event)

    async def send(self, what: Payload) -> None:
        """Send something where there is a connection; what is lost with one is in ``events``."""
        if self.socket is not None:
            with suppress(ConnectionError):
                await self.socket.send_json(what)

    def connect(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket, self.transport = socket, request.transport

    def cut(self) -> None:
        """Lose the connection without a word."""
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()
        self.socket = self.transport = None


class Gateway:
    """Welcomes shards and tells them what happens. What it does may be changed at any time."""

    def __init__(self) -> None:
        self.close_code: int | None = None  # closes the connection of whoever identifies
        self.resumable = True
        self.repeated = 0  # events before the one from which is resumed that are sent once more
        self.may_resume = asyncio.Event()
        self.may_resume.set()
        self.identified: asyncio.Queue[Payload] = asyncio.Queue()
        self.resumed: asyncio.Queue[int] = asyncio.Queue()  # how many events were sent again
        self.servers: dict[str, Payload] = {}
        self._sessions: dict[str, Session] = {}
        self._read = asyncio.Event()
        self._named = 0

    async def tell(self, name: str, data: Payload) -> None:
        """Dispatch an event to all shards."""
        for session in self._sessions.values():
            await session.tell(name, data)

    async def until_read(self) -> None:
        """Wait until the bot has read all that it was told: it is asked for heartbeats, which name the last event."""
        async with asyncio.timeout(_PATIENCE):
            for session in self._sessions.values():
                while session.reached < len(session.events):
                    self._read.clear()
                    await session.send({"op": _HEARTBEAT, "d": None})
                    await self._read.wait()

    async def hang_up(self, code: int) -> None:
        """Close the connections."""
        for session in self._sessions.values():
            if session.socket is not None:
                await session.socket.close(code=code)

    def cut(self) -> None:
        """Lose the connections."""
        for session in self._sessions.values():
            session.cut()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Talk with one connection until it ends."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": _HELLO, "d": {"heartbeat_interval": 40_000}})
        session = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            said = json.loads(message.data)
            if said["op"] == _HEARTBEAT:
                await socket.send_json({"op": _HEARTBEAT_ACK})
                if session is not None:
                    session.reached = max(session.reached, said["d"] or 0)
                self._read.set()
            elif said["op"] == _IDENTIFY:
                session = await self._welcome(socket, request, said["d"])
            elif said["op"] == _RESUME:
                session = await self._resume(socket, request, said["d"])
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def _welcome(self, socket: web.WebSocketResponse, request: web.Request, identity: Payload) -> Session | None:
        if self.close_code is not None:
            self.identified.put_nowait(identity)
            await socket.close(code=self.close_code)
            return None
        self._named += 1
        session = Session(f"session-{self._named}")
        session.connect(socket, request)
        ready: dict[str, Any] = {
            "v": 10,
            "user": BOT,
            "guilds": [{"id": number, "unavailable": True} for number in self.servers],
            "application": {"id": APPLICATION, "flags": 0},
            "shard": identity["shard"],
            "session_id": session.name,
            "resume_gateway_url": str(request.url.with_scheme("ws").with_query(None)),
        }
        await session.tell("READY", ready)
        for server in self.servers.values():
            await session.tell("GUILD_CREATE", server)
        self._sessions[str(identity["shard"])] = session
        self.identified.put_nowait(identity)
        return session

    async def _resume(self, socket: web.WebSocketResponse, request: web.Request, asked: Payload) -> Session | None:
        await self.may_resume.wait()
        known = [session for session in self._sessions.values() if session.name == asked["session_id"]]
        if not known or not self.resumable:
            await socket.send_json({"op": _INVALID_SESSION, "d": False})
            return None
        (session,) = known
        sent = asked["seq"]
        before = [event for event in session.events[:sent] if event["t"] in _REPEATABLE]
        again = before[-self.repeated :] if self.repeated else []
        for event in again:
            await socket.send_json(event)
        while sent < len(session.events):  # more may happen meanwhile
            await socket.send_json(session.events[sent])
            sent += 1
        session.connect(socket, request)
        self.resumed.put_nowait(len(again) + sent - asked["seq"])
        await session.tell("RESUMED", {})
        return session
