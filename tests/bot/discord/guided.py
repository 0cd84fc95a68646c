"""A moderator who does all that the moderators' guide tells of, and what they are shown at each step."""

from simcord.actors import MemberActor
from simcord.env import Env
from simcord.results import InteractionResult, ResponseMessage

from bot.client import Sourcier
from bot.views.settings_pages import SettingsPage
from tests.bot.discord.adding_server import ASKED, NEWS, Newsroom, Page, Site
from tests.bot.discord.dealers import message_of
from tests.bot.discord.drawn import Eyes, drawing, drawn_form
from tests.bot.discord.figure_desk import ids
from tests.bot.discord.locales import again_in
from tests.bot.discord.reading import Seen

SITE = "https://gazette.example"
NOTE = "Le centre de Valbrune sera retardé. On n’en sait pas plus."
SAID = "Le maire de Valbrune l’a dit ce matin : le centre emploiera 60 personnes."
GOLDEN = "Quelle puissance aura le centre de Valbrune ?"
HEARD = "Les voisins de Valbrune entendront-ils quelque chose ?"
NOISE = "Des riverains demandent une étude sur le bruit des groupes de secours, que la mairie promet pour le printemps."

_DEAL = {
    "name": "Valbrune data centre",
    "kind": ["data centre"],
    "other": "Centre de calcul de Valbrune",
    "aliases": "Valbrune",
}


class Guided(Newsroom):
    """A server whose manager, Mia, keeps what she is shown: ``shown``, by what she did. Ada is a member."""

    def __init__(self, env: Env, bot: Sourcier, site: Site) -> None:
        super().__init__(env, bot, "gazette")
        self.site = site
        self.shown: dict[str, str] = {}
        self.names = {
            f"<@{self.manager.id}>": "@mia",
            f"<@{self.adder.id}>": "@eve",
            f"<@{self.member.id}>": "@ada",
            f"<@&{self.adding.id}>": "@adding",
            str(self.adding.id): "adding",
            "ada-gazette": "Ada",
            site.url: SITE,
            "127.0.0.1": SITE.removeprefix("https://"),
        }

    def keep(self, step: str, result: InteractionResult | Seen, locale: str = "en_GB") -> None:
        """Keep what a step showed: a form or a message."""
        assert step not in self.shown, step
        eyes = Eyes(self.names, locale)
        if isinstance(result, InteractionResult) and result.modal is not None:
            self.shown[step] = drawn_form(result.modal, eyes)
        else:
            message = result.response if isinstance(result, InteractionResult) else result
            self.shown[step] = drawing(message, eyes)

    async def do(
        self, command: str, member: MemberActor | None = None, step: str = "", **options: object
    ) -> ResponseMessage | None:
        """Use a command; keep what it shows, under the command as it is typed or another name."""
        result = await (member or self.manager).slash(self.channel, command, **options)
        typed = [f"{name}:{value[0] if isinstance(value, tuple) else value}" for name, value in options.items()]
        self.keep(step or " ".join([f"/{command}", *typed]).replace(self.site.url, SITE), result)
        return result.response

    async def press(self, message: Seen, label: str, step: str = "") -> InteractionResult:
        """Press a button; keep what it shows in a step of that name, where one is given."""
        assert isinstance(message, ResponseMessage)
        result = await self.manager.click(message, label=label)
        if step:
            in_place = result.modal is None and (result.response is None or result.response.id == message.id)
            self.keep(step, message if in_place else result)
        return result


async def tour(guided: Guided) -> None:
    """Do all that the guide tells of, in its order."""
    await _ask_in_vain(guided)
    await _add(guided)
    await _add_otherwise(guided)
    await _learn(guided)
    await _look_after(guided)
    await _be_refused(guided)
    await _set(guided)


async def _ask_in_vain(guided: Guided) -> None:
    answer = message_of(await guided.member.slash(guided.channel, "ask", question=ASKED))
    await guided.member.click(answer, label="Demander une source")


