"""What drafts are called on the command line: by the id of the source that each will be, where that is enough."""

from collections import Counter
from typing import TYPE_CHECKING

from index.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.moderating.model import Waiting

_LONGEST = 80  # characters that an error repeats


def called(waiting: "Sequence[Waiting]") -> "Iterator[tuple[str, Waiting]]":
    """Yield drafts, each with what it is called: the id of its source, or its own where several are of one source."""
    counts = Counter(draft.source.id for draft in waiting)
    for draft in waiting:
        yield (draft.source.id if counts[draft.source.id] == 1 else draft.id), draft


def find(waiting: "Sequence[Waiting]", name: str) -> str:
    """Return the id of the draft that is called so, or has this id. Raises ``NotFound``."""
    names = {calling: draft.id for calling, draft in called(waiting)} | {draft.id: draft.id for draft in waiting}
    if name not in names:
        raise NotFound(f"No draft called “{name[:_LONGEST]}” waits here; `sourcier drafts` lists those that do.")
    return names[name]
