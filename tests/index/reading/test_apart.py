"""Documents are taken apart in processes of their own: whatever happens there ends soon, and as one sentence here."""

import asyncio
import errno
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import BadInput
from index.model import Basis
from index.reading.apart import Limits, Readers, read_apart, read_feed_apart
from index.reading.document import Caution, Document, Kind
from index.reading.reader import read
from tests.index.reading.pages.written_page import ARTICLE, TEXT, page

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")

NOTE = Document(b"Le contrat vaut 30 milliards de dollars.\n", "note.txt")
SLOW = Document(
    ("<p " + " ".join(f'a{n}="<"' for n in range(400_000)) + ">Texte.</p>").encode(), "slow.html", "text/html"
)
GOOD = '{"reading": {"article": {"title": "Une note", "language": "fr"}, "kind": "text"}}'


class StandIn:
    """A shell script in the place of Python, which notes what it was started with and then does something."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._path = folder / "python"
        self._notes = folder / "notes"
        self._interpreter = sys.executable
        self._monkeypatch = monkeypatch

    def does(self, commands: str) -> None:
        commands = commands.replace("PYTHON", f'exec {self._interpreter} "$@"')
        self._path.write_text(f"#!/bin/sh\nset > {self._notes}\necho PID=$$ >> {self._notes}\n{commands}\n")
        self._path.chmod(0o755)
        self._monkeypatch.setattr(sys, "executable", str(self._path))

    @property
    def notes(self) -> dict[str, str]:
        lines = self._notes.read_text().splitlines()
        return {name: value.strip("'") for name, _, value in (line.partition("=") for line in lines)}


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return StandIn(tmp_path, monkeypatch)


def is_gone(pid: int) -> bool:
    """Tell whether no process has this id any more, not even as a zombie."""
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno == errno.ESRCH
    return False


def is_dead(pid: int) -> bool:
    """Tell whether a process was ended; whoever adopts an orphan buries it when it likes."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def opened() -> int:
    """Return how many files this process has open."""
    return sum(1 for _ in Path("/dev/fd").iterdir())


async def refusal(document: Document, limits: Limits | None = None) -> tuple[str, str]:
    """Return the sentence with which a document is refused, and its cause."""
    with pytest.raises(BadInput) as refused:
        await read_apart(document, limits=limits)
    message = str(refused.value)
    assert message.startswith(document.name)
    assert message.endswith(".")
    assert "\n" not in message
    return message, repr(refused.value.__cause__)


async def test_a_document_is_read_as_it_is_read_here() -> None:
    document = page(f"<article>{ARTICLE}</article>")
    given = {"published": "2024-05", "publisher": None}
    reading = await read_apart(document, given)
    assert reading == read(document, given)
    assert (reading.article.text, reading.kind) == (TEXT, Kind.HTML)
    assert (reading.article.published, reading.article.published_basis) == ("2024-05", Basis.MODERATOR)
    assert Caution.UNDATED not in reading.cautions


async def test_a_refusal_comes_back_word_for_word() -> None:
    document = Document(b"\x7fELF" + bytes(100), "note.txt")
    with pytest.raises(BadInput) as here:
        read(document)
    assert await refusal(document) == (str(here.value), "None")


