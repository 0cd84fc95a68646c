"""The link with which somebody who may manage a server brings the bot to it."""

from urllib.parse import urlencode

from discord import Permissions

SCOPES = ("bot", "applications.commands")

PERMISSIONS = Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    attach_files=True,
)
"""To see a question, to reply to it in its channel or thread (a reply needs the history), to attach an export.

Answers to commands and buttons need none of these.
"""


def invite_url(application_id: int) -> str:
    """Return the link that invites the application's bot to a server.

    See https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow.
    """
    asked = {"client_id": application_id, "permissions": PERMISSIONS.value, "scope": " ".join(SCOPES)}
    return f"https://discord.com/oauth2/authorize?{urlencode(asked)}"
