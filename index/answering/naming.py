"""The names in a question or a statement, and what they do there: who pays, in whom a part is held."""

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet

from index.answering.ordinary import is_ordinary
from index.figures.ledger import Ledger
from index.figures.names import plain
from index.language.analysis import OTHER, WORD, fold, is_stopword
from index.language.colloquial import is_light
from index.language.dictionary import Lexicon
from index.ranking.formulation import PHRASE
from index.ranking.query import Query

_WORD = re.compile(r"[^\W_][\w&.-]*")
_LETTERS = 3
_REACH = 20  # characters in which a verb follows
_ACTS = re.compile(
    r"\s+(?:a|est|va|veut|loue|paie|paye|verse|detient|prevoit|vend|achete|investit|leve|fournit|aurait|rents?|pays?|paid"
    r"|owns?|raise[sd]?|invest(?:s|ed)|will|has|had|is|was|plans?|buys?|bought|spends?|spent|sells?|sold|provides?"
    r"|supplies|holds?|gets?|could|would|may)\b"
)
_TIMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday"
    " thursday friday saturday sunday janvier fevrier mars avril mai juin juillet aout septembre octobre novembre"
    " decembre lundi mardi mercredi jeudi vendredi samedi dimanche".split()
)
_HELD_IN = re.compile(r"\b(?:dans|in)\s+(?P<what>(?:[\w-]+[\s'\u2019]+){0,9}[\w-]+)")
_HELD_OF = re.compile(r"(?:\b(?:de|du|des|of)\s+|\bd['\u2019])(?P<what>[\w-]+)")
_HELD_OWN = re.compile(
    r"\b(?:own|hold|get|buy|take|acquir|receiv)(?:s|e|es|ed|ing)?\s+(?:[\w-]+\s+){0,2}?(?P<what>[\w-]+)\s+"
    r"(?:shares?|stock|equity)\b"
    r"|\b(?:actions|parts)\s+(?P<which>[\w-]+)"
)
_HOLDS = re.compile(
    r"%|\b(?:part\w*|stakes?|shares?|actions|own\w*|detien\w*|detenir|possed\w*|hold\w*|capital|percent\w*|pourcent\w*)"
)
_PAYS = re.compile(r"\b(?:pa(?:ie|ye)\w*|pay(?:s|ing)?|paid|verse\w*|rembourse\w*|spends?)\b")


def names_in(text: str, ledger: Ledger) -> frozenset[str]:
    """Return the words of names in a text, in small letters without accents.

    These are words with a capital inside a sentence, or at its beginning where no dictionary has them, unless the whole
    text has capitals; and the names of parties however they are written.
    """
    found = set()
    shouted = text.isupper()
    start = True
    for match in _WORD.finditer(text):
        word = plain(match[0])
        capital = match[0][0].isupper() and not shouted
        acts = start and _ACTS.match(fold(text[match.end() : match.end() + _REACH].casefold())) is not None
        inside = capital and (not start or acts or not is_ordinary(word))
        start = text[match.end() : match.end() + 3].strip()[:1] in {".", "!", "?", ":", "\n"}
        if word in ledger.parties or (inside and _is_name(match[0], word)):
            found.add(word)
    return frozenset(found)


def whole_names(words: AbstractSet[str], question: str) -> list[frozenset[str]]:
    """Return the names of a question, of the words of names that it has: those side by side are one, *San Laredo*."""
    found: list[frozenset[str]] = []
    end = -1
    for place, match in enumerate(_WORD.finditer(question)):
        if own := words & frozenset(WORD.findall(plain(match[0]))):
            found[-1:] = [found[-1] | own] if place == end else [*found[-1:], frozenset(own)]
            end = place + 1
    return found


def named_by_rarity(query: Query, worth: Sequence[float], lexicon: Lexicon) -> frozenset[str]:
    """Return the words of a question that sources have and no dictionary has: names, most likely."""
    found = {fold(group.word) for group, value in zip(query, worth, strict=True) if value and group.space != PHRASE}
    return frozenset(
        word
        for word in found
        if len(word) >= _LETTERS
        and not any(is_light(word, tongue) for tongue in OTHER)
        and not any(letter.isdigit() for letter in word)
        and not is_ordinary(word, lexicon)
    )


def _is_name(written: str, word: str) -> bool:
    """Tell whether a word with a capital is a name: not an abbreviation such as GW, nor a common word."""
    if word in _TIMES or len(word) < _LETTERS or " " in word or any(letter.isdigit() for letter in word):
        return False
    letters = written.removesuffix("s")  # GW, GPUs
    return not (is_stopword(word, "fr") or is_stopword(word, "en")) and not (
        letters.isupper() and len(letters) == _LETTERS
    )


def held_in(text: str, parties: Collection[str]) -> str | None:
    """Return the party in which a part is held by a text's words.

    As in *49 % of X*, *une participation de 10 % dans X* and *own X shares*.
    """
    folded = fold(text.casefold())
    holds = _HOLDS.search(folded)
    if holds is None:
        return None
    for pattern in (_HELD_IN, _HELD_OWN, _HELD_OF):
        told: list[str] = [
            word for match in pattern.finditer(folded) for word in re.findall(r"[\w-]+", match[match.lastgroup or 0])
        ]
        if (name := next((word for word in told if word in parties), None)) is not None:
            return name
    return None


def payer_in(text: str, parties: Collection[str]) -> str | None:
    """Return the party that pays by a text's words: the first one that is named, where it stands before another."""
    folded = fold(text.casefold())
    if _PAYS.search(folded) is None:
        return None
    named = [match[0] for match in re.finditer(r"[\w-]+", folded) if match[0] in parties]
    return named[0] if len(set(named)) > 1 else None
