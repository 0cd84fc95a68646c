"""A server whose members ask in vain, and whose moderators learn of it."""

from simcord.actors import MemberActor
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.client import Sourcier
from index.model import Article, Source
from index.moderating.gaps import Gap
from tests.bot.discord.adding_server import Newsroom
from tests.bot.discord.dealers import message_of
from tests.bot.discord.reading import buttons

RUNS = "Qui dirige la boulangerie Fournil de Valbrune ?"
RUNS_AGAIN = "la boulangerie fournil de valbrune, qui la dirige"
OPENED = "Quand la piscine de Valbrune a-t-elle ouvert ?"
BAKER = "Ninon Brosse dirige la boulangerie Fournil de Valbrune, place du marché, depuis le printemps."


class Asking(Newsroom):
    """A server with people who ask; its commands for moderators may be used by everybody whom the server lets."""

    def __init__(self, env: Env, bot: Sourcier, name: str) -> None:
        super().__init__(env, bot, name)
        self.bob = self.guild.add_member(env.create_user(f"bob-{name}"))
        for command in env.backend.commands[None].values():
            if command["name"] in {"gaps", "golden"}:
                self.guild.set_command_permissions(int(command["id"]), {self.guild.default_role: True})

    async def ask_in_vain(self, person: MemberActor, question: str = RUNS, *, wish: bool = False) -> ResponseMessage:
        """Let somebody ask what no source answers, and ask for a source on it."""
        answer = message_of(await person.slash(self.channel, "ask", question=question))
        if wish:
            await person.click(answer, custom_id=custom_id(answer, "answer:wish"))
        return answer

    async def complain(self, person: MemberActor, answer: ResponseMessage, complaint: str, words: str) -> None:
        """Let somebody say what is wrong with an answer."""
        form = await person.click(answer, custom_id=custom_id(answer, "answer:wrong"))
        await person.submit_modal(form, {"complaint": [complaint], "words": words})

    async def use(self, command: str, member: MemberActor | None = None, **options: object) -> ResponseMessage:
        """Use a command; return the answer, which nobody else sees."""
        result = await (member or self.manager).slash(self.channel, command, **options)
        assert result.ephemeral
        return message_of(result)

    async def press(self, message: ResponseMessage, label: str, member: MemberActor | None = None) -> ResponseMessage:
        """Press a button; return the message that it opened, or the one that it changed."""
        result = await (member or self.manager).click(message, label=label)
        return result.response or message

    async def form(self, message: ResponseMessage) -> InteractionResult:
        """Open the form for what solves a gap."""
        return await self.manager.click(message, label="Solved by a source…")

    async def add_source(self, text: str = BAKER, title: str = "Le Fournil change de mains") -> Source:
        """Let a source live."""
        article = Article(text=text, title=title, language="fr", publisher="L’Écho", published="2025-09")
        return (await self.bot.library.add(article, by=str(self.manager.id), shelf=self.shelf)).source

    async def gaps(self) -> list[Gap]:
        """Return what is open."""
        return await self.bot.library.gaps.open(self.shelf)


def custom_id(message: ResponseMessage, beginning: str) -> str:
    """Return the custom id of the one button of a message that begins so."""
    (found,) = [known for known in buttons(message).values() if known.startswith(beginning)]
    return found
