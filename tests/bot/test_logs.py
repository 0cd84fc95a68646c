"""What is logged, in which form, and what never is."""

import io
import json
import logging
import re
import warnings
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.operation.logs import configure_logs, new_reference
from bot.operation.redaction import REDACTED, redactor
from bot.operation.token_form import is_token
from bot.settings import LogFormat, LogLevel
from tests.bot.loopback_discord import INTERACTION_TOKEN, TOKEN

pytestmark = pytest.mark.usefixtures("logging_as_it_was")

OTHER_TOKEN = "OTk5OTk5OTk5OTk5OTk5OTk5.Gxyz12.0123456789-_ABCDEFGHIJKLMNOPQRSTUVWXYZ01"  # noqa: S105
FORMATS: tuple[LogFormat, ...] = ("json", "pretty")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def configured(form: LogFormat = "json", level: LogLevel = "INFO", stream: io.StringIO | None = None) -> io.StringIO:
    stream = io.StringIO() if stream is None else stream
    configure_logs(level, form, hidden=[TOKEN], stream=stream)
    return stream


def records(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def fail(words: str) -> None:
    raise ValueError(words)


def test_for_programs_each_line_is_one_json_object_whoever_logs_it() -> None:
    stream = configured()
    structlog.get_logger("bot.asking").info("answered", via="ask", took_ms=1.5)
    logging.getLogger("discord.gateway").info("Shard ID %s has connected\nto Gateway", 0)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("be careful", stacklevel=1)
    ours, theirs, warned = records(stream)
    assert (ours.pop("timestamp")[-1], ours) == (
        "Z",
        {"level": "info", "logger": "bot.asking", "message": "answered", "via": "ask", "took_ms": 1.5},
    )
    assert (theirs["logger"], theirs["message"]) == ("discord.gateway", "Shard ID 0 has connected\nto Gateway")
    assert "be careful" in warned["message"]


def test_for_people_a_line_reads_as_one_and_has_colours_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    piped = configured("pretty")
    structlog.get_logger("bot").info("ready", servers=3)
    assert re.fullmatch(r"\d\d:\d\d:\d\d \[info\] ready \[bot\] servers=3\n", piped.getvalue())
    terminal = configured("auto", stream=Terminal())
    structlog.get_logger("bot").info("ready", servers=3)
    assert "\x1b[" in terminal.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = configured("auto", stream=Terminal())
    structlog.get_logger("bot").info("ready", servers=3)
    assert "ready" in plain.getvalue()
    assert "\x1b" not in plain.getvalue()


def test_what_is_no_terminal_gets_json_unless_told_otherwise() -> None:
    stream = configured("auto")
    logging.getLogger("x").warning("y")
    assert records(stream)[0]["message"] == "y"


@pytest.mark.parametrize("form", FORMATS)
def test_no_secret_stands_in_a_message_a_field_a_name_or_a_traceback(form: LogFormat) -> None:
    stream = configured(form)
    log = structlog.get_logger("bot")
    secrets = [TOKEN, OTHER_TOKEN]
    for secret in secrets:
        words = f"with {secret}"
        log.info(words, field=secret, deep={"in": [secret]}, **{secret: 1})
        logging.getLogger("aiohttp.client").warning("Authorization: Bot %s", secret, extra={"more": secret})
        try:
            fail(f"401 for {secret}")
        except ValueError:
            log.exception("refused")
            logging.getLogger("discord.client").exception("Ignoring exception")
    hook = f"https://discord.com/api/v10/webhooks/{1:018}/{INTERACTION_TOKEN}/messages/@original?wait=true"
    logging.getLogger("discord.webhook.async_").warning("PATCH %s", hook)
    logging.getLogger("discord.http").warning("POST /interactions/12/opaque-secret/callback")
    log.info("bare", token=INTERACTION_TOKEN)
    written = stream.getvalue()
    for secret in [*secrets, INTERACTION_TOKEN, "opaque-secret"]:
        assert secret not in written
    assert written.count("Traceback") == 4
    assert f"/{1:018}/{REDACTED}/messages/@original?wait=true" in written


@given(st.text(min_size=8, max_size=40).filter(lambda secret: secret not in REDACTED))
def test_a_known_secret_is_found_in_any_writing(secret: str) -> None:
    redact = redactor([secret])
    for written in (secret, json.dumps(secret), repr(secret), json.dumps({"key": f"<{secret}>"})):
        assert secret not in redact(f"({written})")
        assert REDACTED in redact(f"({written})")


def test_what_is_no_secret_is_left_alone() -> None:
    ordinary = (
        "Oracle.com.example and MTIz.short.one, index.answering.selection_of_sentences_in_passages, "
        "https://discord.com/oauth2/authorize?client_id=123456789012345678&permissions=274878008320"
    )
    assert redactor([""])(ordinary) == ordinary


def test_what_people_write_is_not_logged_by_libraries_at_any_level() -> None:
    stream = configured(level="DEBUG")
    for name in ("discord.http", "discord.gateway", "discord.webhook.async_", "aiosqlite", "asyncio"):
        logging.getLogger(name).debug("the question of somebody")
    for name in ("sqlalchemy.engine.Engine", "alembic.runtime.migration"):
        logging.getLogger(name).info("the question of somebody")
    structlog.get_logger("bot").debug("ours")
    assert [record["message"] for record in records(stream)] == ["ours"]


def test_a_level_leaves_less_important_lines_out() -> None:
    stream = configured(level="WARNING")
    structlog.get_logger("bot").info("no")
    logging.getLogger("discord.gateway").info("no")
    structlog.get_logger("bot").warning("yes")
    logging.getLogger("discord.gateway").error("yes, too")
    assert [record["message"] for record in records(stream)] == ["yes", "yes, too"]


def test_all_lines_of_one_task_carry_its_reference() -> None:
    stream = configured()
    reference = new_reference()
    with structlog.contextvars.bound_contextvars(reference=reference):
        structlog.get_logger("bot").info("ours")
        logging.getLogger("discord").warning("theirs")
    structlog.get_logger("bot").info("after")
    assert [record.get("reference") for record in records(stream)] == [reference, reference, None]


def test_a_reference_can_be_read_out_and_is_never_given_twice() -> None:
    references = {new_reference() for _ in range(2_000)}
    assert len(references) == 2_000
    assert all(re.fullmatch(r"[2-9a-hjkmnp-z]{8}", reference) for reference in references)


def test_a_line_cannot_steer_the_terminal() -> None:
    stream = configured("pretty")
    structlog.get_logger("bot").info("\x1b[2J", field="\x1b]0;title\x07")
    assert "\x1b" not in stream.getvalue()
    assert "\x07" not in stream.getvalue()


def test_a_line_that_cannot_be_made_or_written_stops_nothing_and_tells_nothing() -> None:
    stream = configured()
    logging.getLogger("careless").warning("%d", TOKEN)
    assert stream.getvalue() == "sourcier: a line of careless could not be logged.\n"
    stream.close()
    structlog.get_logger("bot").info("nobody reads this")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TOKEN, True),
        (OTHER_TOKEN, True),
        ("", False),
        ("a.b", False),
        ("MTIzNDU2Nzg5MDEyMzQ1Njc4..x", False),
        ("bm90IGEgbnVtYmVyIGF0IGFsbA.GabcdE.abcdefghijklmnopqrstuvwxyz", False),
        ("MTIz.GabcdE.abcdefghijklmnopqrstuvwxyz", False),
        (TOKEN.replace(".", ". "), False),
        (f"Bot {TOKEN}", False),
        (f"{TOKEN}.x", False),
        ("é" * 24 + ".é.é", False),
    ],
)
def test_the_form_of_a_token_is_known_without_asking_discord(text: str, *, expected: bool) -> None:
    assert is_token(text) is expected
