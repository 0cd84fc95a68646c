"""What a file says of itself: its title, who wrote it, when it was made. Programs fill these in, so not all is true."""

import re
from datetime import date
from pathlib import PurePath

from index.reading.cleaning import clean_line

_MOST_TITLE = 300  # what an Article takes
_MOST_AUTHOR = 200
_FIRST_YEAR = 1985  # before that no program wrote such files
_MADE_UP = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|(?:untitled|sans titre|sin título|ohne titel)\b.*"
    r"|(?:document|présentation|presentation|classeur|dokument|slide|diapositive|layout|mise en page|page|title|titre"
    r"|imprimé|print|scan|doc|copie de|copy of)[ _-]?\d*|powerpoint presentation|présentation powerpoint"
    r"|.*\.(?:docx?|odt|rtf|pptx?|xlsx?|indd|qxd|qxp|pmd|tex|dvi|ps|eps|pdf|html?|txt|fm|pages|key|ai|psd)|[\W\d_]*"
    r"|https?://.*|.*\(anonymous\).*|\(unspecified\)|about:blank)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:(?:unknown|anonymous|author|auteur|user|utilisateur|admin|administrat\w+|owner|default|root|windows|test"
    r"|microsoft(?: office)?(?: user)?|utilisateur (?:de )?(?:microsoft|windows)(?: office)?|python-docx|hp|dell|lenovo"
    r"|\(?anonymous\)?|\(?unspecified\)?|x|pc|mac|macbook.*|.*@.*|.*\\.*)|[\W\d_]*)\d*",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"^(?:Microsoft (?:Word|PowerPoint)|Diapositive \d+)\s*[-–]\s*", re.IGNORECASE)


def stated_title(written: str | None, name: str) -> str | None:
    """Return the title that a file gives itself; None where a program made it up, or it is the file's name."""
    title = _PROGRAM.sub("", clean_line(written or ""))
    stem = PurePath(name).stem
    if not title or len(title) > _MOST_TITLE or _MADE_UP.fullmatch(title) or "\ufffd" in title:
        return None
    if title.casefold() in (stem.casefold(), name.casefold()) or (" " not in title and not title.isalpha()):
        return None
    return title


def stated_author(written: str | None) -> str | None:
    """Return who wrote a file, as it says; None where that is an account or a program."""
    author = clean_line(written or "")
    if not author or len(author) > _MOST_AUTHOR or _NOBODY.fullmatch(author) or "\ufffd" in author:
        return None
    return author


def stated_day(year: int, month: int, day: int) -> str | None:
    """Return a day on which a file may have been made, as an ISO date; None where there is no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if found.year >= _FIRST_YEAR else None
