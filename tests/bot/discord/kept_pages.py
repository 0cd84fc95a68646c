"""A server that keeps sources, one of which is read from a page that a test can change."""

from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from index.figures.kinds import Review
from index.model import Article, Source
from index.moderating.model import Page
from index.reading.document import Kind, Reading
from tests.bot.discord.adding_server import Newsroom
from tests.bot.discord.dealers import message_of, seen
from tests.bot.discord.reading import buttons
from tests.index.moderating.changing_pages import ChangingPage

HISTORY = "Le phare de Cordouan fut achevé en 1611 par Louis de Foix."
POWER = "La société Océane y produira 4,5 GW à partir de 2028."
KEEPER = "Son gardien Melchior dort le mardi, veille les autres jours et note chaque navire dans un grand cahier."
PAGE = f"Le phare de Cordouan\n\n{HISTORY} {POWER}\n\n{KEEPER}"
WHO = "Qui acheva le phare de Cordouan ?"
TITLE = "Le phare de Cordouan"


class Keeper(Newsroom):
    """A server whose moderators look after sources."""

    async def read(self, page: ChangingPage, title: str = TITLE) -> Source:
        """Let a source live that the adder has read from a page."""
        article = Article(text=PAGE, title=title, language="fr", url=page.url)
        by, drafts = str(self.adder.id), self.bot.library.drafts
        reading = Reading(article=article, kind=Kind.TEXT)
        draft = await drafts.propose(reading, by=by, shelf=self.shelf, page=Page(url=page.url))
        return (await drafts.approve(draft.id, by=str(self.manager.id), shelf=self.shelf))[1]

    async def paste(self, title: str, text: str = "", url: str | None = None) -> Source:
        """Let a source live that was pasted."""
        article = Article(text=text or f"Rien de plus que ceci : {title}.", title=title, language="fr", url=url)
        return (await self.bot.library.add(article, by=str(self.manager.id), shelf=self.shelf)).source

    async def approve_figure(self, source: Source, words: str) -> str:
        """Approve the figure that a source states in these words."""
        reviews = self.bot.library.reviews
        (figure,) = [one for one in await reviews.found_in(source.id, self.shelf) if one.text.quote == words]
        await reviews.decide([figure.id], Review.APPROVED, by=str(self.manager.id), shelf=self.shelf)
        return figure.id

    async def use(self, command: str, member: MemberActor | None = None, **options: object) -> ResponseMessage:
        """Use a command below /source; return the answer, which nobody else sees."""
        result = await (member or self.manager).slash(self.channel, f"source {command}", **options)
        assert result.ephemeral
        return message_of(result)

    async def press(self, message: ResponseMessage, label: str, member: MemberActor | None = None) -> ResponseMessage:
        """Press a button; return the message that it opened, or the one that it changed."""
        result = await (member or self.manager).click(message, label=label)
        return result.response or message

    async def offered(self, command: str, typed: str, member: MemberActor | None = None) -> dict[str, str]:
        """Return the values that are offered for what is typed so far, by their names."""
        option = "draft" if command == "review" else "source"
        actor = member or self.manager
        choices = await actor.autocomplete(self.channel, f"source {command}", option, typed)
        return {choice["name"]: choice["value"] for choice in choices}

    async def whole(self, message: ResponseMessage) -> str:
        """Return the text of all pages of a message."""
        shown = [seen(message)]
        while "▶" in buttons(message):
            message = await self.press(message, "▶")
            shown.append(seen(message))
        return "\n".join(shown)
