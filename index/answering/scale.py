"""What speaks for a figure as the answer to a question, and what against it."""

import re
from collections.abc import Sequence
from functools import cache

from index.answering.clauses import within, words_of_clause
from index.answering.evidence import Shares, missing_worth, terms_of
from index.answering.kinds import Kind
from index.answering.marks import Marks
from index.answering.measured import Measure
from index.answering.naming import held_in
from index.answering.remembered import remembered
from index.answering.signals import Reader, Signals
from index.answering.sought import Sought, is_said_so
from index.familiar.points import Recalled
from index.figures.curated import shipped
from index.figures.kinds import Bound, Commitment, Metric, Role, fits
from index.figures.ledger import Ledger
from index.figures.names import plain
from index.language.analysis import fold, plainly
from index.model import Figure
from index.partial_dates import meet
from index.ranking.formulation import PHRASE

_EARLIER = re.compile(
    r"\b(?:contre|au lieu d[eu]|from|against|instead of|compared (?:to|with)|versus|par rapport a|plutot que"
    r"|rather than|previously|formerly|autrefois|etait|was)\s+"
    r"(?:(?:seulement|environ|only|about|some|just|the|les?|la)\s+)?[$€£]?$"
)
_FIRST = re.compile(r"\bde\s+[$€£]?$")  # de 3 ...
_THEN = re.compile(r"\s*+(?:[$€£%\w.]{1,20}\s++){0,4}?a\s+[$€£]?\d")  # ... à 5
_REACH = 40  # characters
_REMEMBERED = 1 << 12  # figures

_MAY_BE = frozenset(
    "pourrait pourraient could may might possible possibly eventuel eventuelle eventuellement potentiel potentielle"
    " potential potentially".split()
)

_MONEY = frozenset(metric for metric in Metric if fits("USD", metric))
_PAID = frozenset({Role.PROVIDER, Role.SUPPLIER, Role.BUILDER, Role.RECIPIENT, Role.INTERMEDIARY})
_MEASURES = {
    **dict.fromkeys(("W", "Wh", "FLOPS"), Measure.POWER),
    **dict.fromkeys(("percent", "fraction"), Measure.PERCENT),
    **dict.fromkeys(("second", "minute", "hour", "day", "week", "month", "year"), Measure.DURATION),
    **dict.fromkeys(("m", "m2", "m3"), Measure.LENGTH),
    **dict.fromkeys(("t", "kg", "g"), Measure.MASS),
}
_UPPER = (Bound.AT_MOST, Bound.LESS_THAN)
_ENOUGH = 4.0  # rarest terms, which is two words in all their forms: a long question may tell of many things besides
_CROWD = 6  # figures of one sentence, from which on it matters no more how many there are
_TOLD = 0.3  # what a word counts that tells which metric is wanted, against the others
_MISSING = 0.5  # what a word counts that no source has, against one that a single passage has


