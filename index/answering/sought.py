"""What figure a question wants: which metrics would answer it, of which deals, and what it gives itself."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import NamedTuple

from index.answering.kinds import Kind
from index.answering.naming import held_in, names_in, payer_in
from index.answering.timing import asks_before, given_in, times_in
from index.figures.kinds import Metric, fits
from index.figures.ledger import Ledger
from index.figures.mentions import Quantity
from index.language.analysis import fold, plainly
from index.model import Language


class Sought(NamedTuple):
    """What figure a question wants.

    ``metrics``: how well each would answer (1 is well). ``given``: the numbers that stand in the question. ``deals``:
    those that it names. ``times``: the years, months or days that it names. ``words``: those of its words that tell
    what is wanted. ``counted``: the words for what it wants counted. ``ending``: it asks for the end of something;
    ``before``: for what was so at first; ``most``: for the most there may be; ``each``: for one of these; ``whole``:
    for all of it together; ``comparing``: for two figures held against each other. ``asks``: it asks for a number in
    so many words; ``whether``: it gives a number or a time itself, and asks whether it holds. ``names``: words of
    names that it says, which have to be where the figure stands; ``held``: the name in which a part is held;
    ``payer``: the name that pays.
    """

    metrics: Mapping[Metric, float]
    per: str | None = None
    given: frozenset[Decimal] = frozenset()
    deals: tuple[str, ...] = ()
    times: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()
    counted: tuple[str, ...] = ()
    ending: bool = False
    before: bool = False
    each: tuple[str, ...] = ()
    most: bool = False
    whole: bool = False
    comparing: bool = False
    asks: bool = False
    whether: bool = False
    names: frozenset[str] = frozenset()
    held: str | None = None
    payer: str | None = None


class _Sign(NamedTuple):
    """Words that show which metrics are wanted: ``counted`` ones only where nothing else does, ``only`` ones alone."""

    pattern: re.Pattern[str]
    metrics: Mapping[Metric, float]
    per: str | None
    counted: bool
    only: bool


_UNMEASURED = (Kind.NAME, Kind.PLACE, Kind.REASON, Kind.PURPOSE, Kind.MANNER)
_ALSO = 0.5
_ANY = 0.3
_LARGE, _MONEY = 1_000_000, "USD"
_AGAIN = 0.2  # what a further sign of a metric counts
_OF_A_COUNT, _ALIKE = 0.6, 0.8
_COUNTS = frozenset({Metric.UNITS, Metric.SITES, Metric.PEOPLE, Metric.EQUIVALENT, Metric.NUMBER})
_COUNTING = re.compile(
    r"\b(?:(?:combient?|cbn?|cmb)\s+(?:de\s+|d')|h[ow]{2}\s+m[ae]ny\s+|(?:nombre|nb|nbre)\s+(?:de\s+|d')?"
    r"|(?:number|count)\s+of\s+)((?:[\w-]+\s*){1,4})"
)
_IDLE = frozenset(
    "a en on ils elles il elle does do did has have is are will would can could were was dans chez pour"
    " de d du des la le les max maximum maximal total totale more plus new nouveaux nouvelles par per en in".split()
)
_THEN = frozenset("per par each chaque every in dans chez at for pour".split())  # after the thing, not of it
_OWN = frozenset({"sa", "son", "ses", "leur", "leurs"})  # combien de sa poche
_NOUNS = 2  # words after "how many" that may be what is counted
_MEASURES_FR = (
    "part|portion|puissance|capacite|montant|somme|prix|cout|pourcentage|nombre|budget|participation|taille|valeur"
    "|investissement|duree|chiffre|benefice|valorisation|financement|apport|facture"
)
_MEASURES_EN = (
    "amount|sum|power|capacity|price|cost|share|portion|stake|percentage|number|budget|size|value|valuation|revenue"
    "|investment|funding|financing|bill|total"
)
_UNITS = r"[gm]w|[gm]igawatts?|[mg]egawatts?|dollars?|euros?|milliards?|billions?|millions?|pourcent\w*|percent\w*|%"
_TELLS = r"rapport|cout|pai|pay|vers|vaut|gagn|cost|earn|worth|represent|pes|weigh"
_HOW_MUCH = re.compile(
    r"\b(?:combient?|cbn?|cmb|how (?:mu?t?ch|m[ae]ny|big|large|long|far)|come to|adds? up|s'eleve"
    rf"|quel(?:le)?s? (?:(?:est|sont|etait|sera|serait) (?:le |la |les |l'))?(?:{_MEASURES_FR})s?"
    rf"|what(?:'s| s| is| are| was)? (?:the )?(?:\w+ )?(?:{_MEASURES_EN})"
    rf"|(?:que|what (?:does|did|will|would)) (?:[\w']+ ){{0,5}}(?:{_TELLS})\w*|(?:en|in|of|de) (?:{_UNITS}))(?!\w)"
)
_OTHERWISE = re.compile(
    r"^\s*(?:c'?est quoi|c koi|qu'|que\b|quoi|a quoi|quel|comment|pourquoi|pk\b|what|which|how|why|who|whos|whose|qui\b"
    r"|ou\b|where|de qui|chez qui|sur quel|dans quel)|\b(?:qui|what|why|pourquoi|comment|ce que|laquelle|lequel)\b"
)
_WHETHER = re.compile(
    r"\b(?:plus de|moins de|depass\w*|excede\w*|atteint|vraiment|or more|or less|or nah|more than|less than|over|above"
    r"|under|below|really|exceed\w*|reach\w*|au moins|at least|avant|apres|before|after|later|latter|earlier|plus tard"
    r"|plus tot|suffi\w*|enough|ou pas|ou moins|ou plus)\b"
)
_EITHER = re.compile(r"\b(?:or|ou)\b")
_OTHER_TIME = re.compile(
    r"\b(?:next|last) (?:week|month|quarter|year)|\b(?:l'an|annee|mois|trimestre|semaine) (?:prochaine?|derniere?)\b"
    r"|\bprochain (?:mois|trimestre)\b|\btrimestr\w*|\bquarterly\b"
)
_ANOTHER = ("9999", "9999")
"""The time of what is asked for by the asker's own: *last year*. Where a source says so, too, it may be meant."""

