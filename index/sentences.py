"""Text to whole sentences, in French and English.

Sentences are what the bot quotes, so they are spans of the text, never copies, and a doubtful stop does not
end one: two sentences in one quote read as they stand, half a sentence does not. Every rule looks at a few
characters around a mark, so the time is linear in the length of the text, whatever it holds.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from index.lines import BRAND, INLINE, LEADING, LOOKBACK, TITLES, Span, paragraphs, stripped, token_before, words


def split(text: str) -> list[Span]:
    """Return the sentences, in order and disjoint; together they hold every character but white space.

    Each span is stripped and not empty. A heading, a list item and a date at the very head are sentences too.
    Never raises, whatever the string holds.
    """
    sentences: list[Span] = []
    head = dateline_end(text)
    for paragraph in paragraphs(text):
        start = paragraph.start
        if start < head < paragraph.end:
            sentences.append(Span(start, head))
            start = head
        for cut in [*_cuts(text, paragraph), paragraph.end]:
            if sentence := stripped(text, start, cut):
                sentences.append(sentence)
            start = cut
    return sentences


def dateline_end(text: str) -> int:
    """Return where the date at the very head ends (``date 2024-06 OpenAI, Microsoft``), or 0 without one."""
    dateline = _DATELINE.match(text)
    return dateline.end() if dateline else 0


_DATE = r"(?:\d{4}-\d{2}(?:-\d{2})?|\d{1,2}/\d{1,2}/\d{4})"
_DATELINE = re.compile(
    rf"\s*(?:date\s?:?\s?(?:{_DATE}|\d{{4}})|{_DATE})(?:\s?[-–—|:])?(?=\s+[«“\"]?\s?[^\W\d_])", re.IGNORECASE
)
_NUMBERED = words("n nos nᵒ n° nº p pp art fig vol chap ch sect tab éd ed ann réf ref par alin §")
_AMBIGUOUS = words(
    "inc corp ltd co cie llc plc bros jr sr ph.d al tél tel dept dép min max "
    "janv févr fév avr juil sept oct nov déc jan feb apr aug sep dec"
)
_BEFORE_A_NUMBER = words("etc no")
_STARTERS = words("""
    le la les l un une des du de d ce cet cette ces c ça cela ceci il elle ils elles on nous vous je j tu
    y en dans pour avec au aux à sur sous selon depuis après avant dès si s mais ou et or donc car comme
    lors lorsque quand alors ainsi aussi par sans son sa ses leur leurs notre nos votre vos mon ma mes qu
    que qui quoi quel quelle quels quelles où pourquoi comment combien cependant toutefois pourtant enfin
    ensuite puis bien grâce malgré outre parmi chaque chacun plusieurs certains certaines tout tous toute
    toutes aucun aucune ni ne n m t est sont voici voilà
    the a an this these those that there here it its i we you they he she his her their our my your in on
    at by for from to of with without and but or so yet as if when while after before since until although
    though because however according also then thus therefore meanwhile moreover what which who whom whose
    where why how is are was were has have had do does did will would can could should may might must no
    not all some many most each every both another other such under over between during through about
