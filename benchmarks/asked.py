"""Libraries to ask questions of whose answers are known."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from index.collections import Collector
from index.figures.kinds import Review
from index.library import Library
from index.reading.batches import File, in_folder

BY = "benchmark"  # who adds the articles


@asynccontextmanager
async def open_with(folder: Path, articles: Path | None, *, approved: bool = True) -> AsyncIterator[Library]:
    """Open a new library with the seeds, and with the articles of a folder, their figures approved or not."""
    async with await Library.open(folder, "write") as library:
        if articles is not None:
            collector = await Collector.on(library, by=BY)
            for item in in_folder(articles):
                if isinstance(item, File) and item.path.name != "README.md":
                    collected = await collector.keep(await collector.read(item))
                    if approved:
                        figures = [figure.id for figure in await library.reviews.found_in(collected.source.id)]
                        await library.reviews.decide(figures, Review.APPROVED, by=BY)
        yield library