class Scale:
    """Weighs figures against one question. The words that tell which metric is wanted weigh little besides."""

    def __init__(self, wish: Sought, ledger: Ledger, reader: Reader, documents: int) -> None:
        probe = reader.probe
        self._reader = reader
        self._wish = wish
        self._ledger = ledger
        self._superseded = ledger.superseded
        self._may_be = not _MAY_BE.isdisjoint(reader.asked)
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

    def _is_of_the_named(self, figure: Figure, around: Signals) -> bool:
        """Tell whether those whom the question names are where a figure stands, each in the part that it has there."""
        own = frozenset[str]().union(*(self._ledger.names_of.get(deal, frozenset()) for deal in figure.deals))
        return (self._names <= own or around.names_around >= 1) and self.has_its_part(figure)

    def has_its_part(self, figure: Figure) -> bool:
        """Tell whether the one who pays, and the one in whom a part is held, may be the one that the question says."""
        wish = self._wish
        if figure.metric is Metric.STAKE and wish.held is not None:
            held = held_in(f"% {figure.quote.quote[figure.text.end - figure.quote.start :]}", self._ledger.parties)
            return held in (None, wish.held)
        return wish.payer is None or figure.metric not in _MONEY or self._may_pay(wish.payer, figure)

    def _may_pay(self, payer: str, figure: Figure) -> bool:
        """Tell whether a party may be the one that pays in the deals of a figure."""
        deals = [self._ledger.known[deal] for deal in figure.deals if deal in self._ledger.known]
        roles = {party.role for deal in deals for party in deal.parties if plain(party.name) == payer}
        return not roles or not roles <= _PAID

    def weigh(
        self,
        figure: Figure,
        sentence: Shares,
        near: Shares,
        around: Signals,
        crowd: int,
        outdone: float,
        recalled: Recalled,
    ) -> Marks:
        """Return what speaks for a figure and against it; ``around``: what speaks for its sentence.

        ``sentence`` and ``near``: what the sentence and the words around the number have of the question;
        ``recalled``: what it is likely to ask for, by known questions.
        """
        wish = self._wish
        named, shared = len(wish.deals), self._shared(figure)
        superseded = figure.id in self._superseded
        fits = self._fits(figure)
        counts = self._counts(figure, near)
        each = self._is_for_each(figure)
        timely = any(_meet(figure, *time) for time in wish.times) or is_said_so(wish.times, figure.quote.quote)
        is_given = not wish.whether and figure.value in wish.given
        return Marks(
            measure=wish.metrics.get(figure.metric, 0.0),
            sentence=self.gain(sentence),
            near=self.gain(near),
            deal=shared / named if named else 0.0,
            own=float(figure.deals[:1] in {(deal,) for deal in wish.deals}),
            stranger=-float(named > 0 and not shared),
            per=float(wish.per is not None) * (1.0 if figure.per == wish.per else -float(figure.metric in _MONEY)),
            given=-float(is_given),
            before=(1.0 if wish.before else -1.0) * superseded,
            earlier=(1.0 if wish.before else -1.0) * is_earlier(figure),
            most=float(wish.most and figure.bound in _UPPER),
            each=float(each),
            apiece=-float(figure.each is not None and not each),
            ending=-float(wish.ending and figure.metric is Metric.DATE and figure.until is None),
            doubt=-float(figure.commitment is Commitment.RUMOURED and not (wish.most or self._may_be)),
            partial=-float(0 < shared < named and not wish.comparing),
            joint=-(len(set(figure.deals) - set(wish.deals)) / len(figure.deals) if shared else 0.0),
            allowed=float(self._is_allowed(figure, sentence)),
            fits=float(fits is True),
            unfit=-float(fits is False),
            counts=counts,
            miscounts=-float(any(self._probe.worth[place] for place in self._counted) and not counts),
            timely=float(timely),
            untimely=-float(bool(wish.times) and not timely),
            named=float(self._is_of_the_named(figure, around)),
            crowd=-min(crowd, _CROWD) / _CROWD,
            outdone=-outdone,
            ranked=around.ranked,
            source=around.source,
            own_words=around.own,
            local=around.local,
            local_before=around.local_before,
            local_context=around.local_context,
            words=around.words,
            names=around.names,
            names_around=around.names_around,
            rival=around.rival,
            intent=around.intent,
            familiar=0.0 if is_given else recalled.figures.get(figure.id, 0.0),
            part=0.0 if is_given else recalled.parts.get(figure.id, 0.0),
            remembered=around.familiar,
        )

    def _shared(self, figure: Figure) -> int:
        """Return how many of the named deals a figure is of.

        Where several are named that are called as their parties are, *Microsoft and Oracle*, it is of those whose names
        are parties of its own.
        """
        named = self._wish.deals
        if len(named) > 1 and not self._wish.comparing:
            parties = frozenset[str]().union(*(self._ledger.parties_of.get(deal, ()) for deal in figure.deals))
            called = self._ledger.called
            if all(deal in figure.deals or not parties.isdisjoint(called.get(deal, ())) for deal in named):
                return len(named)
        return len(set(named) & set(figure.deals))

    def _is_allowed(self, figure: Figure, sentence: Shares) -> bool:
        """Tell whether a figure measures what is wanted; a date has to be one of what the question tells of."""
        if not self._wish.metrics.get(figure.metric) or (
            self._wish.asks and not self._wish.whether and figure.value in self._wish.given
        ):
            return False
        return figure.metric is not Metric.DATE or any(sentence.get(place) for place in self._events)

    def _fits(self, figure: Figure) -> bool | None:
        """Tell whether a figure has the unit that is asked for; None where none is."""
        if self._reader.kind is Kind.DATE:
            return figure.metric is Metric.DATE
        if self._wish.metrics.keys() == {Metric.GROWTH}:
            return figure.metric is Metric.GROWTH  # how many times a capacity is one of power
        if self._reader.measure is Measure.ANY or self._reader.kind is not Kind.QUANTITY:
            return None
        return measure_of_figure(figure) is self._reader.measure

    def _counts(self, figure: Figure, near: Shares) -> float:
        """Return how well a figure counts what is to be counted; half where it only stands near."""
        if not self._counted:
            return 0.0
        own = self._probe.shares(terms_of((figure.counted or "",), figure.source.language))
        return max(max(own.get(place, 0.0), 0.5 * near.get(place, 0.0)) for place in self._counted)

    def _is_for_each(self, figure: Figure) -> bool:
        """Tell whether a figure is for one of the things of which the question names one, in whatever language."""
        if figure.each is None or not self._each:
            return False
        shares = self._probe.shares(terms_of((figure.each,), figure.source.language))
        return any(shares.get(place) for place in self._each)

    def gain_of_clause(self, figure: Figure, crowd: Sequence[Figure]) -> float:
        """Return what the clause of a figure has of the question, among all that are in its sentence.

        What stands before its number counts twice: what follows may be said of all of them.
        """
        clauses = words_of_clause(figure, crowd, figure.source.language)
        return sum(self.gain(self._probe.shares(words)) for words in clauses)

    def gain(self, shares: Shares) -> float:
        """Return what shares are worth, as a part of the whole question."""
        return sum(self._worth[place] * share for place, share in shares.items()) / self._total