""")
_PARTICLES = words("le la les l du de des van von")
_LETTER_WORDS = words("a à i y")
_FILE_ENDINGS = words(
    "com net org fr be ch ca uk eu de us io ai co tv gov edu info dev app js ts py md pdf txt csv xls doc "
    "docx xlsx ppt zip exe dll jpg png gif svg mp3 mp4 html htm php asp aspx xml json sql css sh go rs cpp"
)
# Words that end a name written in one (LinkedIn, PlugIn): glued to a capitalised word they start no sentence.
_NAME_ENDINGS = words("In It On At By As So We He For From With And But")
_ELIDED_AFTER_LOWER_CASE = words("D C S N J Qu")  # AMD'S is English
_GLUE = re.compile(
    r"(?<=[\w)»”%€$])(?:(?:Le|La|Les|Un|Une|Des|Ce|Cet|Cette|Ces|Cela|Il|Elle|Ils|Elles|On|Nous|Vous|En|Dans|Pour"
    r"|Avec|Au|Aux|À|Sur|Sous|Selon|Depuis|Après|Avant|Si|Mais|Comme|Lors|Lorsque|Quand|Alors|Ainsi|Par|Sans|Son"
    r"|Sa|Ses|Leur|Leurs|Notre|Nos|Cependant|Toutefois|Bien|Grâce|Malgré|Chaque|Plusieurs"
    r"|The|This|These|Those|That|There|It|Its|In|On|At|By|As|So|We|He|She|They|His|Her|Their|For|From|With|And"
    r"|But|When|While|After|Before|According|However|Since|Although)(?=\s)"
    r"|(?:L|D|C|S|N|J|Qu)['’](?=[^\W\d_]{2}))"
)
_STOP = re.compile(
    # A run of stops, spaced or not, matched whole and from its start only: else dots would take square time.
    r"(?<![.!?…])(?<![.!?…][ \u00a0\u202f])(?P<marks>[.!?…]++(?:[ \u00a0\u202f][.!?…]++)*+)"
    # What closes with it: quotes, brackets, Markdown emphasis, the number of a note.
    r"(?:[ \u00a0\u202f]?[»”)\]}›]|[\"'’*_]|\[\d{1,3}\])*+"
    # Then white space, a quotation, or a word glued to the stop.
    r"(?=\s|[«“\"(\[]|[^\W\d_](?:[^\W\d_]|['’\s]))"
)
_WORD = re.compile(r"[^\W\d_]{1,20}")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_GLUED_WORD = re.compile(r"[^\W\d_]{1,40}(?=[\s,;:'’-]|$)")
_INITIALS = re.compile(r"[^\W\d_](?:(?:\.-?|-)[^\W\d_])*")
_ORDINAL = re.compile(r"\d{1,3}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4}")
_FEW = words("1 2 3 4 5 6 7 8 9")
_ROMAN_OR_LETTER = re.compile(r"(?:[IVXLC]+|[A-Z])(?!\w)")
_ADDRESS = re.compile(r"https?://|www\.|[\w.+-]{1,64}@\w", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_PAIRED = re.compile(r"[«»“”()\[\]\"]")
_OPENING = {"»": "«", "”": "“", ")": "(", "]": "["}
_EMBEDDED = 300  # code points: a longer quotation is split at its own stops, even inside a sentence


def _cuts(text: str, paragraph: Span) -> list[int]:
    """Return where sentences end inside one paragraph, in order."""
    stops, glosses = _stop_cuts(text, paragraph)
    cuts = sorted([*stops, *_glue_cuts(text, paragraph, stops, glosses)])
    if cuts:
        cuts = _outside(_addresses(text, paragraph), cuts)
    if cuts:
        cuts = _outside(_embedded(text, paragraph), cuts)
    return cuts


def _stop_cuts(text: str, paragraph: Span) -> tuple[list[int], list[int]]:
    """Return the ends of sentences at stops, and the ellipses inside sentences that go on in lower case."""
    cuts: list[int] = []
    glosses: list[int] = []
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        leading = LEADING.match(text, stop.end(), paragraph.end)
        after = leading.end() if leading else stop.end()
        if after == paragraph.end or stop.start() == paragraph.start:
            continue
        marks = stop["marks"]
        if ("…" in marks or ".." in marks) and "!" not in marks and "?" not in marks:
            ends = _ends_at_ellipsis(text, paragraph, stop.start(), after)
            if text[after].islower():
                glosses.append(stop.start())
        else:
            ends = _ends_at_stop(text, paragraph, stop, after)
        if ends:
            cuts.append(stop.end())
    return cuts, glosses


def _ends_at_ellipsis(text: str, paragraph: Span, start: int, after: int) -> bool:
    elided = text[max(start - 2, 0) : start].rstrip().endswith(("[", "("))
    return not elided and not text[after].isdigit() and _opens_sentence(text, paragraph, after)


def _ends_at_stop(text: str, paragraph: Span, stop: re.Match[str], after: int) -> bool:
    """Tell whether a sentence ends at ``stop``, if text goes on at ``after``, past white space and quotes."""
    marks = stop["marks"]
    before = token_before(text, paragraph, stop.start())
    if marks == "." and _is_marker(text, paragraph, stop.start() - len(before), before):
        return False
    if not text[stop.end()].isspace():
        word = before or marks.strip(".")  # a space may part ! and ? from their word: À noter !La
        return _ends_glued(text, paragraph, word, after)
    if text[after] in ".…":  # an elision in brackets opens the next sentence
        return text[after - 1] in "[("
    if not _opens_sentence(text, paragraph, after):
        return False
    if marks == "!" and before == "Yahoo":
        return _is_starter(text, paragraph, after)
    return marks != "." or not _is_abbreviation(text, paragraph, stop.start() - len(before), before, after)


def _opens_sentence(text: str, paragraph: Span, at: int) -> bool:
    first = text[at]
    if first.islower():
        return BRAND.match(text, at, paragraph.end) is not None
    return first not in ",;:.!?…%)/=+&|"


def _is_marker(text: str, paragraph: Span, start: int, before: str) -> bool:
    """Tell whether ``before`` numbers a list item: first in its paragraph, or a number after a colon."""
    if start <= paragraph.start + 1:
        return _ORDINAL.fullmatch(before) is not None
    return before in _FEW and _preceding(text, paragraph, start).endswith(":")


def _preceding(text: str, paragraph: Span, start: int) -> str:
    return text[max(paragraph.start, start - 8) : start].rstrip()


def _ends_glued(text: str, paragraph: Span, before: str, after: int) -> bool:
    """Tell whether a stop without a space ends a sentence: ``fournisseur.Depuis``, but not ``Node.js``."""
    word = _GLUED_WORD.match(text, after, paragraph.end)
    if not word or not word[0][0].isupper() or before in TITLES or _INITIALS.fullmatch(before):
        return False
    if _is_starter(text, paragraph, after):
        return True
    if not before or len(word[0]) == 1 or word[0].casefold() in _FILE_ENDINGS:
        return False
    if before[-1].isalpha():
        return "." not in before and (before[0].islower() or word[0][1:].islower())
    return before.isdigit() or not before[-1].isdigit()


def _is_abbreviation(text: str, paragraph: Span, start: int, before: str, after: int) -> bool:
    """Tell whether the full stop belongs to the word ``before`` it, which begins at ``start``."""
    preceding = _preceding(text, paragraph, start)
    counted = len(before) == 1 and preceding[-1:].isdigit()  # 30 M, 5 W: a unit, not a name
    folded = before.casefold()
    if before[-1:].isupper() and len(before) == 1 and preceding.endswith("art."):
        return True
    lower = folded if before[-1:].islower() else before  # p. 12 and Env., but not CA or P.
    if text[after].isdigit():
        numbered = lower in _NUMBERED and not counted
        return numbered or lower in INLINE or folded in _AMBIGUOUS or folded in _BEFORE_A_NUMBER
    if before in TITLES:
        return not counted
    if lower in _NUMBERED:
        return _ROMAN_OR_LETTER.match(text, after, paragraph.end) is not None
    network = before == "X" and preceding.endswith((" on", "sur", "via", "réseau"))
    named = not counted and not network and (len(before) > 1 or before.isupper())
    if (named and _INITIALS.fullmatch(before)) or folded in _AMBIGUOUS:
        return not _is_starter(text, paragraph, after) or _is_particle(text, paragraph, after)
    return lower in INLINE


def _is_starter(text: str, paragraph: Span, at: int) -> bool:
    """Tell whether the word at ``at`` is one that opens sentences, with a capital."""
    word = _WORD.match(text, at, paragraph.end)
    if not word or not word[0][0].isupper():
        return False
    folded = word[0].casefold()
    if len(folded) > 1 or text[word.end() : word.end() + 1] in ("'", "’"):
        return folded in _STARTERS
    return folded in _LETTER_WORDS and text[word.end() : word.end() + 1] != "."


def _is_particle(text: str, paragraph: Span, at: int) -> bool:
    """Tell whether the word at ``at`` may begin a name: Le Drian, L'Oréal."""
    word = _WORD.match(text, at, paragraph.end)
    return bool(word and word[0].casefold() in _PARTICLES and text[word.end() + 1 : word.end() + 2].isupper())


