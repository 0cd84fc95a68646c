"""What the operator reads on standard error: lines for people on a terminal, JSON lines for programs.

Our own lines and those of the libraries go the same way. Nothing that people ask or are answered is logged, and no
secret: the last step takes tokens out of the finished line, so that no field, message or traceback gets around it.
"""

import logging
import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.cards import printable
from bot.operation.redaction import redactor
from bot.settings import LogFormat, LogLevel

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0 and o, no 1, i and l
_REFERENCE_LENGTH = 8

# Below these levels libraries log what people write, what is answered and each statement with its values.
_QUIETEST = {
    "discord": logging.INFO,
    "aiohttp": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "alembic": logging.WARNING,
    "asyncio": logging.WARNING,
    "filelock": logging.WARNING,
    "sqlalchemy": logging.WARNING,
}


def new_reference() -> str:
    """Return a short name for something that happened, to be read out from a message and found in the log."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_REFERENCE_LENGTH))


def configure_logs(level: LogLevel, form: LogFormat, *, hidden: Iterable[str], stream: TextIO) -> None:
    """Send all that is logged in this process to ``stream``, without any of the ``hidden`` secrets.

    ``auto`` is ``pretty`` where the stream is a terminal, else ``json``.
    """
    terminal = stream.isatty()
    pretty = form == "pretty" or (form == "auto" and terminal)
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if pretty else "iso", utc=not pretty),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *common,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    drawn = _for_people(colours=terminal and not os.environ.get("NO_COLOR")) if pretty else _for_programs()
    handler = _Lines(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*common, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *drawn[:-1],
                _redacted(drawn[-1], redactor(hidden)),
            ],
        )
    )
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name, quietest in _QUIETEST.items():
        logging.getLogger(name).setLevel(max(quietest, logging.getLevelNamesMapping()[level]))
    logging.captureWarnings(capture=True)


class _Lines(logging.StreamHandler[TextIO]):
    """Writes lines; one that cannot be made is told of in a word, without what was to be in it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        with suppress(OSError, ValueError):  # the stream has gone: nobody can be told
            self.stream.write(f"sourcier: a line of {record.name} could not be logged.\n")


def _for_people(*, colours: bool) -> list[Processor]:
    return [
        _harmless,
        structlog.dev.ConsoleRenderer(
            colors=colours, exception_formatter=structlog.dev.plain_traceback, pad_event_to=0, pad_level=False
        ),
    ]


def _for_programs() -> list[Processor]:
    return [
        structlog.processors.EventRenamer("message"),
        _in_order,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]


def _harmless(_logger: WrappedLogger, _method: str, fields: EventDict) -> EventDict:
    """Let nothing in a field steer the terminal."""
    return {name: printable(value) if isinstance(value, str) else value for name, value in fields.items()}


def _in_order(_logger: WrappedLogger, _method: str, fields: EventDict) -> EventDict:
    """Put what every line has first."""
    first = ("timestamp", "level", "logger", "message", "reference")
    return {**{name: fields[name] for name in first if name in fields}, **fields}


def _redacted(draw: Processor, redact: Callable[[str], str]) -> Processor:
    """Let a step that makes the finished line make it without secrets."""

    def step(logger: WrappedLogger, method: str, fields: EventDict) -> str:
        return redact(str(draw(logger, method, fields)))

    return step
