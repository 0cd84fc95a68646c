"""Why something was refused, in the language of whoever asked for it.

The library's errors are English sentences with names in them; ``catalogs/refusals.fr.po`` has them in French.
"""

from bot.translation import Translator, catalog
from index.errors import Phrase, SourcierError

_CATALOG = "refusals.fr"


def told(error: SourcierError, speaker: Translator) -> str:
    """Return the sentence of an error. What is in no catalog stays as it is: what a face has said itself already is.

    The values in it are as they were given, so that a face has yet to escape them.
    """
    if speaker.language == "en" or not error.sentence:
        return str(error)
    sentence = catalog(_CATALOG).gettext(error.sentence)
    if sentence == error.sentence:
        return str(error)
    if not error.values:
        return sentence
    return sentence.format(**{name: _said(value, speaker) for name, value in error.values.items()})


def _said(value: object, speaker: Translator) -> str:
    """Return a value as a sentence has it: numbers in the manner of the language, phrases in its words."""
    if isinstance(value, Phrase):
        return catalog(_CATALOG).gettext(value) if value else ""
    if isinstance(value, float):
        return speaker.number(value, decimals=1)
    return speaker.number(value) if isinstance(value, int) else str(value)
