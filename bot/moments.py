"""When something holds, in words of a language: what the source writes, quoted, beside the dates that are meant."""

from bot.measures import quoted
from bot.translation import Translator
from index.model import Figure, Moment

_MONTH = 2  # parts of a date to the month


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
        start = _month(first, speaker) if len(first) == _MONTH else str(int(first[-1]))
        return f"{start}–{end}"
    return f"{speaker.date(earliest)} – {end}"


def _month(parts: list[str], speaker: Translator) -> str:
    from babel.dates import get_month_names

    return str(get_month_names("wide", locale=speaker.language)[int(parts[1])])


def date_value(figure: Figure, speaker: Translator) -> str:
    """Return the value of a date: the dates that are meant, else the source's words."""
    said = [_meant(moment, speaker) for moment in (figure.on, figure.during) if moment]
    if figure.since:
        said.append(speaker.text("from {date}", date=_meant(figure.since, speaker)))
    if figure.until:
        said.append(speaker.text("until {date}", date=_meant(figure.until, speaker)))
    return ", ".join(dict.fromkeys(said))


def _meant(moment: Moment, speaker: Translator) -> str:
    return meant_dates(moment, speaker) or quoted(moment.written, speaker)
