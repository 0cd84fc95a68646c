"""What a sentence says what it is: *Une concession, c'est ...*, *albedo, the share of ...*."""

import re

from index.answering.evidence import terms_of
from index.answering.remembered import remembered
from index.language.analysis import plainly
from index.model import Language

_SUBJECT = re.compile(
    r"\W*(?P<thing>[^,;:.!?]{1,60}?),? (?:is|are|est|sont|c'est|ce sont|means?|signifie|designe|designent|consiste"
    r"|refers to|stands for) "
)
_ASIDE = re.compile(
    r"(?P<thing>(?:\b[\w'-]+ ){0,2}[\w'-]+),? ?[,(\u2013\u2014] ?"
    r"(?:c'est-a-dire|autrement dit|soit|that is|meaning|which means|i\.?e\.?|the|an?|une?|les?|la|des)\b"
)


@remembered(1 << 12)
def defined_in(text: str, language: Language) -> tuple[frozenset[int], ...]:
    """Return for each thing of which a sentence may say what it is the terms of its words."""
    plain = plainly(text)
    subject = _SUBJECT.match(plain)
    things = [subject["thing"]] if subject else []
    things += [match["thing"] for match in _ASIDE.finditer(plain)]
    return tuple(terms_of((thing,), language) for thing in things)
