"""The intents that come with Sourcier, as they were counted.

To count some seventy thousand lines takes seconds, so it is done by ``python -m index.intents``, which writes
``shipped.npz``; a test holds that file against what the lines come to today.
"""

import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from index.intents.counting import Counted, Evidence, count
from index.intents.matching import Intents
from index.intents.reading import written
from index.intents.usual import Usual, count_words
from index.model import Language

_FILE = "shipped.npz"


@cache
def intents() -> Intents:
    """Return the intents, to be held against questions. Reads a file: not for the event loop."""
    return Intents(shipped())


@cache
def usual(language: Language) -> Usual:
    """Return the usual words of a language. Reads a file: not for the event loop."""
    arrays = _arrays(f"{language}_words", f"{language}_often")
    words = arrays[f"{language}_words"].tobytes().decode().split("\n")
    return dict(zip(words, arrays[f"{language}_often"].tolist(), strict=True))


def shipped() -> Counted:
    """Return what was counted."""
    arrays = _arrays(*(f"{side}_{part}" for side in ("asked", "said") for part in Evidence._fields), "kinds")
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


def counted_now() -> tuple[Counted, Mapping[Language, Usual]]:
    """Read the files and count them, which takes some seconds. Raises ``BadInput`` with one sentence."""
    intents_ = written()
    return count(intents_), count_words(intents_)


def as_file(counted: Counted, words: Mapping[Language, Usual]) -> bytes:
    """Return what was counted as the file has it."""
    arrays: dict[str, np.typing.NDArray[np.generic]] = {"kinds": counted.kinds}
    for language, usual_ in words.items():
        arrays[f"{language}_words"] = np.frombuffer("\n".join(usual_).encode(), np.uint8)
        arrays[f"{language}_often"] = np.array(list(usual_.values()), np.int32)
    for side, evidence in (("asked", counted.asked), ("said", counted.said)):
        arrays |= {f"{side}_terms": evidence.terms, f"{side}_starts": evidence.starts}
        arrays[f"{side}_intents"] = evidence.intents.astype(np.int16)
        arrays[f"{side}_weights"] = evidence.weights.astype(np.float16)
    written_to = io.BytesIO()
    np.savez_compressed(written_to, **arrays)  # type: ignore[arg-type]
    return written_to.getvalue()


def _arrays(*names: str) -> dict[str, np.typing.NDArray[Any]]:
    """Return some of the file's arrays."""
    with np.load(io.BytesIO((files("index.intents") / _FILE).read_bytes())) as kept:
        return {name: kept[name] for name in names}
