"""A Discord of our own on loopback: as much of its REST API and its gateway as a bot needs to start and to answer."""

import asyncio
import base64
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.bot import loopback_payloads as payloads
from tests.bot.loopback_answers import Limit, answer, refusal
from tests.bot.loopback_faults import Faults
from tests.bot.loopback_gateway import Gateway
from tests.bot.loopback_payloads import APPLICATION, BOT, DIRECT_MESSAGE, Payload, Place

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789"  # noqa: S105 - of a made-up bot
INTERACTION_TOKEN = "aW50ZXJhY3Rpb246"  # noqa: S105
"""How the token of each interaction begins."""

_PATIENCE = 60.0  # seconds; only a failure waits so long
_MESSAGES, _SECONDS = 5, 0.1  # that a channel takes in a time; Discord takes so many in some seconds
_UNKNOWN_INTERACTION, _UNKNOWN_WEBHOOK, _ACKNOWLEDGED = 10062, 10015, 40060


class Interaction:
    """An interaction and what came of it. Times are ``time.perf_counter()``; what was refused is not listed."""

    def __init__(self, number: str, place: Place) -> None:
        self.id = number
        self.token = base64.urlsafe_b64encode(f"interaction:{number}:abc".encode()).decode()
        self.place = place
        self.asked_at = time.perf_counter()
        self.callbacks: list[Payload] = []
        self.acknowledged_at: float | None = None
        self.edits: list[Payload] = []  # of its first response
        self.shown_at: float | None = None
        self.followups: list[Payload] = []

    @property
    def shown(self) -> bool:
        """Whether people see more than that something is coming."""
        return bool(
            self.edits or self.followups or any(said.get("data", {}).get("components") for said in self.callbacks)
        )

    @property
    def message(self) -> Payload:
        """The message that people see now."""
        said = self.edits[-1] if self.edits else self.callbacks[0].get("data") or {}
        return payloads.message(str(int(self.id) + 1), self.place, BOT, said)