def _glue_cuts(text: str, paragraph: Span, stops: list[int], glosses: list[int]) -> Iterator[int]:
    """Yield where a sentence is glued to a heading before it.

    A glued gloss that an ellipsis cuts off, with the sentence going on in lower case, is embedded in its
    sentence: the ellipsis undoes the nearest glue before it.
    """
    found = [glue.start() for glue in _GLUE.finditer(text, paragraph.start, paragraph.end) if _is_glued(text, glue)]
    for at, following in zip_longest(found, found[1:], fillvalue=paragraph.end):
        if _next(glosses, at, paragraph.end) >= min(following, _next(stops, at, paragraph.end)):
            yield at


def _next(places: list[int], at: int, end: int) -> int:
    found = bisect_right(places, at)
    return places[found] if found < len(places) else end


def _is_glued(text: str, glue: re.Match[str]) -> bool:
    before = text[max(glue.start() - LOOKBACK, 0) : glue.start()]
    if before[-1].islower():
        head = _LAST_WORD.search(before)
        return bool(head and len(head[0]) > 1 and not (glue[0] in _NAME_ENDINGS and head[0][0].isupper()))
    if before[-1].isupper():
        acronym = len(before) > 1 and before[-2:].isupper() and before[-2:].isalpha()
        return acronym and glue[0].rstrip("'’") not in _ELIDED_AFTER_LOWER_CASE
    return glue[0] not in _NAME_ENDINGS


