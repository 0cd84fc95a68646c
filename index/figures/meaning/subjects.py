"""What is measured, in the words of the text: the noun phrase at the figure, or the subject of its sentence."""

from index.figures.grammar.tokens import APART, NAME, NUMBER, WORD
from index.figures.grammar.tongue import tongue
from index.figures.meaning.statements import MOST_CHARACTERS, Hit, Statement, are_words

_MOST_TOKENS = 12
_MOST_NOUNS = 4  # in a row, as English has them
_MOST_ASIDES = 3
_MOST_BEFORE = 4  # tokens of a noun phrase before its noun
_OF = frozenset({"de", "du", "des", "of"})
_OF_AMOUNTS = frozenset("€$£%")


def subject(statement: Statement, place: Hit, cue: Hit | None) -> str:
    """Return what a figure at ``place`` measures. ``cue``: the words that told its metric."""
    candidates = (
        _at_cue(statement, place, cue),
        _of(statement, place),
        _later_subject(statement, place) or of_sentence(statement),
        place,
    )
    for hit in candidates:
        if hit is not None and _says_something(statement, hit) and (words := words_of(statement, hit)) is not None:
            return words
    return statement.written(place).splitlines()[0].strip()[:MOST_CHARACTERS].strip()


def _says_something(statement: Statement, hit: Hit) -> bool:
    """Tell whether there is more in a phrase than articles and prepositions."""
    keys, vocabulary = statement.tokens.keys, statement.vocabulary
    small = vocabulary.articles | vocabulary.prepositions
    return any(keys[place] not in small and not statement.is_sign(place) for place in range(*hit))


def named(statement: Statement) -> str | None:
    """Return the subject of a statement, if that is a name."""
    hit = of_sentence(statement)
    if hit is None or statement.tokens.keys[hit.first] in statement.vocabulary.articles:
        return None
    return words_of(statement, hit)


def each(statement: Statement, place: Hit, thing: str | None) -> str | None:
    """Return the thing that there is one such figure for: *Chaque bâtiment*, *par site*, *each building*.

    ``thing``: what was counted before it, of which *chacun* means one.
    """
    tokens, vocabulary = statement.tokens, statement.vocabulary
    for hit, _ in statement.hits(vocabulary.each):
        if hit.last <= place.first and statement.clause(hit.first) == statement.clause(place.first):
            first = hit.last + (tokens.keys[hit.last] in tongue(vocabulary.language).numbers)
            end = noun_phrase(statement, first)
            if first < end <= place.first:
                return statement.written(Hit(first, end))
    within = _each_within(statement, place)
    if within is not None:
        return statement.written(within)
    if tokens.keys[place.last] in vocabulary.each_after and place.last + 1 < statement.last:
        following = place.last + 1
        noun = tokens.kinds[following] is WORD and tokens.texts[following].islower()
        if noun and tokens.keys[following] not in vocabulary.each_not:
            return statement.written(Hit(following, following + 1))
    return thing if tokens.keys[place.last] in vocabulary.each_back else None


def _each_within(statement: Statement, place: Hit) -> Hit | None:
    """Return the thing after a figure that there is one such figure in: *50,000 chips in each building*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    for hit, _ in statement.hits(vocabulary.each):
        near = place.last < hit.first <= place.last + _MOST_BEFORE
        if not near or statement.segment(hit.first) != statement.segment(place.first):
            continue
        if tokens.keys[hit.first - 1] not in vocabulary.prepositions or tokens.keys[hit.last] in vocabulary.each_not:
            continue
        end = noun_phrase(statement, hit.last)
        if hit.last < end:
            return Hit(hit.last, end)
    return None


def words_of(statement: Statement, hit: Hit) -> str | None:
    """Return tokens as they are written, if a figure can have them for words; of several lines, the longest."""
    written = max(statement.written(hit).splitlines(), key=len, default="").strip()
    return written if written and are_words(written) else None


def _at_cue(statement: Statement, place: Hit, cue: Hit | None) -> Hit | None:
    """Return the noun phrase that ends in the word which told the metric, if that stands before the figure."""
    if cue is None or cue.last > place.first or statement.clause(cue.first) != statement.clause(place.first):
        return None
    tokens, vocabulary = statement.tokens, statement.vocabulary
    if statement.is_finite(cue.first) or statement.tense(cue.first) is not None:
        return None
    first = cue.first
    while first > statement.first and cue.first - first < _MOST_BEFORE and tokens.kinds[first - 1] is WORD:
        first -= 1
        if tokens.keys[first] in vocabulary.articles and tokens.keys[first] not in ("de", "d"):
            return _trimmed(statement, first, _extended(statement, cue.last, place.first))
        if tokens.keys[first] in vocabulary.prepositions or statement.is_finite(first):
            break
    return None


def _extended(statement: Statement, last: int, end: int) -> int:
    """Return where a noun phrase ends, with an adjective: *un budget initial*, *le coût du site*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    if (
        last < end
        and statement.is_word(last)
        and tokens.keys[last] not in vocabulary.prepositions | vocabulary.articles
    ):
        told = (
            statement.is_finite(last)
            or statement.tense(last) is not None
            or tokens.keys[last] in vocabulary.not_adjectives
        )
        if not told and not tokens.keys[last].endswith(("ment", "ly")):
            last += 1
    if last < end and tokens.keys[last] in _OF:
        after = noun_phrase(statement, last + 1)
        if last + 1 < after <= end:
            return after
    return last