async def test_what_the_bot_knows_does_not_reach_the_process(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.setenv("SOURCIER_DATABASE", "postgresql://user:secret@host/")
    monkeypatch.setenv("PYTHONSTARTUP", "/secret.py")
    stand_in.does("PYTHON")
    assert (await read_apart(NOTE)).kind is Kind.TEXT
    assert "secret" not in "".join(f"{name}={value}" for name, value in stand_in.notes.items())
    assert "DISCORD_TOKEN" not in stand_in.notes


async def test_a_process_that_never_answers_is_ended_with_all_that_it_started(stand_in: StandIn) -> None:
    stand_in.does(f"sleep 100 & echo CHILD=$! >> {stand_in._notes}; echo START=1 >> {stand_in._notes}; wait")
    message, cause = await refusal(NOTE, Limits(seconds=1))
    assert message == "note.txt takes too long to read: it was given up after 1 s."
    assert "TimeoutError" in cause
    assert is_gone(int(stand_in.notes["PID"]))
    assert is_gone(int(stand_in.notes["CHILD"])) or is_dead(int(stand_in.notes["CHILD"]))


async def test_a_process_is_ended_when_nobody_waits_any_more(stand_in: StandIn) -> None:
    stand_in.does("exec sleep 100")
    reading = asyncio.create_task(read_apart(NOTE))
    while not stand_in._notes.exists() or "PID" not in stand_in.notes:  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert is_gone(int(stand_in.notes["PID"]))


@pytest.mark.parametrize(
    ("commands", "said", "caused"),
    [
        ("exit 3", "stopped before its end", "status 3: without a word"),
        ("echo oops >&2; echo 'last words' >&2; exit 1", "stopped before its end", "status 1: last words"),
        ("kill -9 $$", "stopped before its end", "status -9"),
        ("kill -SEGV $$", "stopped before its end", "status -11"),
        ("kill -XCPU $$", "takes too long", "status -24"),
        ("echo 'MemoryError' >&2; exit 1", "too much memory", "MemoryError"),
        ("echo '{}'", "cannot be read", "says nothing"),
        ("echo 'no json'", "stopped before its end", "status 0"),
        ("echo 5", "stopped before its end", "status 0"),
        ("echo '[{\"reading\": 5}]'", "stopped before its end", "status 0"),
        ("printf '[%.0s' $(seq 99999)", "stopped before its end", "status 0"),
        ("echo '{\"reading\": 5}'", "damaged, or built in a way", "for Reading"),
        ('echo \'{"reading": {"article": []}}\'', "damaged, or built in a way", "for Reading"),
        (f"echo '{GOOD}'; printf 'Un texte.\\351'", "damaged, or built in a way", "string_unicode"),
        ("echo '{\"exhausted\": true}'", "too much memory", "None"),
        ('echo \'{"failed": "ZeroDivisionError: x"}\'', "damaged, or built in a way", "ZeroDivisionError: x"),
        ('echo \'{"refused": "anything"}\'', "damaged, or built in a way", "Refusal"),
        (
            'echo \'{"refused": {"sentence": "{x:>999999999}", "values": {"x": "y"}}}\'',
            "damaged, or built in a way",
            "does not name a value",
        ),
        ("exec cat /dev/zero", "its text is too long", "None"),
        ("cat > /dev/null; while :; do echo noise >&2; done", "takes too long", "TimeoutError"),
        ("exec 0<&-; exit 0", "stopped before its end", "status 0"),
    ],
)
async def test_however_a_process_ends_it_is_one_sentence(
    stand_in: StandIn, commands: str, said: str, caused: str
) -> None:
    stand_in.does(commands)
    document = Document(NOTE.data * 50_000, "note.txt")
    message, cause = await refusal(document, Limits(seconds=2 if "while" not in commands else 1, answer=1_000_000))
    assert said in message
    assert caused in cause
    assert is_gone(int(stand_in.notes["PID"]))


async def test_what_a_process_says_of_an_article_or_a_feed_is_checked(stand_in: StandIn) -> None:
    stand_in.does(f"echo '{GOOD}'; printf 'Un texte.'")
    assert (await read_apart(NOTE)).article.text == "Un texte."
    for said in ("5", '{"title": "x"}', '{"title": "x", "entries": [5]}', "null"):
        stand_in.does(f"echo '{{\"feed\": {said}}}'")
        with pytest.raises(BadInput, match="damaged, or built in a way"):
            await read_feed_apart(NOTE)


async def test_a_program_that_cannot_be_started_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    assert "no process can be started" in (await refusal(NOTE))[0]


async def test_the_processor_and_the_memory_are_limited() -> None:
    big = Document(NOTE.data * 200_000, "big.txt")
    slow, memory = await asyncio.gather(
        refusal(SLOW, Limits(processor_seconds=1)), refusal(big, Limits(memory=70_000_000))
    )
    assert slow[0].startswith("slow.html takes too long to read")
    assert memory[0] == "big.txt takes too much memory to read."


async def test_the_process_can_neither_write_nor_start_nor_call_anyone(tmp_path: Path, stand_in: StandIn) -> None:
    """The limits are set before a document is looked at: a hostile one is replaced by code that runs in its place."""
    written = tmp_path / "written"
    attempts = f"""
import os, socket, subprocess, sys, json
from index.reading import child, reader
def attempt(document, given):
    failed = []
    for action in (lambda: open({str(written)!r}, "w"), lambda: os.open({str(written)!r}, os.O_CREAT | os.O_WRONLY),
                   lambda: socket.create_connection(("127.0.0.1", 9)), lambda: subprocess.run(["true"]),
                   lambda: os.system("true"), lambda: os.remove({__file__!r}), lambda: os.fork()):
        try:
            action()
        except PermissionError as error:
            failed.append(str(error))
    import resource
    kinds = (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC)
    limits = [resource.getrlimit(kind)[0] for kind in kinds]
    raise ValueError(f"{{len(failed)}} refused, limits {{limits}}, nice {{os.nice(0)}}")
reader.read = attempt
child.main(sys.argv[-1], sys.stdin.buffer, sys.stdout.buffer)
"""
    script = tmp_path / "attempts.py"
    script.write_text(attempts)
    stand_in.does(f'for last; do :; done; exec {sys.executable} {script} "$last"')
    _, cause = await refusal(NOTE, Limits(nice=7))
    assert "7 refused, limits [0, 0, 0]" in cause
    assert f"nice {os.nice(0) + 7}" in cause
    assert not written.exists()


async def test_only_two_are_read_at_once_and_the_others_wait(stand_in: StandIn, tmp_path: Path) -> None:
    log, gate = tmp_path / "log", tmp_path / "gate"
    log.touch()
    stand_in.does(f"echo + >> {log}; while [ ! -e {gate} ]; do :; done; echo - >> {log}; exit 1")
    readers = Readers(at_once=2)
    under_way = [asyncio.create_task(readers.read(NOTE)) for _ in range(5)]
    while log.read_text().count("+") < 2:  # noqa: ASYNC110 - other processes write it
        await asyncio.sleep(0)
    for _ in range(1_000):
        await asyncio.sleep(0)
    gate.touch()
    ended = await asyncio.gather(*under_way, return_exceptions=True)
    assert all(isinstance(one, BadInput) for one in ended)
    signs = log.read_text().split()
    running = [signs[: place + 1].count("+") - signs[: place + 1].count("-") for place in range(len(signs))]
    assert (max(running), len(signs)) == (2, 10)


async def test_nothing_is_left_open() -> None:
    with pytest.raises(BadInput):
        await read_apart(Document(b"", "empty.txt"))
    before = opened()
    for document in (NOTE, SLOW):
        with suppress(BadInput):
            await read_apart(document, limits=Limits(seconds=0.4))
    gc.collect()
    assert opened() == before
