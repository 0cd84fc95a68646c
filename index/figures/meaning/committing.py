"""How far it has come: from the words for talks, plans, contracts and deeds near a figure, and from its verbs."""

from collections.abc import Sequence
from typing import NamedTuple

from index.figures.kinds import Commitment, Metric
from index.figures.meaning.statements import Hit, Statement

_FAR = 40  # words: what is further away says nothing
_AFTER = 5  # words: what stands after a figure counts as this much further away
_BY_TENSE = 2  # words: a tense tells a little less than a word
_REPORTING = 8  # words: how something was said tells less than what was said
_DEEDS = (Commitment.SIGNED, Commitment.OPERATING, Commitment.COMPLETED)
_BE_BEFORE = 3  # tokens between "sera" and its participle
_FIRM = (Commitment.RUMOURED, Commitment.IN_DISCUSSION, Commitment.SIGNED, Commitment.COMPLETED)


class Sign(NamedTuple):
    """Words that tell how far it has come, and whether they only report."""

    hit: Hit
    commitment: Commitment
    weight: int
    by_tense: bool = False


def signs(statement: Statement, reporting: Sequence[Hit]) -> list[Sign]:
    """Return all words of a statement that tell how far something has come. ``reporting``: verbs of saying."""
    said = {place for hit in reporting for place in range(*hit)}
    found = [
        Sign(hit, commitment, _REPORTING if hit.last - 1 in said else 0)
        for hit, commitment in statement.hits(statement.vocabulary.commitments)
        if not _is_name(statement, hit) and not _is_noun(statement, hit) and not (commitment in _DEEDS and _is_to_come(statement, hit))
    ]
    covered = {place for sign in found for place in range(*sign.hit)}
    for place in range(statement.first, statement.last):
        if place in covered or place in said:
            continue
        told = statement.tense(place)
        if told == "future":
            found.append(Sign(Hit(place, place + 1), Commitment.ANNOUNCED, _BY_TENSE, by_tense=True))
        elif told == "conditional":
            found.append(Sign(Hit(place, place + 1), Commitment.RUMOURED, 0, by_tense=True))
        elif told == "past":
            found.append(Sign(Hit(place, place + 1), Commitment.COMPLETED, _BY_TENSE, by_tense=True))
    return [_as_reported(statement, sign, reporting) for sign in found]


def commit(
    statement: Statement, place: Hit, found: Sequence[Sign], metric: Metric, before: Commitment | None
) -> Commitment:
    """Return how far it has come with a figure at ``place``.

    ``before``: how far it had come in the sentence that this one points back to, if it does.
    """
    best: Sign | None = None
    least = float(_FAR)
    for sign in found:
        if metric is Metric.EQUIVALENT and sign.commitment is Commitment.RUMOURED:
            continue
        cost = statement.distance(place, sign.hit) + sign.weight + (_AFTER if sign.hit.first >= place.last else 0)
        if sign.commitment is Commitment.RUMOURED and statement.clause(sign.hit.first) == statement.clause(place.first):
            cost -= _REPORTING
        if cost < least:
            best, least = sign, cost
    if best is not None and best.commitment is Commitment.RUMOURED and best.by_tense:
        talks = [sign for sign in found if sign.commitment is Commitment.IN_DISCUSSION]
        if talks and (talks[0].hit.first != best.hit.last or talks[0].hit.last - talks[0].hit.first > 1):
            best = talks[0]
    if best is not None and metric is Metric.DATE and best.commitment is Commitment.OPERATING:
        return Commitment.COMPLETED
    if before is not None and (best is None or best.commitment not in _FIRM or best.weight):
        return before
    return best.commitment if best is not None else Commitment.ANNOUNCED


def _is_name(statement: Statement, hit: Hit) -> bool:
    """Tell whether a word is written as a name: *May*, not *may*."""
    alone = hit.last - hit.first == 1 and hit.first > statement.first
    return alone and statement.tokens.texts[hit.first][:1].isupper()


def _is_noun(statement: Statement, hit: Hit) -> bool:
    """Tell whether a word that may be a verb is a noun here: *le plan*, *une commande*."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    if hit.last - hit.first > 1 or tokens.keys[hit.first] not in vocabulary.nouns or hit.first == statement.first:
        return False
    return tokens.keys[hit.first - 1] in vocabulary.articles


def _is_to_come(statement: Statement, hit: Hit) -> bool:
    """Tell whether a deed is not done yet: *sera livré*, *will have*, *to supply*; or "has" only helps a verb."""
    tokens, vocabulary = statement.tokens, statement.vocabulary
    first = max(statement.first, hit.first - _BE_BEFORE)
    before = tokens.texts[first : hit.first]
    if vocabulary.language == "fr":
        if any(word in ("sera", "seront", "serait", "seraient", "être") for word in before):
            return True
        return tokens.texts[hit.first].endswith("é") and hit.last - hit.first == 1 and tokens.texts[hit.first - 1] == "a"
    if hit.last - hit.first == 1 and tokens.keys[hit.first] in ("has", "have", "had"):
        after = tokens.keys[hit.last]
        if after.endswith(("ed", "been")) or tokens.keys[hit.last + 1].endswith("ed"):
            return True
    verb = tokens.keys[hit.first]
    if before[-1:] == ["and"] and not verb.endswith(("s", "ed")):
        clause = statement.clause(hit.first)
        return any(
            tokens.keys[word] in ("will", "to") and statement.clause(word) == clause
            for word in range(statement.first, hit.first)
        )
    return any(word in ("will", "to", "would", "may", "might", "could", "should", "must", "can", "be", "shall") for word in before[-2:])


def _as_reported(statement: Statement, sign: Sign, reporting: Sequence[Hit]) -> Sign:
    """Take *a annoncé qu'il investirait* for an announcement: a conditional after a verb of saying in the past."""
    if sign.commitment is not Commitment.RUMOURED or sign.hit.last - sign.hit.first > 1:
        return sign
    tokens = statement.tokens
    if not tokens.keys[sign.hit.first].endswith(("ait", "aient", "would")):
        return sign
    if tokens.keys[sign.hit.first].startswith("pour"):
        return sign
    if any(hit.last <= sign.hit.first for hit in reporting if _in_past(statement, hit)):
        return sign._replace(commitment=Commitment.ANNOUNCED)
    return sign


def _in_past(statement: Statement, hit: Hit) -> bool:
    key = statement.tokens.keys[hit.first]
    return hit.last - hit.first > 1 or key.endswith(("ed", "said", "told", "wrote"))