class LoopbackDiscord:
    """What this Discord answers may be changed at any time; ``heard`` has what it carried out for interactions."""

    def __init__(self) -> None:
        self.port = 0
        self.gateway = Gateway()
        self.login_statuses: list[int] = []  # answered to the next logins, then 200
        self.faults = Faults()
        self.heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self.may_acknowledge = asyncio.Event()
        self.may_acknowledge.set()
        self.may_log_in = asyncio.Event()
        self.may_log_in.set()
        self.messages: list[Payload] = []  # that the bot wrote to channels
        self._by_id: dict[str, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}
        self._by_nonce: dict[tuple[str, str], Payload] = {}
        self._limits: dict[str, Limit] = {}
        self._carried_out = asyncio.Event()
        self._numbers = itertools.count(1, 2)

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway_address(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    def add_server(self, number: str, *channels: str) -> None:
        """Make the bot a member of a server with some channels, before it connects."""
        self.gateway.servers[number] = payloads.server(number, channels)

    async def ask(self, question: str, place: Place = DIRECT_MESSAGE, by: int = 42) -> Interaction:
        """Let a person use /ask."""
        asked = self._begin(place)
        user = payloads.person(by)
        await self.gateway.tell("INTERACTION_CREATE", payloads.command(asked.id, asked.token, place, user, question))
        return asked

    async def press(self, shown: Payload, custom_id: str, place: Place = DIRECT_MESSAGE, by: int = 42) -> Interaction:
        """Let a person press a button on a message of the bot."""
        pressed = self._begin(place)
        user = payloads.person(by)
        await self.gateway.tell(
            "INTERACTION_CREATE", payloads.press(pressed.id, pressed.token, place, user, shown, custom_id)
        )
        return pressed

    async def mention(self, question: str, place: Place, by: int = 42) -> str:
        """Let a person write a question after the bot's name in a server's channel; return the message's id."""
        number = payloads.snowflake(next(self._numbers))
        await self.gateway.tell("MESSAGE_CREATE", payloads.mention(number, place, payloads.person(by), question))
        return number

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds that may change with whatever the bot does."""
        async with asyncio.timeout(_PATIENCE):
            while not holds():
                self._carried_out.clear()
                await self._carried_out.wait()

    def replies(self, to: str) -> list[Payload]:
        """Return the bot's replies to a message."""
        return [one for one in self.messages if str(one.get("message_reference", {}).get("message_id")) == to]

    def _begin(self, place: Place) -> Interaction:
        asked = Interaction(payloads.snowflake(next(self._numbers)), place)
        self._by_id[asked.id] = self._by_token[asked.token] = asked
        return asked

    async def _login(self, request: web.Request) -> web.Response:
        await self.may_log_in.wait()
        status = self.login_statuses.pop(0) if self.login_statuses else 200
        if status != 200:
            return answer({"message": f"{status}", "code": 0}, status)
        right = request.headers.get("Authorization") == f"Bot {TOKEN}"
        return answer(BOT if right else {"message": "401", "code": 0}, 200 if right else 401)

    async def _application(self, _request: web.Request) -> web.Response:
        plain = {"id": APPLICATION, "name": "Sourcier", "description": "", "icon": None, "flags": 0}
        rights = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64}
        return answer({**plain, **rights, "owner": payloads.person(1)})

    async def _gateway_address(self, _request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return answer({"url": self.gateway_address, "shards": 1, "session_start_limit": limit})

    async def _commands(self, request: web.Request) -> web.Response:
        given = await request.json() if request.method == "PUT" else []
        kept = {"application_id": APPLICATION, "version": "1"}
        return answer(
            [{"description": "", **command, **kept, "id": str(900 + place)} for place, command in enumerate(given)]
        )

    async def _callback(self, request: web.Request) -> web.Response:
        said = await request.json()
        found = self._by_id.get(request.match_info["id"])

        def acknowledge() -> web.Response:
            if found is None or found.token != request.match_info["token"]:
                return answer({"message": "Unknown interaction", "code": _UNKNOWN_INTERACTION}, 404)
            if found.callbacks:
                words = "Interaction has already been acknowledged."
                return answer({"message": words, "code": _ACKNOWLEDGED}, 400)
            found.callbacks.append(said)
            found.acknowledged_at = time.perf_counter()
            self.heard.put_nowait(("callback", said))
            number = str(int(found.id) + 1)
            return answer({"interaction": {"id": found.id, "type": 2, "response_message_id": number}})

        answered = await self._carry_out("callback", request.match_info["id"], request, acknowledge)
        await self.may_acknowledge.wait()
        return answered

    async def _edited(self, request: web.Request) -> web.Response:
        said = await request.json()

        def edit() -> web.Response:
            found = self._by_token.get(request.match_info["token"])
            if found is None or not found.callbacks:
                return answer({"message": "Unknown Webhook", "code": _UNKNOWN_WEBHOOK}, 404)
            found.edits.append(said)
            found.shown_at = found.shown_at or time.perf_counter()
            self.heard.put_nowait(("shown", said))
            return answer(found.message)

        return await self._carry_out("edit", request.match_info["token"], request, edit)

    async def _followed_up(self, request: web.Request) -> web.Response:
        said = await request.json()

        def follow_up() -> web.Response:
            found = self._by_token.get(request.match_info["token"])
            if found is None or not found.callbacks:
                return answer({"message": "Unknown Webhook", "code": _UNKNOWN_WEBHOOK}, 404)
            found.followups.append(said)
            self.heard.put_nowait(("followup", said))
            return answer(payloads.message(payloads.snowflake(next(self._numbers)), found.place, BOT, said))

        return await self._carry_out("followup", request.match_info["token"], request, follow_up)

    async def _written(self, request: web.Request) -> web.Response:
        said = await request.json()
        channel = request.match_info["channel"]
        limit = self._limits.setdefault(channel, Limit(_MESSAGES, _SECONDS))
        if not limit.admits():
            refused = refusal(429)
            refused.headers.update(limit.headers())
            return refused

        def write() -> web.Response:
            nonce = (channel, str(said.get("nonce")))
            known = self._by_nonce.get(nonce) if said.get("enforce_nonce") else None
            if known is None:
                known = payloads.message(payloads.snowflake(next(self._numbers)), Place(channel), BOT, said)
                self._by_nonce[nonce] = known
                self.messages.append(known)
            return answer(known, headers=limit.headers())

        return await self._carry_out("message", str(said.get("nonce")), request, write)

    async def _carry_out(
        self, kind: str, key: str, request: web.Request, act: Callable[[], web.Response]
    ) -> web.Response:
        """Do what a request asks, unless it meets a fault. ``key``: which of its kind it is."""
        fault = self.faults.due(kind, key)
        if fault is None or fault.carried_out:
            answered = act()
            self._carried_out.set()
            if fault is None:
                return answered
        if fault.status is not None:
            return refusal(fault.status)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


@asynccontextmanager
async def loopback_discord() -> AsyncIterator[LoopbackDiscord]:
    """Open this Discord on a free port."""
    discord = LoopbackDiscord()
    application = web.Application()
    application.add_routes(
        [
            web.get("/api/v10/users/@me", discord._login),
            web.get("/api/v10/oauth2/applications/@me", discord._application),
            web.get("/api/v10/gateway/bot", discord._gateway_address),
            web.get("/api/v10/applications/{application}/commands", discord._commands),
            web.put("/api/v10/applications/{application}/commands", discord._commands),
            web.post("/api/v10/interactions/{id}/{token}/callback", discord._callback),
            web.patch("/api/v10/webhooks/{application}/{token}/messages/@original", discord._edited),
            web.post("/api/v10/webhooks/{application}/{token}", discord._followed_up),
            web.post("/api/v10/channels/{channel}/messages", discord._written),
            web.get("/gateway/", discord.gateway.serve),
            web.get("/gateway", discord.gateway.serve),
        ]
    )
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        discord.port = runner.addresses[0][1]
        yield discord
    finally:
        await runner.cleanup()
