"""Questions that mean the same, put together: whatever their order of words, accents, typing errors and politeness.

Two questions are taken for the same one where they want the same kind of answer and have the same words that carry
meaning, names and numbers among them. What only one of them has may be a word that adds little (*par an*, *amount*).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from index.answering.kinds import Kind
from index.answering.wanting import wanted
from index.language.analysis import OTHER, fold, forms, is_stopword, words
from index.language.dictionary import shipped
from index.model import Language

_LONGEST = 600  # characters of a question that count
_MOST_WORDS = 24  # of them
_MOST_UNSURE = 3_000  # words that may be misspelt: what is asked in vain may be anything
_CORE = 2  # words that two questions share at least where one has a word more

# Letters from which on a word may have one wrong, or two: beside a word that is known, or beside one that is not.
_ONE, _TWO = 5, 8
_ONE_UNKNOWN, _TWO_UNKNOWN = 6, 9

_ASKING = frozenset("combien comment pourquoi quand quelle quelles which where".split())
_TURNING = frozenset("avant apres before after sans without pas non not no jamais never moins less".split())
"""Words of the stop lists that make another question."""

_IDLE = frozenset(
    "svp stp please pls plz merci thanks bonjour salut hello hey voudrais aimerais savoir sais know tell dites"
    " exactement precisement exactly precisely actuellement currently aujourd'hui today maintenant now vraiment really"
    " deja already info infos information informations"
    " koi quoi kel kelle kels ki ke pk pq cb cbn cmb combient kan qd pr ds wat wen wich wht hwo mcuh muhc mutch".split()
)
"""What says nothing of what is asked: courtesies, and asking words as people type them in a hurry."""

_BESIDE = frozenset(
    "an ans annee annees annuel annuelle annuels annuelles annuellement mois mensuel mensuelle year years yearly annual"
    " annually month monthly total totale montant montants somme sommes amount amounts sum argent money nombre number"
    " environ approximativement approximately entreprise societe compagnie company firm contrat contract accord deal"
    " agreement".split()
)
"""Words that a question may have more than another one that means the same."""

_DIRECTED = frozenset(
    "pai paid vers vend sell sold lou rent invest pret lend loan achet buy bought acquir rachet financ fourni fourniss"
    " suppli provid giv donn verser".split()
)
"""Verbs, as they are compared, with which it matters who is named first."""

_BY = frozenset({"par", "by"})


class Asked(NamedTuple):
    """A question, and the language in which it was understood."""

    text: str
    language: Language


class _Meaning(NamedTuple):
    """What makes a question the same as another one; ``who``: the first two names, where their order matters."""

    core: frozenset[str]
    beside: frozenset[str]
    kind: Kind
    who: tuple[str, ...]


class _Vocabulary(NamedTuple):
    """The words of some questions: those of a language, those that are surely names, and what misspelt ones mean."""

    common: frozenset[str]
    names: frozenset[str]
    meant: Mapping[str, str]

    def is_name(self, word: str) -> bool:
        """Tell whether a word is a name, which no dictionary has or which is known to be one."""
        return word in self.names or word not in self.common


def group(
    questions: Sequence[Asked], names: Collection[str] = (), give_way: Callable[[], None] = lambda: None
) -> list[list[int]]:
    """Return the places of the questions, those that mean the same together, in the order of their first.

    ``names``: words that are surely spelt right, in small letters without accents; ``give_way`` is called between the
    questions. Takes some tens of microseconds for each, a few hundred where all of its words are unheard of.
    """
    places: dict[Asked, list[int]] = {}
    for place, question in enumerate(questions):
        places.setdefault(question, []).append(place)
    read = {question: _words(question) for question in _in_turn(places, give_way)}
    vocabulary = _vocabulary(Counter(word for written in read.values() for word in set(written)), frozenset(names))
    meanings = {question: _meaning(question, read[question], vocabulary) for question in _in_turn(read, give_way)}
    same = [[place for question in alike for place in places[question]] for alike in _alike(meanings)]
    return sorted((sorted(found) for found in same), key=lambda found: found[0])


def _in_turn(questions: Iterable[Asked], give_way: Callable[[], None]) -> Iterator[Asked]:
    for question in questions:
        give_way()
        yield question


def _alike(meanings: Mapping[Asked, _Meaning]) -> Iterator[list[Asked]]:
    """Yield the questions that mean the same; the plainest one says what all in a group have."""
    by_core: dict[frozenset[str], list[Asked]] = {}
    for question, meaning in meanings.items():
        by_core.setdefault(meaning.core, []).append(question)
    for questions in by_core.values():
        groups: list[tuple[_Meaning, list[Asked]]] = []
        for question in sorted(questions, key=lambda one: _plainness(meanings[one])):
            meaning = meanings[question]
            for place, (first, members) in enumerate(groups):
                if _agree(first, meaning):
                    members.append(question)
                    groups[place] = (_joined(first, meaning), members)
                    break
            else:
                groups.append((meaning, [question]))
        yield from (members for _, members in groups)


def _plainness(meaning: _Meaning) -> tuple[int, bool, bool]:
    return len(meaning.beside), meaning.kind is Kind.ANYTHING, not meaning.who


def _agree(first: _Meaning, other: _Meaning) -> bool:
    """Tell whether two questions of one core mean the same: what is not said by one of them is no disagreement."""
    kinds = {first.kind, other.kind} - {Kind.ANYTHING}
    directions = {first.who, other.who} - {()}
    return first.beside <= other.beside and len(kinds) <= 1 and len(directions) <= 1


def _joined(first: _Meaning, other: _Meaning) -> _Meaning:
    kind = other.kind if first.kind is Kind.ANYTHING else first.kind
    return first._replace(kind=kind, who=first.who or other.who)


def _words(question: Asked) -> list[str]:
    """Return the words of a question without accents."""
    return [fold(word) for word in words(question.text[:_LONGEST], question.language)][:_MOST_WORDS]


def _meaning(question: Asked, written: Sequence[str], vocabulary: _Vocabulary) -> _Meaning:
    meant = [vocabulary.meant.get(word, word) for word in written]
    compared = {word: _compared(word, vocabulary) for word in meant if _says(word, question.language)}
    every = frozenset(compared.values()) or frozenset({" ".join(written) or question.text})
    beside = frozenset(form for word, form in compared.items() if word in _BESIDE)
    if len(every - beside) < _CORE:
        beside = frozenset()
    who = () if _DIRECTED.isdisjoint(every) else tuple(_named(meant, compared, vocabulary))[:2]
    return _Meaning(every - beside, beside, wanted(question.text[:_LONGEST]), who if len(who) > 1 else ())


def _says(word: str, language: Language) -> bool:
    """Tell whether a word says something of what is asked."""
    if word in _TURNING:
        return True
    return word not in _IDLE and word not in _ASKING and not is_stopword(word, language)


def _named(written: Sequence[str], compared: Mapping[str, str], vocabulary: _Vocabulary) -> Iterable[str]:
    """Return the names in a question in their order, as they are compared; by whom something is done comes first."""
    found: dict[str, None] = {}
    first: dict[str, None] = {}
    for before, word in pairwise(["", *written]):
        if word in compared and not _has_digit(word) and vocabulary.is_name(word):
            (first if before in _BY else found).setdefault(compared[word])
    return first | found


def _compared(word: str, vocabulary: _Vocabulary) -> str:
    """Return a word as it is compared: a common one by its stem, a name or a number as it is, but for a plural's s."""
    if _has_digit(word):
        return word
    if vocabulary.is_name(word):
        return word[:-1] if len(word) >= _ONE and word.endswith("s") else word
    return _stem(_stem(word, "en"), "fr").replace("y", "i")


