"""What `sourcier doctor` says: one finding a line, each good, worth knowing or bad."""

import asyncio
import os
import platform
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Literal, NamedTuple

from index import checkup
from index.errors import SourcierError

_LITTLE_SPACE = 100_000_000  # bytes


class Finding(NamedTuple):
    """One thing that was looked at."""

    level: Literal["good", "note", "bad"]
    about: str
    says: str


async def examine(folder: Path) -> list[Finding]:
    """Look at the installation, the data folder and the store; change nothing."""
    findings = [
        Finding("good", "Sourcier", f"{version('sourcier')} on Python {platform.python_version()} ({sys.platform})"),
        Finding("good", "Data folder", f"{folder} ({_origin(folder)})"),
    ]
    if not await asyncio.to_thread(folder.exists):
        return [*findings, Finding("note", "Store", "not made yet; the first question or start makes it")]
    findings += _folder(folder)
    try:
        report = await checkup.examine(folder)
    except SourcierError as error:
        return [*findings, Finding("bad", "Store", str(error))]
    if report is None:
        return [*findings, Finding("note", "Store", "not made yet; the first question or start makes it")]
    findings += [Finding("bad", "Store", problem) for problem in report.problems]
    if not report.problems:
        findings.append(
            Finding(
                "good",
                "Store",
                f"sound: {report.live} live sources, {report.removed} removed, "
                f"{report.passages} passages, {report.bytes / 1e6:.1f} MB",
            )
        )
    if report.outdated:
        findings.append(Finding("note", "Update", f"{report.outdated}; the next start brings it up to date"))
    if report.writer:
        findings.append(Finding("good", "Writer", report.writer))
    return findings


def _origin(folder: Path) -> str:
    if (named := os.environ.get("SOURCIER_DATA")) and Path(named).expanduser() == folder:
        return "SOURCIER_DATA"
    from bot.settings import Settings

    return "the user's own" if Settings.model_construct().data == folder else "--data or .env"


def _folder(folder: Path) -> list[Finding]:
    findings = []
    if not os.access(folder, os.W_OK):
        findings.append(Finding("note", "Data folder", "read-only: questions are answered, sources cannot be added"))
    free = shutil.disk_usage(folder).free
    if free < _LITTLE_SPACE:
        findings.append(Finding("note", "Disk", f"only {free / 1e6:.0f} MB are free"))
    return findings