def _outside(spans: Iterable[Span], cuts: list[int]) -> list[int]:
    """Return the sorted ``cuts`` that fall into none of ``spans``."""
    inside: set[int] = set()
    for span in spans:
        inside.update(cuts[bisect_right(cuts, span.start) : bisect_right(cuts, span.end)])
    return [cut for cut in cuts if cut not in inside]


def _addresses(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield URLs and mail addresses, without the punctuation after them."""
    part = text[paragraph.start : paragraph.end]
    if "://" not in part and "@" not in part and "www." not in part:
        return
    for token in _TOKEN.finditer(part):
        if address := _ADDRESS.search(token[0]):
            start = paragraph.start + token.start()
            yield Span(start + address.start(), start + len(token[0].rstrip(".,;:!?…)]}»”\"'’")))


def _embedded(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield the quotations and parentheses after which the sentence around them goes on."""
    opened: dict[str, list[int]] = {}
    for mark in _PAIRED.finditer(text, paragraph.start, paragraph.end):
        at, sign = mark.start(), mark[0]
        opening = _OPENING.get(sign)
        if sign == '"' and at > paragraph.start and not text[at - 1].isspace() and text[at - 1] not in "([":
            opening = '"'
        if not opening:
            opened.setdefault(sign, []).append(at)
        elif opened.get(opening):
            start = opened[opening].pop()
            if at - start <= _EMBEDDED and _goes_on(text, paragraph, at + 1):
                yield Span(start, at)


def _goes_on(text: str, paragraph: Span, at: int) -> bool:
    following = text[at : min(at + 8, paragraph.end)].lstrip()
    if following[:1].islower():
        return not BRAND.match(following)
    return following.startswith((",", ";", ":", ".", "?", "!"))