def measure_of_figure(figure: Figure) -> Measure | None:
    """Return in what a figure is measured, as a question may ask for it."""
    if figure.metric is Metric.DATE:
        return None
    if figure.unit == "count":
        return Measure.COUNT
    if fits(figure.unit, Metric.AMOUNT):
        return Measure.MONEY
    return _MEASURES.get(figure.unit)


def _meet(figure: Figure, earliest: str, latest: str) -> bool:
    """Tell whether a figure holds, or was said, at a time that a question names."""
    for moment in figure.moments:
        if moment.earliest is not None and moment.latest is not None:
            begins, ends = moment.earliest, moment.latest if moment is not figure.since else "9999"
            if meet(earliest, latest, begins, ends):
                return True
    said = figure.source.published or ""
    return bool(said) and not figure.moments and said[: len(earliest)] == earliest[: len(said)]


def is_earlier(figure: Figure) -> bool:
    """Tell whether a figure is what was before something else: *from 3 to 5*, *contre 3 un an plus tôt*."""
    return _stands_for_earlier(figure.quote.quote, *within(figure))


@remembered(_REMEMBERED)
def _stands_for_earlier(quote: str, start: int, end: int) -> bool:
    before = plainly(quote[max(0, start - _REACH) : start])
    after = plainly(quote[end : end + _REACH])
    return bool(_EARLIER.search(before) or (_FIRST.search(before) and _THEN.match(after)))


@cache
def told_terms() -> frozenset[int]:
    """Return the terms by which the seeds' figures were described by hand, which may stand in no source."""
    found = (terms_of((figure.subject, figure.counted or "", figure.each or ""), "fr") for figure in shipped().figures)
    return frozenset[int]().union(*found)
