"""The kinds of answer that questions ask for."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of answer that can be told from the words of a question."""

    QUANTITY = "quantity"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    REASON = "reason"
    PURPOSE = "purpose"
    MANNER = "manner"
    DEFINITION = "definition"
    LIST = "list"
    ANYTHING = "anything"
