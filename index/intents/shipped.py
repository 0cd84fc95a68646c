"""The intents that come with Sourcier, as they were counted.

To count some seventy thousand lines takes seconds, so it is done by ``python -m index.intents``, which writes
``shipped.npz``; a test holds that file against what the lines come to today.
"""

import io
from functools import cache
from importlib.resources import files

import numpy as np

from index.intents.counting import Counted, Evidence, count
from index.intents.matching import Intents
from index.intents.reading import written

_FILE = "shipped.npz"


@cache
def intents() -> Intents:
    """Return the intents, to be held against questions. Reads a file: not for the event loop."""
    return Intents(shipped())


def shipped() -> Counted:
    """Return what was counted."""
    with np.load(io.BytesIO((files("index.intents") / _FILE).read_bytes())) as kept:
        arrays = {name: kept[name] for name in kept.files}
    asked, said = (
        Evidence(
            arrays[f"{side}_terms"],
            arrays[f"{side}_starts"],
            arrays[f"{side}_intents"].astype(np.int32),
            arrays[f"{side}_weights"].astype(np.float32),
        )
        for side in ("asked", "said")
    )
    return Counted(asked, said, arrays["kinds"])


def counted_now() -> Counted:
    """Read the files and count them, which takes some seconds. Raises ``BadInput`` with one sentence."""
    return count(written())


def as_file(counted: Counted) -> bytes:
    """Return what was counted as the file has it."""
    arrays: dict[str, np.typing.NDArray[np.generic]] = {"kinds": counted.kinds}
    for side, evidence in (("asked", counted.asked), ("said", counted.said)):
        arrays |= {f"{side}_terms": evidence.terms, f"{side}_starts": evidence.starts}
        arrays[f"{side}_intents"] = evidence.intents.astype(np.int16)
        arrays[f"{side}_weights"] = evidence.weights.astype(np.float16)
    written_to = io.BytesIO()
    np.savez_compressed(written_to, **arrays)  # type: ignore[arg-type]
    return written_to.getvalue()
