"""Why a link is not read: a closed list of reasons, each with its sentence for whoever gave the link."""

from enum import StrEnum

from index.errors import BadInput


class Reason(StrEnum):
    """Why a link was refused; the value is the sentence, with the names of what is filled in."""

    NO_LINK = "There is no link."
    LONG_LINK = "The link is longer than {most} characters."
    ODD_CHARACTERS = "The link has white space, invisible characters or a backslash in it, which no link has."
    NO_SCHEME = "The link lacks its https:// in front; if {guess} is meant, give it like that."
    SCHEME = "Only links that begin with https:// or http:// can be read."
    CREDENTIALS = "The link has an @ before the name of its site, as for a password; give it without."
    MALFORMED = "This is not a complete link: the name of its site is missing or not a valid one."
    PORT = "The link asks for an unusual port; only {ports} can be read."
    LOCAL_NAME = "{host} is a name for a local network; only pages of the open web can be read."
    ADDRESS = "{host} is not an address of the open web; only pages of the open web can be read."

    UNKNOWN_HOST = "No address in the open web is known for {host}."
    UNREACHABLE = "{host} cannot be reached at the moment."
    CERTIFICATE_EXPIRED = "The certificate of {host} has expired, so that nobody can tell who answers."
    CERTIFICATE_NAME = "The certificate of {host} is for another site, so that nobody can tell who answers."
    CERTIFICATE = "The certificate of {host} cannot be trusted, so that nobody can tell who answers."
    ENCRYPTION = "No encrypted connection with {host} comes about."
    SLOW = "{host} takes too long: the page was not there after {seconds} seconds."
    BROKEN = "{host} broke off, or its answer is not a valid one."

    REDIRECT = "{host} sends its readers on to an address that is not valid or must not be read."
    REDIRECTS = "{host} sends its readers on too many times, or in a circle."
    DOWNGRADE = "{host} sends its readers on from https to http, where anybody on the way could change what it says."
    FORWARDS = "The page only sends its readers on; open it in a browser and give the address where that ends."

    GONE = "{host} says that there is no such page (status {status})."
    NOT_ALLOWED = "{host} does not let Sourcier read this page (status {status})."
    SITE_BUSY = "{host} has too much to do at the moment (status {status}); please try again later."
    SITE_FAILS = "{host} has a problem of its own (status {status}); please try again later."
    STATUS = "{host} answers with status {status} instead of a page."

    LARGE = "What is at this link is larger than {megabytes} MB."
    LARGE_INFLATED = "What is at this link is larger than {megabytes} MB once it is decompressed."
    COMPRESSION = "{host} sends the page compressed in a way that was not asked for."
    DAMAGED = "The page is damaged: what {host} sends cannot be decompressed."
    MEDIA_TYPE = "What is at this link is of the type {type}; web pages, text, Markdown, PDF and DOCX can be read."
    CONTENT = "What is at this link is {content}; web pages, text, Markdown, PDF and DOCX can be read."
    EMPTY = "What is at this link is empty."

    CROWDED = "Too many links are being read at the moment; please try again in a minute."


class Refused(BadInput):
    """A link that is not read. ``values``: what its sentence is filled in with; safe to show, free of control signs."""

    def __init__(self, reason: Reason, **values: str | int) -> None:
        super().__init__(reason.value, **values)
        self.reason = reason