_EACH = re.compile(r"\b(?:(?:each|chaque|every)((?:\s+\w+){1,3})|(?:par|per|a|un|une|1|one)\s+(\w+))")
_COMPARING = re.compile(
    r"\b(?:compar\w*|plus que|moins que|plus (?:de \w+ )?qu[e']|davantage|versus|vs|combien de fois|par rapport|ecart"
    r"|difference|more (?:\w+ )?than|less (?:\w+ )?than|bigger|larger|smaller|how many times|times (?:more|as)|ratio"
    r"|how much (?:more|less|larger|bigger|greater|smaller)|combien (?:de \w+ )?de plus|(?:de )?combien (?:de )?plus)\b"
)
_ENDING = re.compile(r"\b(?:fin|finit|termin\w*|expir\w*|echeance|jusqu|ends?|ending|until|over|last)\b")
_MOST = re.compile(
    r"\b(?:max\w*|jusqu|at most|up to|potenti\w*|peak|a terme|at best|au plus|extra|if|si"
    r"|(?:more|plus d')\s?(?:power|energie|electricite))\b"
)
_WHOLE = re.compile(r"\b(?:en tout|au total|en tt|together|in total|overall|altogether|all|ensemble|tous|toutes)\b")
_FRAME = frozenset(
    "combien combient cb cbn cmb how much many mutch nombre number quel quelle what is the".split()
    + "quand when date wen qd jour day annee year".split()
)


def sought(question: str, language: Language, kind: Kind, ledger: Ledger) -> Sought | None:
    """Return what figure a question wants; None where it wants none, or the ledger has none."""
    if kind in _UNMEASURED or not ledger.figures:
        return None
    if kind is not Kind.QUANTITY and kind is not Kind.DATE:
        kind = Kind.ANYTHING
    given, every = given_in(question, language)
    plain = fold(_without(question, given).casefold()).replace("\u2019", "'")
    whether = bool(_WHETHER.search(fold(question.casefold())))
    whether = whether or (max(len(every), len(given)) > 1 and bool(_EITHER.search(plain)))
    whether = whether or (kind is Kind.ANYTHING and bool(given))
    times = () if whether else times_in(question, every)
    if _OTHER_TIME.search(plain):
        times = (_ANOTHER,)
    named = Sought(
        metrics={Metric.DATE: 1.0},
        given=frozenset(quantity.value for quantity in given if quantity.value is not None),
        deals=tuple(ledger.names.mentioned(question)),
        times=times,
        words=_FRAME,
        ending=bool(_ENDING.search(plain)),
        before=asks_before(plain),
        most=bool(_MOST.search(plain)),
        each=tuple(word for found in _EACH.findall(fold(question.casefold())) for word in " ".join(found).split()),
        whole=bool(_WHOLE.search(plain)),
        comparing=bool(_COMPARING.search(plain)),
        whether=whether,
        names=names_in(question, ledger),
        held=held_in(question, ledger.parties),
        payer=payer_in(question, ledger.parties),
    )
    if kind is Kind.DATE or (kind is Kind.ANYTHING and whether and every and not given):
        return named
    if whether and kind is Kind.ANYTHING and given:
        counted = (fold(word.casefold()) for quantity in given for word in (quantity.counted or "").split())
        return _measured(named, f"{plain} {' '.join(counted)}", Kind.QUANTITY, _units(given))
    return _measured(named, plain, kind, _units(given))


