"""The errors that a person sees: each message is one sentence for whoever asked.

Everything else that is raised is a defect of the program.
"""


class Phrase(str):
    """English words that fill a name in a sentence and are translated with it; any other value stays as it is."""

    __slots__ = ()


class SourcierError(Exception):
    """A request that was refused, with the reason as a sentence.

    ``values`` fill the names in braces in it; a face that speaks another language translates ``sentence`` and fills
    them in there. Without values the sentence is taken as it is.
    """

    def __init__(self, sentence: str = "", /, **values: object) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence = sentence
        self.values = values


class BadInput(SourcierError):
    """What was given cannot be used: an empty article, a file of an unknown kind, a malformed line."""


class NotFound(SourcierError):
    """There is no such thing here."""


class StoreBusy(SourcierError):
    """Another process is writing to the same data folder."""


class StoreDamaged(SourcierError):
    """The store cannot be read as one."""


class StoreUnavailable(SourcierError):
    """The data folder cannot be used: missing, read-only or full."""
