"""Terms as 64-bit keys, and texts as bags of them.

Every token gives three terms, one in each term space: its stem (``s:``), its first six letters (``p:``) and its
whole form (``x:``). The length of a text in terms is therefore three times its length in tokens, and the ratio to
the mean length, which is all that BM25 uses, is that of the tokens.

A shelf needs no dictionary of its words: a term is known by 44 bits of its BLAKE2b digest, shifted left by 20 so
that the low bits are free for a document's number while postings are sorted. Among half a million distinct terms,
the chance that a given word of a question meets another word's key is about 3e-8; a quote is never found by its
key, so such an accident could only touch a score.
"""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from index.language.analysis import Forms, forms, tokens
from index.model import Language
from index.ranking.segment import NUMBER_BITS, Keys

VERSION = 4
"""Raised whenever the same text gives other terms; stored terms of another version are computed anew."""


@lru_cache(maxsize=1 << 16)
def key(term: str) -> int:
    """Return the key of a term: 44 bits of digest, then 20 zero bits."""
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=6).digest()) >> 4 << NUMBER_BITS


def keys(found: Forms) -> tuple[int, int, int]:
    """Return the term keys of a token's forms: stem, prefix, exact."""
    return key(f"s:{found.stem}"), key(f"p:{found.prefix}"), key(f"x:{found.exact}")


def exact_key(word: str) -> int:
    """Return the key of a whole word in small letters without accents."""
    return key(f"x:{word}")


@lru_cache(maxsize=1 << 16)
def token_keys(token: str, language: Language) -> tuple[int, int, int]:
    """Return the term keys of a token: stem, prefix, exact."""
    return keys(forms(token, language))


def bag(texts: Iterable[str], language: Language) -> Keys:
    """Return the term keys of texts that are indexed together, as (3 x tokens,) uint64."""
    found = [token_keys(token, language) for text in texts if text for token in tokens(text, language)]
    return np.array(found, dtype=np.uint64).reshape(-1)
