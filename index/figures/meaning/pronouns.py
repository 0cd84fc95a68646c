"""What *Il*, *Elle*, *It* stand for: the subject of the sentence before, or the contract or site that it names."""

from index.figures.grammar.phrases import keys_of
from index.figures.kinds import Metric
from index.figures.meaning import subjects
from index.figures.meaning.statements import Hit, Statement

# What a contract or a site has, rather than a company.
_OF_THINGS = frozenset(
    {Metric.CAPACITY, Metric.POWER_USE, Metric.UNITS, Metric.TOTAL_VALUE, Metric.ANNUAL_VALUE, Metric.DURATION}
)


def is_pronoun(statement: Statement, words: str) -> bool:
    """Tell whether the words of a figure's subject are a pronoun alone: *Il*, *They*."""
    keys = keys_of(words)
    found = statement.vocabulary.deal_pronouns.after([*keys, ""], 0)
    return found is not None and found.place == len(keys)


def antecedent(previous: Statement, pronoun: str, metric: Metric) -> str | None:
    """Return what a pronoun, the subject of a figure of some metric, stands for in the sentence before.

    Nothing where its gender and number fit nothing there.
    """
    subject = subjects.of_sentence(previous)
    if subject is None:
        return None
    articles = previous.vocabulary.stands_for.get(" ".join(keys_of(pronoun)), frozenset())
    words = subjects.words_of(previous, subject)
    if words is None or is_pronoun(previous, words):
        return None
    thing = _thing(previous, subject.last, articles)
    if is_name(previous, words):
        return subjects.words_of(previous, thing) if thing is not None and metric in _OF_THINGS else words
    return words if previous.tokens.keys[subject.first] in articles else None


def is_name(statement: Statement, words: str) -> bool:
    """Tell whether the words of a subject are a name, as no article is before them."""
    return words[:1].isupper() and keys_of(words)[0] not in statement.vocabulary.articles


def _thing(statement: Statement, first: int, articles: frozenset[str]) -> Hit | None:
    """Return the contract, site or the like that is named from a place on: *X signed a contract with Y*."""
    keys = statement.tokens.keys
    for place in range(first + 1, statement.last):
        if keys[place] in statement.vocabulary.deal_nouns and keys[place - 1] in articles:
            return Hit(place - 1, max(subjects.noun_phrase(statement, place), place + 1))
    return None
