"""Secrets taken out of text: the bot's own token, whatever looks like a token, and what webhooks are called with."""

import json
import re
from collections.abc import Callable, Iterable

REDACTED = "[redacted]"

# The first part of a token is a number in base64, which begins with M, N or O.
_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])[MNO][A-Za-z0-9_-]{17,40}={0,2}\.[A-Za-z0-9_-]{4,12}\.[A-Za-z0-9_-]{20,}")
_IN_ADDRESS = re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/?#\s\"'<>\\]+")
_INTERACTION = re.compile(r"aW50ZXJhY3Rpb246[A-Za-z0-9_+/=-]*")  # base64 of "interaction:"


def redactor(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """Return the function that takes ``secrets``, and all that has a secret's form, out of a text.

    A secret is found as it is and as JSON or ``repr`` would write it.
    """
    known = {secret for secret in secrets if secret}
    written = {form for secret in known for form in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1])}
    ours = re.compile("|".join(re.escape(form) for form in sorted(written, key=len, reverse=True))) if written else None

    def redact(text: str) -> str:
        if ours is not None:
            text = ours.sub(REDACTED, text)
        text = _TOKEN.sub(REDACTED, text)
        text = _IN_ADDRESS.sub(rf"\1{REDACTED}", text)
        return _INTERACTION.sub(REDACTED, text)

    return redact
