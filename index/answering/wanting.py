"""What a question wants: a quantity, a date, a person ... and whether a sentence has such a thing."""

import re
from enum import StrEnum

from index.language.analysis import fold


class Kind(StrEnum):
    """The kinds of answer that can be told from the words of a question."""

    QUANTITY = "quantity"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    REASON = "reason"
    ANYTHING = "anything"


_MEASURES_FR = "montants?|sommes?|puissances?|capacites?|prix|couts?|parts?|pourcentages?|nombres?|budget|participation"
_MEASURES_EN = "amount|sum|power|capacity|price|cost|share|stake|percentage|number|budget|size|value"
_ASKS = (
    (Kind.QUANTITY, r"combien|cb|cbn|cmb|how (?:much|many|big|large|long|far)"),
    (Kind.QUANTITY, rf"quel(?:le)?s? (?:{_MEASURES_FR}|investissements?|taille|valeur)|what (?:{_MEASURES_EN})"),
    (Kind.DATE, r"quand|qd|kan|when|wen|quelle? jour|quelles? annees?|quel mois|kel mois|mois$|quelle date|how soon"),
    (Kind.DATE, r"(?:what|which) (?:week)?day"),
    (Kind.DATE, r"(?:what|which|wich) (?:day|year|date|month)|mois de|month"),
    (Kind.REASON, r"pourquoi|pk|pq|why|pour quelle raison|what for|how come"),
    (Kind.NAME, r"qui|who|whom|whose|quelle (?:entreprise|societe|firme|startup)|(?:which|what) company"),
    (Kind.PLACE, r"ou (?:est|se|sont|sera)|where|dans quel(?:le)?s? (?:ville|pays|etats?|region|lieu)|^\s*ou"),
    (Kind.DATE, r"(?<!per )(?<!each )(?<!every )(?<!a )year|(?<!par )(?<!chaque )annee|date"),
    (Kind.QUANTITY, r"montant|puissance|capacite|cout|prix|nombre|amount|capacity|cost|price|number|stake"),
    (Kind.QUANTITY, r"[gm]w|gigawatts?|megawatts?|dollars?|euros?|milliards?|billions?|millions?"),
    (Kind.DATE, r"debut|start date"),
    (Kind.REASON, r"reason|raison"),
)
"""What shows the kind that is wanted, the surest signs first, in words without accents."""

_ASKS_COMPILED = tuple((kind, re.compile(rf"\b(?:{pattern})\b")) for kind, pattern in _ASKS)

_MONTHS = (
    "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
)
_DATE = re.compile(rf"\b(?:19|20)\d{{2}}\b|\b(?:{_MONTHS})\b|\bmi-\d{{4}}|\b(?:prochaines? annees?|semaine|week)\b")
_NUMBER = re.compile(
    r"\d|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|cent|mille|millions?|milliards?|moitie|tiers"
    r"|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|billions?|half|third)\b"
)
_NAME = re.compile(r"(?:(?<=[^.!?:»\s]\s)|(?<=['\u2019(]))[A-ZÀ-Þ][\w&.-]+")
_PLACE = re.compile(r"\b(?:[àÀ]|au|aux|en|dans|in|at|near|from)\s+(?:(?:le|la|les|l['\u2019]|the)\s*)?[A-ZÀ-Þ]\w+")
_REASON = re.compile(
    r"\b(?:parce qu|car|afin|pour|puisqu|en raison|a cause|grace a|permet|permettr|vise|objectif|but|besoin|defi|manque"
    r"|because|since|in order|so that|due to|thanks to|aims?|goal|need|to meet|lack)"
)


def wanted(question: str) -> Kind:
    """Return the kind of answer that a question asks for."""
    plain = fold(question.casefold()).replace("'", " ").replace("\u2019", " ")
    return next((kind for kind, pattern in _ASKS_COMPILED if pattern.search(plain)), Kind.ANYTHING)


def present(kind: Kind, sentence: str) -> bool:
    """Tell whether a sentence has something of a kind in it."""
    if kind is Kind.NAME:
        return bool(_NAME.search(sentence))
    if kind is Kind.PLACE:
        return bool(_PLACE.search(sentence))
    pattern = {Kind.DATE: _DATE, Kind.QUANTITY: _NUMBER, Kind.REASON: _REASON}.get(kind)
    return pattern is None or bool(pattern.search(fold(sentence.casefold())))
