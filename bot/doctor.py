"""What `sourcier doctor` says: one finding a line, each good, worth knowing or bad."""

import os
import platform
import shutil
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from bot.settings import data_folder, origin
from bot.version import release
from index import checkup
from index.checkup import Report
from index.errors import SourcierError
from index.store.database import FILE

_LITTLE_SPACE = 100_000_000  # bytes
_NO_STORE = "not made yet: the first question makes it"


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
        folder = data_folder(given)
        findings.append(
            Finding("good", "Data folder", f"{folder.absolute()} (from {'--data' if given else origin('data')})")
        )
        findings += _folder(folder)
        if findings[-1].level != "bad":
            findings += _store(await checkup.examine(folder))
    except SourcierError as error:
        findings.append(Finding("bad", "Store" if len(findings) > 1 else "Settings", str(error)))
    return findings


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