def is_said_so(times: Sequence[tuple[str, str]], sentence: str) -> bool:
    """Tell whether a question asks by its own time, *last year*, and a sentence tells of one in such words, too."""
    return _ANOTHER in times and bool(_OTHER_TIME.search(plainly(sentence)))


def counted_in(question: str) -> list[str]:
    """Return the words for what a question wants counted, in small letters without accents."""
    plain = fold(question.casefold()).replace("\u2019", "'")
    counting = _COUNTING.search(plain)
    words = counting[1].split() if counting else []
    words = list(takewhile(lambda word: word not in _THEN, words))
    nouns = [word for word in words if word not in _IDLE][:_NOUNS]
    return [] if nouns and (nouns[0] in _OWN or nouns[0].endswith(("er", "ir"))) else nouns


def _units(given: Sequence[Quantity]) -> set[str]:
    """Return the units of the numbers that a question gives; a bare number of millions or more is one of money."""
    bare = (quantity.unit == "count" and not quantity.counted for quantity in given)
    units = {quantity.unit for quantity in given}
    large = any(is_bare and (quantity.value or 0) >= _LARGE for is_bare, quantity in zip(bare, given, strict=True))
    return units | {_MONEY} if large else units


def _measured(named: Sought, plain: str, kind: Kind, given: Collection[str]) -> Sought | None:
    """Return what figure, not a date, a question wants: ``plain`` is the question without accents and numbers."""
    counting = _COUNTING.search(plain)
    nouns = counted_in(plain)
    asks = bool(counting or _HOW_MUCH.search(plain) or named.comparing)
    signs = [sign for sign in _signs() if sign.pattern.search(plain)]
    if not asks and kind is not Kind.QUANTITY and (_OTHERWISE.search(plain) or not (signs or named.given)):
        return None
    if named.comparing and len(named.deals) > 1:
        signs = [sign for sign in signs if Metric.GROWTH not in sign.metrics] or signs
    signs = [sign for sign in signs if sign.only] or [sign for sign in signs if not sign.counted] or signs
    metrics = _metrics(signs)
    if nouns and not any(sign.only for sign in signs) and not _is_measured(nouns[0]):
        metrics = {metric: max(metrics.get(metric, 0.0), _OF_A_COUNT) for metric in _COUNTS}
        named = named._replace(counted=tuple(nouns))
    elif not metrics:
        alike = {metric for metric in Metric for unit in given if fits(unit, metric)}
        metrics = {metric: _ALIKE if metric in alike else _ANY for metric in Metric if metric is not Metric.DATE}
    told = (sign for sign in signs if not sign.counted)
    words = frozenset(word for sign in told for match in sign.pattern.finditer(plain) for word in match[0].split())
    per = next((sign.per for sign in signs if sign.per), None)
    return named._replace(metrics=metrics, per=per, words=named.words | words, asks=asks)


def _without(question: str, given: Sequence[Quantity]) -> str:
    """Return a question without the numbers that it gives."""
    for quantity in reversed(given):
        question = f"{question[: quantity.start]} {question[quantity.end :]}"
    return " ".join(question.split())


def _metrics(signs: Iterable[_Sign]) -> dict[Metric, float]:
    found: dict[Metric, list[float]] = {}
    for sign in signs:
        for metric, weight in sign.metrics.items():
            found.setdefault(metric, []).append(weight)
    return {metric: max(weights) + _AGAIN * (sum(weights) - max(weights)) for metric, weights in found.items()}


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
            sign.get("only", False),
        )
        for sign in tomllib.loads(document)["sign"]
    )
