"""What speaks for a figure as the answer to a question, and what against it."""

import re
from typing import NamedTuple

from index.answering.evidence import Probe, Shares, missing_worth, terms_of
from index.answering.naming import held_in
from index.answering.sought import Sought
from index.figures.kinds import Bound, Commitment, Metric, Role, fits
from index.figures.ledger import Ledger
from index.figures.names import plain
from index.language.analysis import fold
from index.model import Figure, Language
from index.partial_dates import meet
from index.preparation import Candidate
from index.ranking.formulation import PHRASE

_BREAK = re.compile(r"[,;:()\u2013\u2014]| (?:mais|but|puis|then|et|and) ")

_MOST_SAID = 20_000  # characters in which names are sought
_MONEY = frozenset(metric for metric in Metric if fits("USD", metric))
_PAID = frozenset({Role.PROVIDER, Role.SUPPLIER, Role.BUILDER, Role.RECIPIENT, Role.INTERMEDIARY})
_UPPER = (Bound.AT_MOST, Bound.LESS_THAN)
_ENOUGH = 4.0  # rarest terms, which is two words in all their forms: a long question may tell of many things besides
_TOLD = 0.3  # what a word counts that tells which metric is wanted, against the others
_MISSING = 0.5  # what a word counts that no source has, against one that a single passage has


class Marks(NamedTuple):
    """What speaks for a figure, from 0 to 1 each, and against it (below 0); or what each of that is worth.

    ``measure``: it measures what the question wants to know. ``sentence`` and ``near``: the share of the question's
    worth that its sentence has, and that the words around its number have. ``deal``: the share of the deals that the
    question names which it belongs to; ``own``: it is first of all such a deal's; ``stranger``: it is of none of them.
    ``per``: it is for the time that the question asks for. ``given``: its number stands in the question. ``before``: it
    is superseded by another one, and the question asks for what was so at first, or does not. ``most``: it is an upper
    bound, and the question asks for one; ``each``: it is for one of the things of which the question names one.
    ``ending``: the question asks for an end, and it is no end.
    ``doubt``: nobody commits to it, and the question does not ask for what may be. ``partial``: the question names
    deals that it is not of; ``joint``: the share of its deals that the question does not name.
    """

    measure: float
    sentence: float
    near: float
    deal: float
    own: float
    stranger: float
    per: float
    given: float
    before: float
    most: float
    each: float
    ending: float
    doubt: float
    partial: float
    joint: float


WORTH = Marks(
    measure=1.0,
    sentence=1.2,
    near=0.8,
    deal=0.5,
    own=0.0,
    stranger=0.5,
    per=0.25,
    given=1.0,
    before=0.3,
    most=0.8,
    each=0.5,
    ending=0.7,
    doubt=0.25,
    partial=0.3,
    joint=0.2,
)
"""What the marks are worth; found on the tuning halves of the questions."""


