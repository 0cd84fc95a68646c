"""A moderator who reviews figures: a server with a draft or a source, and what the buttons of a review are."""

from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from index.model import Article, Figure
from tests.bot.discord.adding_server import Newsroom
from tests.bot.discord.dealers import seen
from tests.bot.discord.reading import buttons, parts, text

TITLE = "Hélionord à Valbrune"
TEXT = """Hélionord a signé avec Valbrune un contrat pour un centre de calcul.

Le centre de Valbrune aura une puissance de 320 MW à partir de 2027, selon Inès Collard.

L’entreprise y investira environ 1,8 milliard d’euros. Le raccordement prendra deux ans.

Oracle fournira 4,5 GW à OpenAI, pour 30 milliards de dollars par an."""


class Desk(Newsroom):
    """A server whose manager reviews figures."""

    async def live(self, text: str = TEXT, title: str = TITLE) -> list[Figure]:
        """Let a source live; return the figures that were found in it."""
        added = await self.bot.library.add(Article(text=text, title=title, language="fr"), by="1", shelf=self.shelf)
        return await self.bot.library.reviews.found_in(added.source.id, self.shelf)

    async def review(self, name: str | None = None, member: MemberActor | None = None) -> ResponseMessage:
        """Use /source review."""
        options = {} if name is None else {"draft": name}
        result = await (member or self.manager).slash(self.channel, "source review", **options)
        assert result.response is not None
        assert result.response.ephemeral
        return result.response

    async def look(self, message: ResponseMessage, figure: Figure, member: MemberActor | None = None) -> None:
        """Open a figure of a list by itself, in the same message."""
        number = figure.id.removeprefix("found-")
        (found,) = [
            custom_id for custom_id in ids(message) if custom_id.startswith("fig:show:") and f":{number}:" in custom_id
        ]
        await (member or self.manager).click(message, custom_id=found)

    async def press(self, message: ResponseMessage, label: str) -> InteractionResult:
        """Press a button of a message."""
        return await self.manager.click(message, label=label)

    async def figures_of(self, name: str) -> ResponseMessage:
        """Use /source review; of a draft, open its figures."""
        message = await self.review(name)
        if "Figures" not in buttons(message):
            return message
        opened = (await self.press(message, "Figures")).response
        assert opened is not None
        return opened

    async def fill(self, message: ResponseMessage, label: str, **fields: object) -> InteractionResult:
        """Press a button that opens a form, and send it in with what it has and some other values."""
        shown = await self.press(message, label)
        return await self.manager.submit_modal(shown, given(shown) | fields)

    async def figure(self, known: Figure) -> Figure:
        """Return a figure as it stands now."""
        return next(figure for figure in await self.figures() if figure.id == known.id)

    async def figures(self) -> list[Figure]:
        """Return all figures of the one draft or source of the server."""
        library = self.bot.library
        (place,) = [draft.id for draft in await library.drafts.waiting(self.shelf)] or [
            source.id for source in await library.own(self.shelf)
        ]
        return list((await library.reviews.at(place, self.shelf)).figures)

    async def show_deal(self, name: str) -> ResponseMessage:
        """Let a member use /deal."""
        result = await self.member.slash(self.channel, "deal", name=name)
        assert result.response is not None
        return result.response

    async def deal(self, name: str) -> str:
        """Return what /deal shows a member, as they see it."""
        return seen(await self.show_deal(name))


def of_unit(figures: list[Figure] | tuple[Figure, ...], unit: str) -> Figure:
    """Return the first figure with a unit."""
    return next(figure for figure in figures if figure.unit == unit)


def ids(message: ResponseMessage) -> list[str]:
    """Return the custom ids of all buttons that can be pressed; several may have one label."""
    return [part["custom_id"] for part in parts(message) if part.get("custom_id") and not part.get("disabled")]


def told(result: InteractionResult) -> str:
    """Return what somebody is told beside the message on which they pressed a button; only they see it."""
    assert result.followups, "nothing was said"
    assert all(followup.ephemeral for followup in result.followups)
    return text(result.followups[-1])


def given(shown: InteractionResult) -> dict[str, object]:
    """Return what stands in a form as it opens."""
    assert shown.modal is not None, seen(shown.response) if shown.response else "no form was opened"
    fields: dict[str, object] = {}
    for label in shown.modal["components"]:
        field = label["component"]
        if field["type"] == 3:
            chosen = [option["value"] for option in field["options"] if option.get("default")]
            fields |= {field["custom_id"]: chosen} if chosen else {}
        else:
            fields[field["custom_id"]] = field.get("value") or ""
    return fields
