"""When something holds, in words of a language: what the source writes, quoted, beside the dates that are meant."""

import re

from bot.measures import quoted
from bot.translation import Translator
from index.figures.chronology import Entry, Sort
from index.model import Figure, Moment

_MONTH = 2  # parts of a date to the month
_PART = re.compile(
    r"\b(?:début|debut|fin|mi|milieu|courant|printemps|été|automne|hiver|trimestre|semestre|moitié"
    r"|early|late|mid|middle|beginning|start|end|spring|summer|autumn|fall|winter|quarter|half|[qths][1-4])\b",
    re.IGNORECASE,
)

_LED = re.compile(
    r"(?:depuis|dès|à compter|à partir|jusqu|d[’']ici|avant|après"
    r"|from|since|starting|as of|until|till|by|before|after)\b",
    re.IGNORECASE,
)


def moment_words(moment: Moment, speaker: Translator) -> str:
    """Return the source's words, then the dates that are meant where the words alone do not give them."""
    written = quoted(moment.written, speaker)
    meant = meant_dates(moment, speaker)
    return f"{written} ({meant})" if meant and meant not in moment.written else written


def meant_dates(moment: Moment, speaker: Translator) -> str:
    """Return the dates that are meant, in words; empty where they are not known."""
    if moment.earliest is None or moment.latest is None:
        return ""
    return span(moment.earliest, moment.latest, speaker)


def span(earliest: str, latest: str, speaker: Translator) -> str:
    """Return the stretch between two partial dates in words: ``mai–août 2026``; one date where they are the same."""
    end = speaker.date(latest)
    first, last = earliest.split("-"), latest.split("-")
    if first == last:
        return end
    if len(first) == len(last) > 1 and first[:-1] == last[:-1]:
        start = _month(first, speaker) if len(first) == _MONTH else speaker.day(first[-1])
        return f"{start}–{end}"
    return f"{speaker.date(earliest)} – {end}"


def _month(parts: list[str], speaker: Translator) -> str:
    from babel.dates import get_month_names

    return str(get_month_names("wide", locale=speaker.language)[int(parts[1])])


def told(moment: Moment, speaker: Translator) -> str:
    """Return when something is: the date alone where the source names that, else its words and what they mean.

    A stretch of time (``« mi-2026 » (mai–août 2026)``), a part of a month or year ("fin janvier") and what counts from
    the day of writing ("cette semaine") are no more exact than the source's words, which come first.
    """
    meant = meant_dates(moment, speaker)
    if meant and not is_loose(moment):
        return meant
    written = quoted(moment.written, speaker)
    return f"{written} ({meant})" if meant else written


def moment_of(entry: Entry) -> Moment | None:
    """Return the source's own words for the time of an entry; None for the day on which it was said."""
    figure = entry.figure
    return {Sort.SAID: None, Sort.ON: figure.on, Sort.SINCE: figure.since, Sort.UNTIL: figure.until}[entry.sort]


def is_loose(moment: Moment) -> bool:
    """Tell whether a source's words are no date of their own, but a stretch of time or one that is concluded."""
    return moment.relative or moment.earliest != moment.latest or _PART.search(moment.written) is not None


def date_value(figure: Figure, speaker: Translator) -> str:
    """Return the value of a date: the date that the source names, else its words and what they mean."""
    said = [told(moment, speaker) for moment in (figure.on, figure.during) if moment]
    if figure.since:
        since = told(figure.since, speaker)
        said.append(since if _says_how(figure.since) else speaker.text("from {date}", date=since))
    if figure.until:
        until = told(figure.until, speaker)
        said.append(until if _says_how(figure.until) else speaker.text("until {date}", date=until))
    return ", ".join(dict.fromkeys(said))


def _says_how(moment: Moment) -> bool:
    """Tell whether the source's words, which are shown, say themselves that it is from or until then."""
    return is_loose(moment) and _LED.match(moment.written) is not None
