"""Shelves with something of everything, their files, and these files written otherwise."""

import gzip
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from index.errors import SourcierError
from index.figures.deals import Wording
from index.figures.kinds import DealKind, Review
from index.library import Library
from index.model import Article, Basis, State
from index.moderating.correcting import Correction
from index.moderating.goldens import Golden
from index.moderating.model import Every, Look, Page
from index.store import pages, sources

HERE = "discord-1"
_SENTENCES = (
    "OpenAI loue {n} GW de puissance de calcul à Oracle.",
    "Le contrat coûte {n} milliards de dollars par an à partir de 2028.",
    "Le phare de Cordouan fut achevé en 16{n:02d} par Louis de Foix.",
    "Crusoe a acheté environ {n} 000 puces « GB200 » pour son site d’Abilene\u00a0; c’est beaucoup.",
    "Rien à compter ici, sinon 🎉 et l’été.",
    "- Le point {n}\n- Le point suivant",
    "## Une partie {n}",
)


async def fill(library: Library, chance: Random, shelf: str = HERE) -> None:
    """Put something of everything on a shelf, by what moderators do."""
    for number in range(chance.randint(1, 3)):
        name = f"source-{number}"
        for version in range(chance.randint(1, 2)):
            await library.add(_article(chance, f"Titre {number}"), by=f"ann {version}", shelf=shelf, source_id=name)
        await _review(library, chance, name, shelf)
        await _watch(library, chance, name, shelf)
        for _ in range(chance.randint(0, 2)):
            await library.remove(name, by="bob", shelf=shelf)
            if chance.random() < 0.5:
                await library.restore(name, by="cid", shelf=shelf)
        await library.goldens.add(Golden(question=f"Combien {number} ?", source=name), by="dan", shelf=shelf)
    await library.goldens.add(Golden(question="Combien ?", figure="4.5 GW"), by="dan", shelf=shelf)
    if any(source.state is State.LIVE for source in await library.own(shelf)):
        golden = Golden(question="Combien de GW ?", sentence="OpenAI loue 7 GW de puissance de calcul à Oracle.")
        await library.goldens.add(golden, by="dan", shelf=shelf)
    for setting, value in (("language", "fr"), ("channels", "12 34")):
        await library.memory.prefer(shelf, setting, value)
    await library.journal.note_setting(shelf, "language", "fr", by="eve")


def _article(chance: Random, title: str) -> Article:
    told = [chance.choice(_SENTENCES).format(n=chance.randint(2, 99)) for _ in range(chance.randint(3, 9))]
    return Article(
        text=chance.choice(["", "# Titre\n\n", "\ufeff"]) + "\n\n".join([*told, _SENTENCES[0].format(n=7)]),
        title=title,
        title_basis=chance.choice(list(Basis)),
        language=chance.choice(["fr", "en"]),
        publisher=chance.choice([None, "Écho"]),
        author=chance.choice([None, "Ann O’Nyme"]),
        credit=chance.choice([None, "via\u00a0: Écho"]),
        url=chance.choice([None, "https://example.org/été?a=1&b=2"]),
        published=chance.choice([None, "2025", "2025-07-02"]),
        markdown=chance.random() < 0.5,
    )


async def _review(library: Library, chance: Random, source: str, shelf: str) -> None:
    for figure in await library.reviews.found_in(source, shelf):
        decision = chance.choice([None, Review.APPROVED, Review.REJECTED])
        if decision is not None:
            await library.reviews.decide([figure.id], decision, by="ann", shelf=shelf)
        if chance.random() < 0.3:
            await library.reviews.correct(figure.id, Correction(deals=("amd",)), by="bob", shelf=shelf)
        if chance.random() < 0.3:
            name = Wording(fr=f"Accord {figure.id}", en=f"Deal {figure.id}")
            deal = await library.reviews.make_deal(name, DealKind.PLAN, figure.id, by="cid", shelf=shelf)
            if chance.random() < 0.5:
                await library.reviews.drop_deal(deal.id, by="dan", shelf=shelf)


async def _watch(library: Library, chance: Random, source: str, shelf: str) -> None:
    """Keep a page of a source, as one that was read from there has."""
    page = Page(url="https://example.org/a", etag=chance.choice([None, 'W/"1"']), last_modified=None)
    at = datetime(2026, 4, 1, 12, 30, 15, 5)  # noqa: DTZ001 - as the store keeps it
    async with library._store.write() as connection:
        row = await sources.find_on(connection, shelf, source)
        assert row is not None
        await pages.put(connection, row["key"], page, at=at)
        if chance.random() < 0.5:
            await pages.plan(connection, row["key"], Every.WEEKLY, at)
            await pages.note(connection, row["key"], Look.UNCHANGED, at=at, due_at=at)


def read(file: Path) -> list[dict[str, Any]]:
    """The lines of a file."""
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]


def write(file: Path, lines: Iterable[dict[str, Any]]) -> Path:
    """Write such lines to a file."""
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    file.write_bytes(gzip.compress(data.encode()))
    return file


def content(file: Path) -> list[dict[str, Any]]:
    """The lines of a file but for what each export says of itself, and what an import adds; figures without ids."""
    header, *lines = read(file)
    kept = [line for line in lines if (line["kind"], line.get("act")) != ("act", "imported")]
    counts = header["counts"] | {"acts": sum(line["kind"] == "act" for line in kept)}
    about = {name: value for name, value in header.items() if name not in {"at", "counts"}}
    return [about | {"counts": counts}, *(line | ({"id": ""} if line["kind"] == "figure" else {}) for line in kept)]


async def export(library: Library, file: Path, shelf: str = HERE) -> Path:
    await library.exchange.export(file, shelf, release="test", overwrite=True)
    return file


async def is_refused(library: Library, file: Path, shelf: str | None = None) -> str:
    """Import what is to be refused; return why it is."""
    try:
        await library.exchange.import_(file, shelf, by="test")
    except SourcierError as error:
        return str(error)
    return ""
