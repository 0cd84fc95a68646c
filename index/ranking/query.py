"""A question as the ranker sees it: weighted groups of interchangeable terms."""

from typing import NamedTuple


class Alternative(NamedTuple):
    """One way to meet a group: every one of ``terms`` (term keys) in the passage, counted ``factor`` times.

    ``form`` is what the terms are the keys of, for those who read an explanation.
    """

    terms: tuple[int, ...]
    factor: float = 1.0
    form: str = ""


Plain = tuple[tuple[int, ...], float, str]
"""An ``Alternative`` as the plain tuple that it is: those of many words cost the garbage collector nothing, which
passes over tuples of plain values."""


class Group(NamedTuple):
    """A term of the question with its translations and variants, scored as if it were a single term.

    The alternatives pool their term frequency, each times its factor, and share one document frequency, that of
    their union (Pirkola, "The effects of query structure and dictionary setups in dictionary-based cross-language
    information retrieval", SIGIR 1998). ``word`` is the question's word (or term of several words) that the group
    stands for, ``space`` the form in which it is sought.
    """

    alternatives: tuple[Plain, ...]
    weight: float = 1.0
    word: str = ""
    space: str = ""


Query = tuple[Group, ...]
