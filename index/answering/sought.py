"""What figure a question wants: which metrics would answer it, of which deals, and what it gives itself."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from index.answering.wanting import Kind
from index.figures.dates import dates
from index.figures.kinds import Metric, fits
from index.figures.ledger import Ledger
from index.figures.mentions import Quantity
from index.figures.quantities import quantities
from index.language.analysis import fold
from index.model import Language


class Sought(NamedTuple):
    """What figure a question wants.

    ``metrics``: how well each would answer (0 to 1). ``given``: the numbers that stand in the question.
    ``deals``: those that it names. ``times``: the years, months or days that it names. ``words``: those of its
    words that tell what is wanted. ``counted``: the noun of what it wants counted. ``ending``: whether it asks for the
    end of something; ``before``: for what was so at first. ``comparing``: whether it wants two
    figures held against each other.
    """

    metrics: Mapping[Metric, float]
    per: str | None = None
    given: frozenset[Decimal] = frozenset()
    deals: tuple[str, ...] = ()
    times: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()
    counted: str | None = None
    ending: bool = False
    before: bool = False
    comparing: bool = False


class _Sign(NamedTuple):
    """Words that show which metrics are wanted; ``counted`` ones only where nothing else does."""

    pattern: re.Pattern[str]
    metrics: Mapping[Metric, float]
    per: str | None
    counted: bool


_ALSO = 0.5
_ANY = 0.3
_OF_A_COUNT = 0.6
_COUNTS = frozenset({Metric.UNITS, Metric.SITES, Metric.PEOPLE, Metric.EQUIVALENT, Metric.NUMBER})
_COUNTING = re.compile(
    r"\b(?:combient?|cbn?|cmb)\s+(?:de\s+|d')(?P<fr>[\w-]+)|\bhow\s+m[ae]ny\s+(?P<en>[\w-]+)"
    r"|\b(?:nombre|nb|nbre)\s+(?:de\s+|d')?(?P<nombre>[\w-]+)|\b(?:number|count)\s+of\s+(?P<number>[\w-]+)"
)
_MEASURES_FR = (
    "part|puissance|capacite|montant|somme|prix|cout|pourcentage|nombre|budget|participation|taille|valeur"
    "|investissement|duree|chiffre|benefice|valorisation"
)
_MEASURES_EN = (
    "total |annual |amount|sum|power|capacity|price|cost|share|stake|percentage|number|budget|size|value|valuation"
    "|revenue"
)
_HOW_MUCH = re.compile(
    r"\b(?:combient?|cbn?|cmb|how (?:mu?t?ch|m[ae]ny|big|large|long|far)"
    rf"|quel(?:le)?s? (?:(?:est|sont|etait|sera|serait) (?:le |la |les |l'))?(?:{_MEASURES_FR})s?"
    rf"|what(?:'s| s| is| are| was)? (?:the )?(?:{_MEASURES_EN}))\b"
)
_OTHERWISE = re.compile(
    r"^\s*(?:c'?est quoi|c koi|qu'|que\b|quoi|a quoi|quel|comment|pourquoi|pk\b|what|which|how|why|who|whos|whose|qui\b"
    r"|ou\b|where|de qui|chez qui|sur quel|dans quel)|\b(?:qui|what|why|pourquoi|comment|ce que|laquelle|lequel)\b"
)
_COMPARING = re.compile(
    r"\b(?:compar\w*|plus que|moins que|plus (?:de \w+ )?qu[e']|davantage|versus|vs|combien de fois|par rapport|ecart"
    r"|difference|more (?:\w+ )?than|less (?:\w+ )?than|bigger|larger|smaller|how many times|times (?:more|as)|ratio)\b"
)
_ENDING = re.compile(r"\b(?:fin|finit|termin\w*|expir\w*|echeance|jusqu|ends?|ending|until|over|last)\b")
_BEFORE = re.compile(
    r"\b(?:initial\w*|au depart|au debut|a l'origine|d'abord|avant|auparavant|precedent\w*|at first|originally|formerly"
    r"|previous\w*|before|used to|at the start)\b"
)
_FRAME = frozenset(
    "combien combient cb cbn cmb how much many mutch nombre number quel quelle what is the".split()
    + "quand when date wen qd jour day annee year".split()
)


def sought(question: str, language: Language, kind: Kind, ledger: Ledger) -> Sought | None:
    """Return what figure a question wants; None where it wants none, or the ledger has none."""
    if kind not in (Kind.QUANTITY, Kind.DATE, Kind.ANYTHING) or not ledger.figures:
        return None
    given = quantities(question, language)
    plain = fold(_without(question, given).casefold()).replace("\u2019", "'")
    named = Sought(
        metrics={Metric.DATE: 1.0},
        given=frozenset(quantity.value for quantity in given if quantity.value is not None),
        deals=tuple(ledger.names.mentioned(question)),
        times=tuple((date.earliest, date.latest) for date in dates(question, language)),
        words=_FRAME,
        ending=bool(_ENDING.search(plain)),
        before=bool(_BEFORE.search(plain)),
        comparing=bool(_COMPARING.search(plain)),
    )
    return named if kind is Kind.DATE else _measured(named, plain, kind, {quantity.unit for quantity in given})


def _measured(named: Sought, plain: str, kind: Kind, given: Collection[str]) -> Sought | None:
    """Return what figure, not a date, a question wants: ``plain`` is the question without accents and numbers."""
    counting = _COUNTING.search(plain)
    noun = next(filter(None, counting.groups())) if counting else None
    asks = bool(noun or _HOW_MUCH.search(plain) or named.comparing)
    signs = [sign for sign in _signs() if sign.pattern.search(plain)]
    if not asks and (_OTHERWISE.search(plain) or (kind is not Kind.QUANTITY and all(sign.counted for sign in signs))):
        return None
    signs = [sign for sign in signs if not sign.counted] or signs
    metrics = _metrics(signs)
    if noun is not None and not _is_measured(noun):
        metrics = {metric: max(metrics.get(metric, 0.0), _OF_A_COUNT) for metric in _COUNTS}
        named = named._replace(counted=noun)
    elif not metrics:
        alike = {metric for metric in Metric for unit in given if fits(unit, metric)}
        metrics = {metric: _OF_A_COUNT if metric in alike else _ANY for metric in Metric if metric is not Metric.DATE}
    told = (sign for sign in signs if not sign.counted)
    words = frozenset(word for sign in told for match in sign.pattern.finditer(plain) for word in match[0].split())
    per = next((sign.per for sign in signs if sign.per), None)
    return named._replace(metrics=metrics, per=per, words=named.words | words)


def _without(question: str, given: Sequence[Quantity]) -> str:
    """Return a question without the numbers that it gives."""
    for quantity in reversed(given):
        question = f"{question[: quantity.start]} {question[quantity.end :]}"
    return question


def _metrics(signs: Iterable[_Sign]) -> dict[Metric, float]:
    metrics: dict[Metric, float] = {}
    for sign in signs:
        for metric, weight in sign.metrics.items():
            metrics[metric] = max(metrics.get(metric, 0.0), weight)
    return metrics


def _is_measured(noun: str) -> bool:
    """Tell whether a noun that is counted is a unit: *combien de gigawatts*, *how many dollars*."""
    return any(sign.pattern.fullmatch(noun) and not sign.counted for sign in _signs())


@cache
def _signs() -> tuple[_Sign, ...]:
    document = (files("index.answering") / "measures.toml").read_text("utf-8")
    return tuple(
        _Sign(
            re.compile(rf"(?<!\w)(?:{sign['words']})(?!\w)"),
            {Metric(name): _ALSO for name in sign.get("also", ())} | {Metric(name): 1.0 for name in sign["metrics"]},
            sign.get("per"),
            sign.get("counted", False),
        )
        for sign in tomllib.loads(document)["sign"]
    )