async def _add(guided: Guided) -> None:
    """Add a page, review its figures, let it live, ask about it."""
    draft = await guided.do("source add", link=f"{guided.site.url}/valbrune")
    await guided.press(draft, "Edit details", "[ Edit details ]")
    figures = message_of(await guided.press(draft, "Figures", "[ Figures ]"))
    await guided.manager.click(figures, custom_id=ids(figures)[1])
    guided.keep("[ Look ]", figures)
    await guided.press(figures, "Correct", "[ Correct ]")
    await guided.manager.submit_modal(await guided.press(figures, "New deal", "[ New deal ]"), _DEAL)
    guided.keep("[ Submit ] of A new deal", figures)
    await guided.press(figures, "Approve all 4 that wait")
    await guided.press(figures, "Back to the draft")
    await guided.press(figures, "Approve", "[ Approve ]")
    await guided.do("ask", guided.member, question=ASKED)
    await guided.do("deal", guided.member, name="valbrune")
    (source,) = await guided.bot.library.own(guided.shelf)
    guided.names[f"{source.added_at.day} {source.added_at:%B %Y}"] = "1 January 2026"


async def _add_otherwise(guided: Guided) -> None:
    """Add a file, a pasted text and a message; see what waits."""
    await guided.do("source add", file=("note.txt", NOTE.encode()))
    await guided.do("source add")
    sent = await guided.member.send(guided.channel, SAID)
    message = message_of(await guided.manager.context_menu(guided.channel, "Add as source", sent))
    guided.keep("Apps › Add as source", message)
    await guided.press(message, "Discard", "[ Discard ]")
    await guided.press(message, "Discard it")
    await guided.do("source review")
    await guided.manager.slash(guided.channel, "source review", draft="note")
    guided.keep("/source review draft:note, in French", await again_in(guided.env, "fr"), "fr")


async def _learn(guided: Guided) -> None:
    """Tell whoever asked in vain; say what is to stay right."""
    gaps = await guided.do("gaps")
    await guided.press(gaps, "Open", "[ Open ]")
    form = await guided.press(gaps, "Solved by a source…", "[ Solved by a source… ]")
    await guided.manager.submit_modal(form, {"named": "valbrune"})
    guided.keep("[ Submit ] of Solved by a source", gaps)
    guided.keep("A message to Ada", guided.member.user.dm_channel.last_message)
    await guided.do("golden add", question=GOLDEN, figure="320 MW")
    await guided.do("golden add", question=HEARD, sentence=NOISE)


async def _look_after(guided: Guided) -> None:
    """See that a page says something else; remove the source."""
    guided.site.pages["/valbrune"] = Page(NEWS.replace("320 MW", "350 MW").encode())
    refreshed = await guided.do("source refresh", source="valbrune")
    draft = message_of(await guided.press(refreshed, "Open the draft"))
    await guided.press(draft, "Approve the new version", "[ Approve the new version ]")
    weekly = "/source refresh source:valbrune every:every week"
    await guided.do("source refresh", step=weekly, source="valbrune", every="weekly")
    await guided.do("source list")
    await guided.do("source show", source="valbrune")
    await guided.do("source remove", source="valbrune")
    await guided.do("source history", source="valbrune")


async def _be_refused(guided: Guided) -> None:
    await guided.do("source add", link="https://10.1.2.3/report")
    await guided.do("source add", link=f"{guided.site.url}/gone")
    await guided.do("source add", file=("scan.pdf", b"\x89PNG\r\n\x1a\n" + bytes(40)))
    await guided.do("source list", guided.member, step="/source list, by somebody without the right")


async def _set(guided: Guided) -> None:
    settings = message_of(await guided.manager.slash(guided.channel, "settings"))
    await guided.manager.click(settings, custom_id=f"settings:{SettingsPage.RIGHTS}")
    await guided.manager.select(settings, [guided.adding], custom_id="setting:may_add")
    guided.keep("/settings, page Rights", settings)
    await guided.manager.click(settings, custom_id=f"settings:{SettingsPage.LIMITS}")
    guided.keep("/settings, page Limits for sources", settings)