def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(sign.isdigit() for sign in word)


def _is_common(word: str) -> bool:
    """Tell whether a word is one of a language, not a name: whether the lexicon or a stop list has it."""
    plain, stems = _lexicon()
    return word in plain or any(is_stopword(word, tongue) or _stem(word, tongue) in stems[tongue] for tongue in OTHER)


@cache
def _lexicon() -> tuple[frozenset[str], dict[Language, frozenset[str]]]:
    """Return the words of the lexicon, and the stems of each language's."""
    written = {tongue: frozenset(shipped().words(tongue)) for tongue in OTHER}
    stems = {tongue: frozenset(_stem(word, tongue) for word in written[tongue]) for tongue in OTHER}
    return written["fr"] | written["en"], stems


def _stem(word: str, tongue: Language) -> str:
    return forms(word, tongue).stem


def _vocabulary(said: Counter[str], names: frozenset[str]) -> _Vocabulary:
    """Return what is known of the words of some questions; ``said``: how many questions have each.

    Only a word that no dictionary has is taken for misspelt: for a name, for a common word that somebody asked with, or
    for what more people wrote.
    """
    common = frozenset(word for word in said if _is_common(word))
    unsure = [word for word, _ in said.most_common() if word.isalpha() and len(word) >= _ONE]
    unsure = [word for word in unsure if word not in common and word not in names and word not in _IDLE]
    right = _by_letter(names | _ASKING | common)
    new: dict[str, list[str]] = {}
    meant = {}
    for word in unsure[:_MOST_UNSURE]:
        nearest = _nearest(word, right, _ONE, _TWO) or _nearest(word, new, _ONE_UNKNOWN, _TWO_UNKNOWN)
        if nearest is None:
            new.setdefault(word[0], []).append(word)
        else:
            meant[word] = nearest
    return _Vocabulary(common, names, meant)


def _by_letter(known: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted(known):
        if len(word) >= _ONE - 1:
            found.setdefault(word[0], []).append(word)
    return found


def _nearest(word: str, known: Mapping[str, Sequence[str]], one: int, two: int) -> str | None:
    """Return the known word with the same first letter and at most one letter wrong, in a long one two."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    wrong = 2 if len(word) >= two else 1 if len(word) >= one else 0
    near = known.get(word[0])
    found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=wrong) if wrong and near else None
    return None if found is None else str(found[0])
