"""What is counted while the bot runs, in the form that Prometheus reads. Each bot has a registry of its own."""

import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Literal

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from index.errors import SourcierError
from index.model import Answer

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

Level = Literal["servers", "gateway_latency_seconds", "shared_sources", "shared_passages", "shelves_in_memory"]
Read = Callable[[], float | Awaitable[float]]

_LEVELS: dict[Level, str] = {
    "servers": "Discord servers that the bot is a member of.",
    "gateway_latency_seconds": "From a heartbeat to its acknowledgement, the mean of all shards.",
    "shared_sources": "Live sources that every server sees.",
    "shared_passages": "Passages of these sources.",
    "shelves_in_memory": "Shelves whose ranker is in memory.",
}
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

_log = structlog.get_logger(__name__)


class Metrics:
    """Counts answers, failures and refusals, and reads levels when somebody asks for them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._answers = Counter(
            "sourcier_answers",
            "Questions that got an answer or an honest no.",
            ["via", "verdict"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "sourcier_answer_seconds",
            "From a question to its answer, without Discord.",
            ["via"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._failures = Counter(
            "sourcier_failures", "What went wrong and was told with a reference.", ["kind"], registry=self.registry
        )
        self._refusals = Counter(
            "sourcier_refused_by_limit",
            "What was refused because there was too much of it.",
            ["kind"],
            registry=self.registry,
        )
        since = Gauge("sourcier_up_since_seconds", "When the bot was made, in Unix time.", registry=self.registry)
        since.set(time.time())
        self._levels: dict[Level, Gauge] = {}
        self._read: dict[Level, Read] = {}

    def answered(self, answer: Answer, via: str) -> None:
        """Count an answer; ``via`` names the way the question came (``ask``, ``mention``, ...)."""
        self._answers.labels(via, answer.verdict.value).inc()
        self._seconds.labels(via).observe(answer.took_ms / 1000)

    def failed(self, kind: str) -> None:
        """Count a failure of a kind."""
        self._failures.labels(kind).inc()

    def refused_by_limit(self, kind: str) -> None:
        """Count what a limit of a kind (a person's, a channel's) refused."""
        self._refusals.labels(kind).inc()

    def watch(self, level: Level, read: Read) -> None:
        """Show a level from now on, read so at each ``exposition``."""
        if level not in self._levels:
            self._levels[level] = Gauge(f"sourcier_{level}", _LEVELS[level], registry=self.registry)
        self._read[level] = read

    async def exposition(self) -> bytes:
        """Return everything in Prometheus's text format; a level that cannot be read now is not a number."""
        for level, read in self._read.items():
            try:
                value = read()
                self._levels[level].set(await value if inspect.isawaitable(value) else value)
            except SourcierError as error:
                _log.warning("a level cannot be read", level=level, why=str(error))
                self._levels[level].set(float("nan"))
        return generate_latest(self.registry)