def _trimmed(statement: Statement, first: int, last: int) -> Hit:
    """Return a phrase without small words at its end."""
    tokens = statement.tokens
    while last - 1 > first and (
        tokens.keys[last - 1] in statement.vocabulary.prepositions | statement.vocabulary.not_adjectives
        or tokens.texts[last - 1].endswith(("'", "’"))
    ):
        last -= 1
    return Hit(first, last)


def _of(statement: Statement, place: Hit) -> Hit | None:
    """Return what follows a measure: *6 GW de puissance de calcul*."""
    tokens = statement.tokens
    if statement.vocabulary.before_date.after(tokens.keys, place.last) is not None:
        return None  # 3 GW d'ici fin 2028
    if place.last < statement.last and tokens.keys[place.last] in _OF:
        end = noun_phrase(statement, place.last + 1)
        if end > place.last + 1:
            return Hit(place.last + 1, end)
    return None


def noun_phrase(statement: Statement, first: int) -> int:
    """Return where a noun phrase without its article ends: *bâtiment du futur centre*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    end = first
    if not _is_noun(statement, end):
        return first
    end += 1
    if statement.vocabulary.language == "en":
        while end - first < _MOST_NOUNS and _is_noun(statement, end) and tokens.gaps[end] == APART:
            end += 1
    while end + 1 < statement.last and tokens.keys[end] in _OF:
        following = end + 1
        if tokens.keys[following] in vocabulary.articles:
            following += 1
        if not _is_noun(statement, following):
            break
        end = following + 1
        if tokens.keys[following].startswith(_BEFORE_NOUNS) and _is_noun(statement, end):
            end += 1
    return end


_BEFORE_NOUNS = ("futur", "nouve", "grand", "petit", "premier", "premiere", "new", "future", "large")


def _is_noun(statement: Statement, place: int) -> bool:
    tokens, vocabulary = statement.tokens, statement.vocabulary
    if (
        place >= statement.last
        or tokens.kinds[place] not in (WORD, NAME)
        or tokens.keys[place] in vocabulary.prepositions
    ):
        return False
    return statement.tense(place) is None and not statement.is_finite(place)


def _later_subject(statement: Statement, place: Hit) -> Hit | None:
    """Return the subject of a figure's own part of a sentence, where that is not the first: *..., and X will pay*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    own = statement.segment_of(place.first)
    first = own.first
    while first < place.first and (statement.is_sign(first) or tokens.keys[first] in vocabulary.joins):
        first += 1
    if statement.first in (first, own.first):
        return None
    if first == place.first and (statement.is_finite(place.last) or statement.tense(place.last) is not None):
        return place
    named = tokens.texts[first][:1].isupper() or tokens.keys[first] in vocabulary.articles
    if not named or tokens.kinds[first] is not WORD:
        return None
    for word in range(first + 1, min(first + _MOST_TOKENS, place.first)):
        if tokens.kinds[word] is NUMBER or tokens.keys[word] in vocabulary.stops:
            return None
        if statement.is_finite(word) or statement.tense(word) is not None:
            return _trimmed(statement, first, word)
    return None


def of_sentence(statement: Statement) -> Hit | None:
    """Return the words before the first verb; *il y a* has no subject."""
    first = statement.first
    if statement.vocabulary.impersonal.after(statement.tokens.keys, first) is not None:
        return None
    opening = statement.vocabulary.articles
    begins = {
        hit.first
        for hit, _ in statement.hits(statement.vocabulary.strong_events)
        if hit.last - hit.first > 1 and statement.tokens.keys[hit.first - 1] not in statement.vocabulary.articles
    }
    for _ in range(_MOST_ASIDES):
        while first < statement.last and statement.is_sign(first):
            first += 1
        for place in range(first + 1, min(first + _MOST_TOKENS, statement.last)):
            if statement.is_finite(place) or place in begins:
                return _trimmed(statement, first, place)
            if statement.is_sign(place) and statement.tokens.keys[place] not in _OF_AMOUNTS:
                break
        else:
            return None
        named = statement.tokens.texts[first][:1].isupper() or statement.tokens.keys[first] in opening
        if named and not _opens_aside(statement, first):
            return _trimmed(statement, first, place)
        first = place + 1
    return None


def _opens_aside(statement: Statement, first: int) -> bool:
    """Tell whether a sentence begins with something before its subject: *En retour,*, *Fondée en 2018,*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    key = tokens.keys[first]
    if key in vocabulary.prepositions or key in vocabulary.asides:
        return True
    return tokens.texts[first].endswith(("é", "ée", "és", "ées")) or (
        vocabulary.language == "en" and key.endswith("ed")
    )
