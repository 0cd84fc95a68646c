"""What a writer that is killed does with dossier after dossier, and what must be there after each of its acts."""

from typing import Any, NamedTuple, Self

from index.figures.kinds import Review
from index.library import Library
from index.model import Article, Source, State
from index.moderating.model import Waiting
from index.reading.document import Kind, Reading

SHELF = "discord-1"


class Seen(NamedTuple):
    """How a dossier stands: its state and version, how many drafts of it wait, and what was said of its figure."""

    state: State | None = None
    version: int = 0
    drafts: int = 0
    author: str | None = None
    review: Review | None = None


def name(number: int) -> str:
    """Return the id of a dossier."""
    return f"dossier-{number}"


def reading(number: int, version: int = 1) -> Reading:
    """Return a dossier as it is read: twelve sentences with words of their own, and a figure."""
    lines = [f"Le dossier {number} raconte la ligne {line} de son histoire, mot{number}x{line}." for line in range(12)]
    lines[6] = f"La centrale de Valmont fournira {number + 100} MW au dossier {number}."
    lines.append(f"Il s’agit de la version{number}v{version}.")
    return Reading(article=Article(text="\n\n".join(lines), title=f"Dossier {number}", language="fr"), kind=Kind.TEXT)


def plan(number: int) -> list[str]:
    """Return what is done with a dossier, act by act."""
    if number % 8 == 0:
        return ["add", "remove", "restore"]
    if number % 11 == 0:
        return ["import", "remove"]
    acts = ["draft", *(["edit"] if number % 4 == 1 else []), "review"]
    if number % 7 == 0:
        return [*acts, "discard"]
    acts.append("approve")
    if number % 3 == 0:
        acts.append("remove")
    if number % 6 == 0:
        acts.append("restore")
    if number % 5 == 0 and number % 3:
        acts += ["draft again", "approve again"]
    return acts


def after(number: int, done: int) -> Seen:
    """Return how a dossier stands after so many of its acts."""
    seen = Seen()
    for act in plan(number)[:done]:
        if act == "discard":
            seen = Seen()
        elif act == "edit":
            seen = seen._replace(author=f"Auteur {number}")
        elif act == "draft again":
            seen = seen._replace(drafts=1)
        else:
            seen = seen._replace(**_CHANGES[act])
        if act.startswith("approve"):
            seen = seen._replace(version=seen.version + 1, author=seen.author if act == "approve" else None)
    return seen


_CHANGES: dict[str, dict[str, Any]] = {
    "import": {"state": State.LIVE, "version": 1, "review": Review.EXTRACTED},
    "add": {"state": State.LIVE, "version": 1, "review": Review.EXTRACTED},
    "draft": {"drafts": 1, "review": Review.EXTRACTED},
    "review": {"review": Review.APPROVED},
    "approve": {"state": State.LIVE, "drafts": 0},
    "approve again": {"state": State.LIVE, "drafts": 0},
    "remove": {"state": State.REMOVED},
    "restore": {"state": State.LIVE},
}


class Observed:
    """How all dossiers stand in a store to which nobody writes."""

    def __init__(self, library: Library, standing: list[Source], waiting: list[Waiting]) -> None:
        self._library = library
        self._standing = {source.id: source for source in standing}
        self._waiting = waiting

    @classmethod
    async def of(cls, library: Library) -> Self:
        return cls(library, await library.own(SHELF), await library.drafts.waiting(SHELF))

    async def seen(self, number: int) -> Seen:
        """Return how a dossier stands."""
        standing = self._standing.get(name(number))
        waiting = [draft for draft in self._waiting if draft.source.id == name(number)]
        if standing is not None:
            figures = await self._library.reviews.found_in(standing.id, SHELF)
            seen = Seen(standing.state, standing.version, len(waiting), standing.author)
        elif waiting:
            draft = await self._library.drafts.draft(waiting[0].id, SHELF)
            figures = list(draft.figures)
            seen = Seen(drafts=len(waiting), author=draft.source.author)
        else:
            return Seen()
        return seen._replace(review=next(figure.review for figure in figures if figure.unit == "W"))
