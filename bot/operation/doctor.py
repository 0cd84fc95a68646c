"""What `sourcier doctor` and `sourcier health` say: one finding a line, each good, worth knowing or bad."""

import asyncio
import json
import os
import platform
import shutil
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Literal, NamedTuple

from bot.operation.token_form import PORTAL, is_token
from bot.settings import Settings, configured, data_folder, origin, variable
from bot.version import release
from index import checkup
from index.checkup import Report
from index.errors import SourcierError
from index.store.database import FILE

_LITTLE_SPACE = 100_000_000  # bytes
_NO_STORE = "not made yet: the first question makes it"
_PATIENCE = 5.0  # seconds that the running bot has to say whether it is well
_LONGEST_ANSWER = 10_000  # bytes


class Finding(NamedTuple):
    """One thing that was looked at."""

    level: Literal["good", "note", "bad"]
    about: str
    says: str


async def examine(given: Path | None) -> list[Finding]:
    """Look at the installation, the settings, the data folder and the store; change nothing.

    ``given``: the data folder that the command line names, which counts more than the settings.
    """
    findings = [Finding("good", "Sourcier", f"{release()} on Python {platform.python_version()} ({sys.platform})")]
    try:
        findings += _discord(configured())
        folder = data_folder(given)
    except SourcierError as error:
        return [*findings, Finding("bad", "Settings", str(error))]
    findings.append(
        Finding("good", "Data folder", f"{folder.absolute()} (from {'--data' if given else origin('data')})")
    )
    findings += _folder(folder)
    if findings[-1].level != "bad":
        try:
            findings += _store(await checkup.examine(folder))
        except SourcierError as error:
            findings.append(Finding("bad", "Store", str(error)))
    return findings


async def examine_running(given: Path | None) -> list[Finding]:
    """Ask the bot that runs on this machine whether it is well; where it cannot be asked, ``examine``."""
    try:
        settings = configured()
    except SourcierError as error:
        return [Finding("bad", "Settings", str(error))]
    if settings.discord_token is None or not settings.metrics_port:
        return await examine(given)
    return [await asyncio.to_thread(_ask_running, _within_reach(settings.metrics_host), settings.metrics_port)]


def _discord(settings: Settings) -> list[Finding]:
    """Look at what `sourcier run` is told of Discord, without a word to Discord."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else None
    if token is None:
        findings = [
            Finding("note", "Token", f"not set: `sourcier run` is the chat in the terminal (get one at {PORTAL})")
        ]
    elif is_token(token):
        findings = [Finding("good", "Token", f"set, of the right form (from {origin('discord_token')})")]
    else:
        says = f"not of the form that a bot token has (from {origin('discord_token')}); get one at {PORTAL}"
        findings = [Finding("bad", "Token", says)]
    content = variable("message_content")
    if settings.message_content:
        says = f"asked for ({content}); it must be switched on in the portal too, on the page Bot"
    else:
        says = f"not asked for; only answer channels need it ({content})"
    findings.append(Finding("good", "Message content", says))
    port = settings.metrics_port
    address = f"http://{_in_address(settings.metrics_host)}:{port}/metrics"
    served = f"not served ({variable('metrics_port')} sets a port)" if port is None else address
    findings.append(Finding("good", "Metrics", served))
    return findings


def _ask_running(host: str, port: int) -> Finding:
    """Ask for ``/healthz``; blocks until it is answered, at most for some seconds."""
    from http.client import HTTPConnection, HTTPException

    connection = HTTPConnection(host, port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        answer = json.loads(response.read(_LONGEST_ANSWER))
    except (OSError, HTTPException, ValueError) as error:
        says = f"nothing answers at http://{_in_address(host)}:{port}/healthz ({error or type(error).__name__})"
        return Finding("bad", "Bot", says)
    finally:
        connection.close()
    if response.status == HTTPStatus.OK:
        return Finding("good", "Bot", "connected to Discord, and its store answers")
    return Finding("bad", "Bot", str(answer.get("reason")) if isinstance(answer, dict) else "unwell")


def _within_reach(host: str) -> str:
    """Return where a server that listens at every address is reached from here."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not listened at here


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _folder(folder: Path) -> list[Finding]:
    """Look at a data folder or, where it is not made yet, at the folder that it will be made in."""
    findings = []
    try:
        there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        if not there.is_dir():
            return [Finding("bad", "Data folder", f"{there} is not a folder")]
        if not os.access(there, os.W_OK | os.X_OK):
            if not (folder / FILE).exists():
                return [Finding("bad", "Data folder", f"{there} is read-only: the store cannot be made")]
            findings.append(Finding("note", "Data folder", "read-only: questions are answered, nothing can be added"))
        free = shutil.disk_usage(there).free
    except OSError as error:
        return [Finding("bad", "Data folder", f"cannot be used: {error.strerror or error}")]
    if free < _LITTLE_SPACE:
        findings.append(Finding("note", "Disk", f"only {free / 1e6:.0f} MB are free"))
    return findings


def _store(report: Report | None) -> list[Finding]:
    if report is None:
        return [Finding("note", "Store", _NO_STORE)]
    findings = [Finding("bad", "Store", problem) for problem in report.problems]
    if not findings:
        counts = f"{report.live} live sources, {report.removed} removed, {report.passages} passages, "
        counted = counts if report.live or report.removed else ""
        findings.append(Finding("good", "Store", f"sound: {counted}{report.bytes / 1e6:.1f} MB"))
    if report.outdated:
        findings.append(Finding("note", "Update", f"{report.outdated}; the next start brings it up to date"))
    if report.writer:
        findings.append(Finding("good", "Writer", report.writer))
    return findings
