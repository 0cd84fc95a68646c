"""The names of deals that moderators make: as they are stored, and not those of another deal.

A name of a deal is looked for in every question, so it has to say something: no bare numbers, no words like *the*.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b

from index.errors import BadInput
from index.figures.deals import Aliases, Deal, Wording
from index.figures.names import plain
from index.language.analysis import is_stopword
from index.naming import slug
from index.reading.cleaning import clean_line

LONGEST = 80
"""Characters of a name."""

MOST_ALIASES = 10

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[a-z]")
_STEM = 52  # characters of an id that get a number behind them


def cleaned(name: Wording) -> Wording:
    """Return a deal's name as it is stored. Raises ``BadInput`` where it is too long or says too little."""
    return Wording(fr=_checked(name.fr), en=_checked(name.en))


def other_names(aliases: Sequence[str], name: Wording) -> Aliases:
    """Return what else people call a deal, in either language. Raises ``BadInput`` as ``cleaned`` does."""
    if len(aliases) > MOST_ALIASES:
        raise BadInput(
            "A deal has at most {most} other names; these are {count}.", most=MOST_ALIASES, count=len(aliases)
        )
    main = {compared(name.fr), compared(name.en)}
    told = {compared(spelt): spelt for spelt in map(_checked, aliases)}
    others = tuple(spelt for key, spelt in told.items() if key not in main)
    return Aliases(fr=others, en=others)


def free_id(name: str, taken: Collection[str]) -> str:
    """Return an id made of a name that no deal has yet."""
    wanted = slug(name) if _LATIN.search(plain(name)) else f"deal-{blake2b(name.encode(), digest_size=4).hexdigest()}"
    number, found = 2, wanted
    while found in taken:
        found, number = f"{wanted[:_STEM].rstrip('-')}-{number}", number + 1
    return found


def refuse_taken(deal: Deal, others: Iterable[Deal]) -> None:
    """Raise ``BadInput`` where a name of a deal means another one already."""
    taken = {compared(name): other for other in others for name in other.names}
    for name in deal.names:
        if (other := taken.get(compared(name))) is not None:
            raise BadInput("“{name}” is a name of the deal {deal} already.", name=name, deal=other.id)


def compared(name: str) -> str:
    """Return a name as it is compared: what looks the same is the same."""
    return plain(unicodedata.normalize("NFKC", name))


def _checked(name: str) -> str:
    name = clean_line(name)
    if len(name) > LONGEST:
        raise BadInput(
            "A deal’s name has at most {most} characters; this one has {count}.", most=LONGEST, count=len(name)
        )
    if not _LETTER.search(name) or all(_is_common(word) for word in plain(name).split()):
        raise BadInput("“{name}” says too little to be the name of a deal.", name=name)
    return name


def _is_common(word: str) -> bool:
    return is_stopword(word, "fr") or is_stopword(word, "en")
