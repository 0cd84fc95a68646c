"""Verbs of saying: *a annoncé*, *vient d'annoncer*, *indique*, *said*."""

from index.figures.meaning.statements import Hit, Statement

_MOST_ADVERBS = 3  # tokens from a helping verb to its participle
_PARTICIPLE = ("é", "ée", "és", "ées")


def reporting(statement: Statement) -> list[Hit]:
    """Return the verbs of saying in a statement, with their helping verbs, in its order."""
    found: list[Hit] = []
    place = statement.first
    while place < statement.last:
        hit = _helped(statement, place) or _alone(statement, place)
        if hit is None:
            place += 1
        else:
            found.append(hit)
            place = hit.last
    return found


def _helped(statement: Statement, helping: int) -> Hit | None:
    """Return a helping verb with the verb of saying after it, adverbs between passed over."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    if tokens.texts[helping].casefold() not in vocabulary.helping:
        return None
    for place in range(helping + 1, min(helping + 1 + _MOST_ADVERBS, statement.last)):
        found = vocabulary.said.after(tokens.keys, place)
        if found is not None:
            return Hit(helping, found.place) if found.place <= statement.last else None
        if tokens.keys[place] in vocabulary.announcing:
            return Hit(helping, place + 1)
        if tokens.keys[place] in vocabulary.articles - {"de"} or not statement.is_word(place):
            return None
    return None


def _alone(statement: Statement, place: int) -> Hit | None:
    """Return a verb of saying that needs no helping verb."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    found = vocabulary.says.after(tokens.keys, place)
    if found is None or found.place > statement.last or _is_noun(statement, place) or _is_passive(statement, place):
        return None
    return Hit(place, found.place)


def _is_noun(statement: Statement, place: int) -> bool:
    """Tell whether an article or a preposition makes a noun of a word: *une annonce*, *the report*."""
    vocabulary = statement.vocabulary
    before = statement.tokens.keys[place - 1] if place > statement.first else ""
    return before in vocabulary.articles or before in vocabulary.prepositions


def _is_passive(statement: Statement, place: int) -> bool:
    """Tell whether a participle stands without a helping verb: it does not say who announced it."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    text = tokens.texts[place].casefold()
    if vocabulary.language == "fr":
        return text.endswith(_PARTICIPLE)
    before = tokens.keys[place - 1] if place > statement.first else ""
    return text.endswith("ed") and (
        tokens.keys[place + 1] == "by" or before in vocabulary.being or before in ("as", ",")
    )
