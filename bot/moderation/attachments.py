"""Files that people attach in Discord, downloaded at once, as their links expire, and up to a limit."""

import asyncio
from functools import partial

import aiohttp
import discord

from index.errors import BadInput
from index.reading.cleaning import shown
from index.reading.document import Document, Reading
from index.reading.fetching.media import declared
from index.reading.intake import Intake, Watch, tell_nobody
from index.reading.text import MOST_BYTES, refuse_too_large

_SECONDS = 30.0
_CHUNK = 64 * 1024  # bytes
_OK = 200
_MEDIA = ("image/", "audio/", "video/")
_PLAIN = {"Accept-Encoding": "identity"}  # what is counted is what is kept


def is_media(attachment: discord.Attachment) -> bool:
    """Tell whether a file is said to be a picture, a sound or a film, which nobody takes for an article."""
    return (attachment.content_type or "").startswith(_MEDIA)


async def download(attachment: discord.Attachment, most: int = MOST_BYTES) -> Document:
    """Return what somebody attached. What Discord says of its size is not relied on.

    Raises ``BadInput`` where it has more than ``most`` bytes or does not arrive.
    """
    name = shown(attachment.filename)
    refuse_too_large(attachment.size, name, most)
    try:
        async with asyncio.timeout(_SECONDS):
            data = await _received(attachment.url, name, most)
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise BadInput(
            "{name} cannot be downloaded from Discord at the moment; please try again.", name=name
        ) from error
    media_type, charset = declared(attachment.content_type or "")
    return Document(data, attachment.filename, media_type, charset)


async def read(intake: Intake, attachment: discord.Attachment, *, by: str, watch: Watch = tell_nobody) -> Reading:
    """Return what somebody attached says; it is downloaded once there is room for it among what waits to be read.

    ``by``: the person who asks. Raises as ``download`` and ``Intake.arriving`` do.
    """
    refuse_too_large(attachment.size, shown(attachment.filename))
    return await intake.arriving(partial(download, attachment), attachment.size, by=by, watch=watch)


async def _received(url: str, name: str, most: int) -> bytes:
    received = bytearray()
    async with (
        aiohttp.ClientSession(auto_decompress=False, headers=_PLAIN) as session,
        session.get(url, allow_redirects=False) as response,
    ):
        if response.status != _OK or response.headers.get("Content-Encoding", "identity") != "identity":
            raise OSError(f"status {response.status}, encoded as {response.headers.get('Content-Encoding')}")
        async for chunk in response.content.iter_chunked(_CHUNK):
            received += chunk
            refuse_too_large(len(received), name, most)
    return bytes(received)
