"""How far it has come: from the words for talks, plans, contracts and deeds near a figure, and from its verbs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index.figures.kinds import Commitment, Metric
from index.figures.meaning.statements import Hit, Statement
from index.figures.meaning.verbs import Tense

_FAR = 40  # words: what is further away says nothing
_AFTER = 5  # words: what stands after a figure counts as this much further away
_BY_TENSE = 2  # words: a tense tells a little less than a word
_VALUING = 18  # words: what something is worth tells little of how far it has come
_BEING = 10
_REPORTING = 8  # words: how something was said tells less than what was said
_DEEDS = (Commitment.SIGNED, Commitment.OPERATING, Commitment.COMPLETED)
_BE_BEFORE = 3  # tokens between "sera" and its participle
_DOUBT = 8  # words: a doubt in the same clause is so much nearer
_INFINITIVE = ("er", "ir", "re")
_TENSES: Mapping[Tense, tuple[Commitment, int]] = {
    "future": (Commitment.ANNOUNCED, _BY_TENSE),
    "conditional": (Commitment.RUMOURED, 0),
    "past": (Commitment.COMPLETED, _BY_TENSE),
}
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
        Sign(hit, _meant(statement, hit, commitment), _REPORTING if hit.last - 1 in said else 0)
        for hit, commitment in statement.hits(statement.vocabulary.commitments)
        if _counts(statement, hit, commitment)
    ]
    vocabulary = statement.vocabulary
    found += [Sign(hit, Commitment.ANNOUNCED, _VALUING) for hit, _ in statement.hits(vocabulary.valuing)]
    found += [Sign(hit, Commitment.OPERATING, _BEING) for hit, _ in statement.hits(vocabulary.being_so)]
    covered = said.union(place for sign in found for place in range(*sign.hit))
    for place in range(statement.first, statement.last):
        told = statement.tense(place) if place not in covered else None
        if told is not None:
            commitment, weight = _TENSES[told]
            found.append(Sign(Hit(place, place + 1), commitment, weight, by_tense=True))
    return [_as_reported(statement, sign, reporting) for sign in found]


def commit(
    statement: Statement,
    place: Hit,
    found: Sequence[Sign],
    metric: Metric,
    before: Commitment | None,
    usual: Commitment = Commitment.ANNOUNCED,
) -> Commitment:
    """Return how far it has come with a figure at ``place``.

    ``before``: how far it had come in the sentence that this one points back to, if it does; ``usual``: what is taken
    where no word tells.
    """
    best = _nearest(statement, place, found, metric)
    if before is not None and (best is None or best.commitment not in _FIRM or best.weight):
        return before
    if best is None:
        return usual
    if metric is Metric.STAKE and best.commitment is Commitment.OPERATING:  # one that is held has been taken
        return Commitment.COMPLETED
    return best.commitment


def _nearest(statement: Statement, place: Hit, found: Sequence[Sign], metric: Metric) -> Sign | None:
    """Return the sign that tells most of a figure at ``place``."""
    best: Sign | None = None
    least = float(_FAR)
    own = statement.segment(place.first)
    for sign in found:
        doubts = sign.commitment is Commitment.RUMOURED
        if doubts and metric is Metric.EQUIVALENT and statement.segment(sign.hit.first) != own:
            continue  # corresponds to four reactors and could supply
        cost = statement.distance(place, sign.hit) + sign.weight + (_AFTER if sign.hit.first >= place.last else 0)
        if doubts and statement.clause(sign.hit.first) == statement.clause(place.first):
            cost -= _DOUBT
        if cost < least:
            best, least = sign, cost
    if best is None or best.commitment is not Commitment.RUMOURED or not best.by_tense:
        return best
    talks = next((sign for sign in found if sign.commitment is Commitment.IN_DISCUSSION), None)
    if talks is None or (talks.hit.first == best.hit.last and talks.hit.last - talks.hit.first == 1):
        return best  # aurait proposé
    return talks  # négocie une fusion qui créerait


def _counts(statement: Statement, hit: Hit, commitment: Commitment) -> bool:
    """Tell whether a word tells here what it tells elsewhere."""
    if _is_name(statement, hit) or _is_noun(statement, hit):
        return False
    if commitment is Commitment.OPERATING and hit.last - hit.first == 1 and statement.tense(hit.first) == "past":
        return False  # a produit
    return commitment not in _DEEDS or not _is_to_come(statement, hit)


def _meant(statement: Statement, hit: Hit, commitment: Commitment) -> Commitment:
    """Return what a word means before an infinitive: *compte doubler*, but *compte 300 salariés*."""
    keys = statement.tokens.keys
    intends = keys[hit.last - 1] in statement.vocabulary.intending and keys[hit.last].endswith(_INFINITIVE)
    return Commitment.ANNOUNCED if intends else commitment


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
    before = tokens.texts[max(statement.first, hit.first - _BE_BEFORE) : hit.first]
    if vocabulary.language == "fr":
        return any(word.casefold() in vocabulary.coming for word in before)
    verb = tokens.keys[hit.first]
    if any(word in vocabulary.coming for word in before[-2:]):
        return True
    if hit.last - hit.first == 1 and verb in vocabulary.past_helping:
        return any(
            statement.tense(after) == "past" for after in range(hit.last, min(hit.last + _BE_BEFORE, statement.last))
        )
    if before[-1:] == ["and"] and not verb.endswith(("s", "ed")):
        clause = statement.clause(hit.first)
        words = range(statement.first, hit.first)
        return any(tokens.keys[word] in ("will", "to") and statement.clause(word) == clause for word in words)
    return False


def _as_reported(statement: Statement, sign: Sign, reporting: Sequence[Hit]) -> Sign:
    """Take *a annoncé qu'il investirait* for an announcement: a conditional after a verb of saying in the past."""
    if sign.commitment is not Commitment.RUMOURED or not sign.by_tense:
        return sign
    if any(hit.last <= sign.hit.first and _in_past(statement, hit) for hit in reporting):
        return sign._replace(commitment=Commitment.ANNOUNCED)
    return sign


def _in_past(statement: Statement, hit: Hit) -> bool:
    key = statement.tokens.keys[hit.first]
    return hit.last - hit.first > 1 or key.endswith(("ed", "said", "told", "wrote"))