class Scale:
    """Weighs figures against one question. The words that tell which metric is wanted weigh little besides."""

    def __init__(self, wish: Sought, ledger: Ledger, probe: Probe, documents: int) -> None:
        self._wish = wish
        self._ledger = ledger
        self._superseded = ledger.superseded
        telling = [fold(group.word) not in wish.words for group in probe.query]
        self._worth = [value * (1.0 if tells else _TOLD) for value, tells in zip(probe.worth, telling, strict=True)]
        missing = missing_worth(documents) * _MISSING
        lost = sum(
            missing * group.weight
            for group, value, tells in zip(probe.query, probe.worth, telling, strict=True)
            if tells and not value and group.space != PHRASE
        )
        most = missing_worth(documents) * _ENOUGH
        whole = sum(value for value, tells in zip(probe.worth, telling, strict=True) if tells)
        self._total = min(whole + lost, most) or 1.0
        self._probe = probe
        self._counted = [place for place, group in enumerate(probe.query) if fold(group.word) in wish.counted]
        parties = ledger.parties | wish.names
        self._events = [place for place, group in enumerate(probe.query) if fold(group.word) not in parties]
        compared = wish.deals if wish.comparing else ()
        self._names = wish.names.difference(*(ledger.names_of.get(deal, ()) for deal in compared))
        self._each = [place for place, group in enumerate(probe.query) if fold(group.word) in wish.each]

    def lets(self, figure: Figure, candidate: Candidate, sentence: Shares, near: Shares) -> bool:
        """Tell whether a figure may answer at all: by what it measures and counts, by the time, by who is named."""
        wish = self._wish
        if not wish.metrics.get(figure.metric) or (wish.asks and not wish.whether and figure.value in wish.given):
            return False
        if wish.counted and not any(near.get(place) for place in self._counted):
            return False
        if wish.times and not any(_meet(figure, *time) for time in wish.times):
            return False
        if wish.per is not None and figure.per != wish.per and figure.metric in _MONEY:
            return False
        if figure.metric is Metric.DATE and not any(sentence.get(place) for place in self._events):
            return False
        return self._is_of_the_named(figure, candidate)

    def _is_of_the_named(self, figure: Figure, candidate: Candidate) -> bool:
        """Tell whether those whom the question names are where a figure stands, each in the part that it has there."""
        wish = self._wish
        own = frozenset[str]().union(*(self._ledger.names_of.get(deal, frozenset()) for deal in figure.deals))
        if not self._names <= own:
            before = candidate.passage.text[: figure.quote.end - candidate.passage.start]
            said = plain(f"{candidate.source.title} {candidate.passage.heading} {before}", _MOST_SAID).split()
            if not self._names <= own | set(said):
                return False
        if figure.metric is Metric.STAKE and wish.held is not None:
            held = held_in(f"% {figure.quote.quote[figure.text.end - figure.quote.start :]}", self._ledger.parties)
            return held in (None, wish.held)
        return wish.payer is None or figure.metric not in _MONEY or self._may_pay(wish.payer, figure)

    def _may_pay(self, payer: str, figure: Figure) -> bool:
        """Tell whether a party may be the one that pays in the deals of a figure."""
        deals = [self._ledger.known[deal] for deal in figure.deals if deal in self._ledger.known]
        roles = {party.role for deal in deals for party in deal.parties if plain(party.name) == payer}
        return not roles or not roles <= _PAID

    def weigh(self, figure: Figure, sentence: Shares, near: Shares) -> Marks:
        """Return what speaks for a figure and against it."""
        wish = self._wish
        named, shared = len(wish.deals), len(set(wish.deals) & set(figure.deals))
        superseded = figure.id in self._superseded
        return Marks(
            measure=wish.metrics[figure.metric],
            sentence=self._gain(sentence),
            near=self._gain(near),
            deal=shared / named if named else 0.0,
            own=float(figure.deals[:1] in {(deal,) for deal in wish.deals}),
            stranger=-float(named > 0 and not shared),
            per=float(wish.per is not None and figure.per == wish.per),
            given=-float(not wish.whether and figure.value in wish.given),
            before=(1.0 if wish.before else -1.0) * superseded,
            most=float(wish.most and figure.bound in _UPPER),
            each=float(self._is_for_each(figure)),
            ending=-float(wish.ending and figure.metric is Metric.DATE and figure.until is None),
            doubt=-float(figure.commitment is Commitment.RUMOURED and not wish.most),
            partial=-float(0 < shared < named and not wish.comparing),
            joint=-(len(set(figure.deals) - set(wish.deals)) / len(figure.deals) if shared else 0.0),
        )

    def _is_for_each(self, figure: Figure) -> bool:
        """Tell whether a figure is for one of the things of which the question names one, in whatever language."""
        if figure.each is None or not self._each:
            return False
        shares = self._probe.shares(terms_of((figure.each,), figure.source.language))
        return any(shares.get(place) for place in self._each)

    def _gain(self, shares: Shares) -> float:
        """Return what shares are worth, as a part of the whole question."""
        return sum(self._worth[place] * share for place, share in shares.items()) / self._total


def _meet(figure: Figure, earliest: str, latest: str) -> bool:
    """Tell whether a figure holds, or was said, at a time that a question names."""
    for moment in figure.moments:
        if moment.earliest is not None and moment.latest is not None:
            begins, ends = moment.earliest, moment.latest if moment is not figure.since else "9999"
            if meet(earliest, latest, begins, ends):
                return True
    said = figure.source.published or ""
    return bool(said) and not figure.moments and said[: len(earliest)] == earliest[: len(said)]


def words_near(figure: Figure, language: Language) -> frozenset[int]:
    """Return the terms of the words around a figure's number, up to the next break, and of what it is about."""
    start, end = figure.text.start - figure.quote.start, figure.text.end - figure.quote.start
    quote = figure.quote.quote
    first = max((match.end() for match in _BREAK.finditer(quote, 0, start)), default=0)
    after = _BREAK.search(quote, end)
    near = quote[first : after.start() if after else len(quote)]
    return terms_of((near, figure.subject, figure.counted or "", figure.each or ""), language)
