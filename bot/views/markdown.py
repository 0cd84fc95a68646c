"""Text in Discord messages: escaped so that it shows exactly as it reads, and shortened to fit.

The rules are those of Discord's clients (https://support.discord.com/hc/en-us/articles/210298617 and the message
formats of https://docs.discord.com/developers/reference#message-formatting): a backslash before a sign that is no
letter, digit or white space shows that sign plainly.
"""

import re

from bot.cards import printable
from bot.views.paging import cluster_ends

_ELLIPSIS = "…"
_SPACES = r"[^\S\n]"
_ALWAYS = r"\\*_~|`\[\]@<"  # emphasis, spoilers, code, links, mentions and all that stands in angle brackets
_BLOCK = r"(?:[-+#>]|\d+\.(?=\s|\Z))"  # lists, headings, subtext, quotes
_MARKUP = re.compile(
    # A block opens at the start of a line. Clients take what was read last for the line so far, so white space
    # after an escaped sign may pass for a line start too.
    rf"(?:^{_SPACES}*{_BLOCK}|(?<=[{_ALWAYS}]){_SPACES}+{_BLOCK}|(?<=<)[\#/])(?:{_SPACES}+{_BLOCK})*"
    rf"|[{_ALWAYS}]"
    # Addresses, emoji by name and what is left of <t:1> and <id:home>. Clients turn :smile: into an emoji while it
    # is typed, and also in what a bot sends.
    r"|:(?=//|[^\s:]*[:>])"
    # Invites are found without https:// before them.
    r"|discord(?:app)?\.(?=\w)",
    re.IGNORECASE | re.MULTILINE,
)
_LAST_SIGN = re.compile(r"\S(?!\S)")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_BROKEN_WORD = re.compile(r"[ \n][^ \n]*\Z")  # a no-break space breaks no word: 30\u00a0Md stays together
_LOOSE_END = " \n\u00a0\u202f,;:([{«“-–—/"


def escape(text: str) -> str:
    """Return printable text so that a message shows it as it reads: nothing in it is markup, a mention or a link.

    It may stand at the start of a line, in a quote, a heading, a list, subtext and between ``**``; each of its lines
    needs its own ``> ``. It may not stand inside code or in the text of a masked link, where Discord shows the
    backslashes. Cut text before it is escaped, never after.
    """
    return _MARKUP.sub(_escaped, text)


def shown(text: str) -> str:
    """Return escaped text as a reader sees it: ``shown(escape(text)) == text``."""
    return _ESCAPE.sub(r"\1", text)


def escape_line(text: str) -> str:
    """Return a text as one escaped line, for titles: also after ``### `` or ``-# ``."""
    return escape(printable(text, fold=True))


def fitted(text: str, room: int) -> str:
    """Return a text as one escaped line of at most ``room`` characters, shortened where it has more.

    Escaping at most doubles a text.
    """
    drawn = escape_line(truncate(text, room))
    return drawn if length(drawn) <= room else escape_line(truncate(text, room // 2))


def button_label(text: str, limit: int = 80) -> str:
    """Return a text as a button's label, which Discord shows as it is, without markup."""
    return truncate(printable(text, fold=True), limit)


def choice_name(text: str, limit: int = 100) -> str:
    """Return a text as the name of a choice, which Discord shows as it is, without markup."""
    return truncate(printable(text, fold=True), limit)


def truncate(text: str, limit: int) -> str:
    """Return a text of at most ``limit`` characters, with ``…`` where it was cut: after a word, if one ends in time.

    What is counted is `length`. White space around the text is left out. The result is never empty, as Discord
    refuses empty labels: nothing is ``…``.
    """
    if limit < 1:
        raise ValueError(f"a text cannot be cut to {limit} characters")
    text = text.strip()
    if text and length(text) <= limit:
        return text
    head = text[: _fitting(text, limit - 1)]
    whole = head if text[len(head) :].startswith((" ", "\n")) else _BROKEN_WORD.sub("", head)
    return (whole.rstrip(_LOOSE_END) or head.rstrip(_LOOSE_END)) + _ELLIPSIS


def length(text: str) -> int:
    """Return how long Discord may count a text.

    Its API counts code points (https://github.com/discord/discord-api-docs/issues/1315), its clients UTF-16 units.
    These are never fewer, so what fits by this count fits by both.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _escaped(markup: re.Match[str]) -> str:
    r"""Put a backslash before the last sign of each word: ``1. -`` becomes ``1\. \-``."""
    found = markup[0]
    return "\\" + found if len(found) == 1 else _LAST_SIGN.sub(r"\\\g<0>", found)


def _fitting(text: str, limit: int) -> int:
    """Return where the longest run of whole characters ends that is no longer than ``limit``."""
    fitting = 0
    for end in cluster_ends(text, 0, min(limit, len(text))):
        if length(text[:end]) > limit:
            break
        fitting = end
    return fitting
