"""What is to be seen in a timeline's picture, in words, for those who do not see it."""

from bot.timeline_picture.content import Row, arrange
from bot.translation import Translator
from index.figures.chronology import Sort, Timeline

LONGEST = 1000
"""Characters; Discord takes 1,024."""

_LONGEST_TITLE = 300


def alt_text(timeline: Timeline, speaker: Translator) -> str:
    """Return what the picture shows: of what time, then the figures of each deal, as many as there is room for."""
    content = arrange(timeline, speaker)
    title = content.title[:_LONGEST_TITLE]
    rows = [row for group in content.groups for row in group.rows]
    if not rows:
        return f"{title}. {speaker.text('No figure here has a date.')}"
    marks = [mark for row in rows for mark in row.marks]
    first, last = min(marks, key=lambda mark: mark.start), max(marks, key=lambda mark: mark.end)
    told = speaker.text("Timeline from {first} to {last}: {title}.", first=first.words, last=last.words, title=title)
    left = sum(row.figures for row in rows)
    for group in content.groups:
        for row in group.rows:
            said = _said(row, speaker)
            if len(content.groups) > 1 and row is group.rows[0]:
                said = speaker.text("{deal}: {figure}", deal=group.name, figure=said)
            rest = speaker.plural("{count} more figure.", "{count} more figures.", left)
            if len(f"{told} {said}. {rest}") > LONGEST:
                return f"{told} {rest}"
            told = f"{told} {said}."
            left -= row.figures
    return told


def _said(row: Row, speaker: Translator) -> str:
    """Return a row in words: its value, what it is, and its times."""
    times = ", ".join(
        speaker.text("{time} (estimated)", time=_time(mark.sort, mark.words, speaker))
        if mark.estimated
        else _time(mark.sort, mark.words, speaker)
        for mark in row.marks
    )
    label = " ".join(part for part in (row.value, row.what, row.shared) if part)
    return f"{label}, {times}"


def _time(sort: Sort, words: str, speaker: Translator) -> str:
    if sort is Sort.SAID:
        return speaker.text("said {date}", date=words)
    if sort is Sort.SINCE:
        return speaker.text("from {date}", date=words)
    if sort is Sort.UNTIL:
        return speaker.text("until {date}", date=words)
    return words
