"""How the loopback Discord answers a request: with JSON, with a refusal, with how many more it takes."""

import json
import time

from aiohttp import web

_RETRY_AFTER = 0.05  # seconds
_TOO_MANY = 429


class Limit:
    """So many requests of a channel in so many seconds, as Discord limits messages, told in the headers it has."""

    def __init__(self, requests: int, seconds: float) -> None:
        self._requests = requests
        self._seconds = seconds
        self._left = requests
        self._ends = 0.0

    def admits(self) -> bool:
        """Count a request and tell whether it is within the limit."""
        now = time.monotonic()
        if now >= self._ends:
            self._left, self._ends = self._requests, now + self._seconds
        self._left -= 1
        return self._left >= 0

    def headers(self) -> dict[str, str]:
        after = max(self._ends - time.monotonic(), 0.001)
        return {
            "X-RateLimit-Limit": str(self._requests),
            "X-RateLimit-Remaining": str(max(self._left, 0)),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": "messages",
        }


def answer(data: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer as Discord does: discord.py takes no other content type for JSON."""
    return web.Response(body=json.dumps(data).encode(), content_type="application/json", status=status, headers=headers)


def refusal(status: int) -> web.Response:
    """Answer with an error; 429 comes through Discord's proxy, which names itself, with the seconds to wait."""
    if status != _TOO_MANY:
        return answer({"message": f"{status}", "code": 0}, status)
    wait = {"message": "You are being rate limited.", "retry_after": _RETRY_AFTER, "global": False}
    return answer(wait, status, {"Retry-After": "1", "Via": "1.1 google"})
