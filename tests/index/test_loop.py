"""The event loop stays free: what takes long is done in threads, and what was begun comes to its end."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy import event

import index
from index.library import Library
from index.model import Article
from index.precedence import Precedence
from index.store.database import Access
from index.worker import Worker

CHIPS = "Combien de puces GB200 Oracle a-t-il achetées ?"
LONG_WORK = tuple(
    str(Path(index.__file__).parent / name)
    for name in (
        *("ranking/postings", "ranking/segment", "ranking/formulation", "ranking/terms", "answering/", "store/rankers"),
        *("language/dictionary", "language/detection", "language/numbers", "passages", "sentences", "preparation"),
    )
)
QUICK = {"__len__", "__init__", "__new__", "<lambda>"}


def article(number: int = 1) -> Article:
    return Article(
        text=f"Le phare numéro {number} éclaire la mer. Il fut achevé en 1611.", title="Phare", language="fr"
    )


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collect what of the long work the thread of the event loop does itself."""
    done: set[str] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(LONG_WORK) and code.co_name not in QUICK:
            done.add(f"{Path(code.co_filename).name}:{code.co_name}")

    sys.setprofile(note)
    try:
        yield done
    finally:
        sys.setprofile(None)


async def test_questions_are_worked_on_in_a_thread(library: Library) -> None:
    with watched() as done:
        answer = await library.ask(CHIPS)
        await library.explain(answer, answer.citations[0])
        await library.ask(CHIPS, "one")
    assert answer.citations
    assert done == set()


async def test_sources_come_and_go_in_a_thread(library: Library) -> None:
    await library.ask(CHIPS)
    with watched() as done:
        added = await library.add(article(), by="test")
        await library.remove(added.source.id, by="test")
        await library.restore(added.source.id, by="test")
        await library.sources()
    assert done == set()


@pytest.mark.parametrize("access", ["read", "write"])
async def test_a_ranker_is_built_from_the_store_in_a_thread(tmp_path: Path, access: Access) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.add(article(), by="test", shelf="one")
    async with await Library.open(tmp_path, access) as library:
        with watched() as done:
            assert (await library.ask("Quand le phare fut-il achevé ?", "one")).citations
        assert done == set()


async def test_a_change_whose_asker_goes_away_while_it_is_written_is_in_the_answers_all_the_same(
    library: Library,
) -> None:
    async def interrupted(change: Awaitable[object]) -> None:
        task = asyncio.ensure_future(change)
        assert library._store._writer is not None
        event.listen(library._store._writer.sync_engine, "commit", lambda _connection: task.cancel(), once=True)
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(library._begun.close(), 10)

    question = "Quand le phare fut-il achevé ?"
    await library.ask(question)
    await interrupted(library.add(article(), by="test"))
    assert "phare" in {citation.source.id for citation in (await library.ask(question)).citations}
    await interrupted(library.remove("phare", by="test"))
    assert "phare" not in {citation.source.id for citation in (await library.ask(question)).citations}


async def test_a_worker_does_one_thing_after_another_in_one_thread() -> None:
    worker = Worker("test")
    done: list[tuple[int, str]] = []

    def work(number: int, *, name: str) -> str:
        done.append((number, threading.current_thread().name))
        return name * number

    assert await asyncio.gather(*(worker.do(work, i, name="x") for i in range(5))) == ["", "x", "xx", "xxx", "xxxx"]
    assert [number for number, _ in done] == list(range(5))
    assert {name for _, name in done} == {"test_0"}
    with pytest.raises(ZeroDivisionError):
        await worker.do(divmod, 1, 0)
    await worker.close()
    assert "test_0" not in {thread.name for thread in threading.enumerate()}


async def test_a_closed_library_leaves_no_thread_behind(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.ask(CHIPS)
        await library.add(article(), by="test")
        await library.warmed()
        assert running() == {"asking_0", "rankings_0", "reading_0", "warming_0"}
    assert running() == set()


def running() -> set[str]:
    own = ("asking", "rankings", "reading", "warming")
    return {thread.name for thread in threading.enumerate() if thread.name.startswith(own)}


def test_long_work_goes_on_when_nothing_urgent_is_under_way() -> None:
    precedence = Precedence()
    steps: list[str] = []

    def work() -> None:
        precedence.give_way()
        steps.append("long")

    with precedence.urgent(), precedence.urgent():
        pass
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert steps == ["long"]
    with precedence.urgent():
        work()  # never waits for ever
    assert steps == ["long", "long"]


def test_a_serving_process_makes_its_pauses_short() -> None:
    script = """
import gc, sys
from index import pauses
before = sys.getswitchinterval()
pauses.shorten()
assert sys.getswitchinterval() < before
assert gc.get_freeze_count() > len(gc.get_objects())
assert gc.isenabled()
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
