"""What waits to be read is bounded, and whoever adds a lot keeps nobody else waiting for all of it."""

import asyncio

import pytest

from index.reading.apart import Readers
from index.reading.document import Document
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason, Refused
from index.reading.fetching.turns import Turns
from index.reading.intake import Intake, Stage
from index.reading.waiting import Line, Room

NOTE = Document(b"Le contrat vaut 30 milliards de dollars.\n", "note.txt")


class Reader:
    """Has documents wait in a line and reads none of them; ``order`` is whose turns there were."""

    def __init__(self, room: Room | None = None, at_once: int = 1) -> None:
        self.line = Line(at_once, room)
        self.order: list[str | None] = []
        self._finished = asyncio.Semaphore(0)

    async def start(self, by: str | None, size: int = 1) -> asyncio.Task[None]:
        task = asyncio.create_task(self._read(by, size))
        await settle()
        return task

    async def finish(self, number: int = 1) -> None:
        for _ in range(number):
            self._finished.release()
            await settle()

    async def _read(self, by: str | None, size: int) -> None:
        async with self.line.place(by, size) as place, self.line.turn(place):
            self.order.append(by)
            await self._finished.acquire()


async def settle() -> None:
    """Let everything happen that waits for nothing."""
    for _ in range(10):
        await asyncio.sleep(0)


def is_refused(task: asyncio.Task[None]) -> bool:
    error = task.exception() if task.done() else None
    return isinstance(error, Refused) and error.reason is Reason.CROWDED


async def test_the_turn_goes_round_from_person_to_person() -> None:
    reader = Reader()
    for by in ("anna", "anna", "anna", "anna", None, None, "bernard", "chloé"):
        await reader.start(by)
    await reader.finish(8)
    assert reader.order == ["anna", None, "bernard", "chloé", "anna", None, "anna", "anna"]


async def test_who_has_nothing_being_read_comes_before_who_has() -> None:
    reader = Reader(at_once=3)
    for by in ("anna", "anna", "bernard", "anna", "bernard", "chloé"):
        await reader.start(by)
    await reader.finish(6)
    assert reader.order[:4] == ["anna", "anna", "bernard", "chloé"]
    assert sorted(map(str, reader.order)) == ["anna"] * 3 + ["bernard"] * 2 + ["chloé"]


async def test_one_person_has_a_few_documents_waiting() -> None:
    reader = Reader(Room(each=2))
    tasks = [await reader.start("anna") for _ in range(5)]
    assert [is_refused(task) for task in tasks] == [False, False, False, True, True]
    assert not is_refused(await reader.start("bernard"))
    await reader.finish(4)
    assert reader.order == ["anna", "bernard", "anna", "anna"]


async def test_no_more_bytes_wait_than_there_is_room_for() -> None:
    reader = Reader(Room(size=100))
    tasks = [await reader.start("anna", 40) for _ in range(5)]
    assert [is_refused(task) for task in tasks] == [False, False, False, True, True]
    await reader.finish()
    assert not is_refused(await reader.start("anna", 40))  # one is being read, and waits no more


async def test_a_document_larger_than_the_room_is_read_where_none_waits() -> None:
    reader = Reader(Room(size=10))
    large = await reader.start("anna", 1_000)
    await reader.finish()
    assert large.done()
    assert not large.exception()


@pytest.mark.parametrize("room", [Room(size=100), Room(documents=10)])
async def test_who_has_most_waiting_makes_room_for_others(room: Room) -> None:
    reader = Reader(room)
    size = 10
    many = [await reader.start("anna", size) for _ in range(8)]
    few = [await reader.start("bernard", size) for _ in range(3)]
    other = await reader.start("chloé", size)
    assert [is_refused(task) for task in many] == [False] * 7 + [True]
    assert not any(map(is_refused, [*few, other]))
    await reader.finish(11)
    assert reader.order.count("chloé") == 1
    assert reader.order.index("chloé") == 2


async def test_who_has_as_much_waiting_as_others_is_refused() -> None:
    reader = Reader(Room(documents=2))
    for by in ("anna", "bernard", "chloé"):
        await reader.start(by)
    assert is_refused(await reader.start("didier"))


async def test_one_who_leaves_the_line_gives_back_place_and_turn() -> None:
    reader = Reader(Room(documents=2))
    being_read, waiting, other = [await reader.start(by) for by in ("anna", "bernard", "chloé")]
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    last = await reader.start("didier")
    await reader.finish()
    being_read.cancel()
    other.cancel()  # called, and gone before it begins
    await asyncio.gather(being_read, other, return_exceptions=True)
    await reader.finish()
    assert reader.order[-1] == "didier"
    assert last.done()


async def test_a_turn_that_comes_to_one_who_has_just_left_is_not_lost() -> None:
    reader = Reader()
    first = await reader.start("anna")
    leaving = await reader.start("bernard")
    first.cancel()
    while not reader.line._under_way["bernard"]:  # noqa: ASYNC110 - the turn is his, and he does not know yet
        await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(first, leaving, return_exceptions=True)
    await reader.start("chloé")
    assert reader.order[-1] == "chloé"


async def test_the_bytes_of_an_attachment_are_taken_once_there_is_room_for_them() -> None:
    reader = Readers(room=Room(size=1_000))
    taken: list[str] = []
    is_let_go = asyncio.Event()

    async def arrive() -> Document:
        taken.append("bytes")
        await is_let_go.wait()
        return NOTE

    arriving = asyncio.create_task(reader.read_arriving(arrive, 700, by="anna"))
    await settle()
    with pytest.raises(Refused):
        await reader.read_arriving(arrive, 700, by="bernard")
    assert taken == ["bytes"]
    is_let_go.set()
    assert (await arriving).article.text.startswith("Le contrat")
    assert (await reader.read_arriving(arrive, 700, by="bernard")).article.text.startswith("Le contrat")


async def test_an_attachment_is_weighed_when_it_is_there() -> None:
    reader = Readers(room=Room(size=1_000))

    async def arrive() -> Document:
        return Document(b"Le contrat. " * 100, "note.txt")

    line = reader._line
    async with line.place("anna", 10), line.place("bernard", 10):
        with pytest.raises(Refused):
            await reader.read_arriving(arrive, 10, by="chloé")


async def test_stages_are_told_as_an_attachment_arrives() -> None:
    told: list[object] = []

    async def arrive() -> Document:
        told.append("arriving")
        return NOTE

    reading = await Intake().arriving(arrive, len(NOTE.data), by="anna", watch=told.append)
    assert reading.article.text.startswith("Le contrat")
    assert told == ["arriving", Stage.READING]


async def test_fetches_of_many_who_wait_leave_room_for_one_more_person() -> None:
    turns = Turns(Policy(at_once=4, waiting=8))
    order: list[str] = []
    ended = asyncio.Event()

    async def fetch(by: str) -> None:
        async with turns.take(by):
            order.append(by)
            await ended.wait()

    many = [asyncio.create_task(fetch(by)) for by in ("anna", "bernard") for _ in range(6)]
    await settle()
    other = asyncio.create_task(fetch("chloé"))
    await settle()
    assert [is_refused(task) for task in many].count(True) == 1
    many[0].cancel()
    await settle()
    assert order[-1] == "chloé"
    ended.set()
    await asyncio.gather(*many, other, return_exceptions=True)
    assert not is_refused(other)
