"""Golden questions: what moderators know the right answer of, kept, held against the sources, told before approval."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from discord.app_commands import Choice

from bot.delivery import acknowledge, show, take
from bot.interaction import Interaction
from bot.moderation.admitting import admitted
from bot.moderation.gaps import admitted_to_read
from bot.naming import find, near
from bot.printable import printable
from bot.rules.places import visible_shelf
from bot.rules.rights import Right, may
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.views.goldens import CheckedView, GoldensView, Titles, expected, got
from bot.views.help import written
from bot.views.learning_controls import GoldenAct, GoldenButton, GoldenPress
from bot.views.markdown import choice_name, fitted
from bot.views.notice import CALM, CAREFUL, Notice
from index.library import Library
from index.model import SHARED, Source
from index.moderating.goldens import Golden, Held
from index.store.labels import folded

if TYPE_CHECKING:
    from discord.ui import LayoutView

    from bot.client import Sourcier

_CHOICES = 25  # as many as Discord shows
_LONGEST_CHOICE = 100
_KEY_BYTES = 8
_SHOWN = 3  # golden questions of each kind that are named before approval
_QUESTION = 200
_NAME = 80
_WHOLE_QUESTION = 500


def prepare(bot: "Sourcier") -> None:
    """Let the bot serve the buttons of golden questions, however long ago they were shown."""
    bot.add_dynamic_items(GoldenButton)
    bot.add_listener(on_golden_press)


async def add(interaction: Interaction, golden: Golden) -> None:
    """Keep a golden question, whose source may be called by its title, and show how it is answered now."""
    shelf = await admitted(interaction, Right.APPROVE)
    if shelf is None:
        return
    await acknowledge(interaction, private=True)
    library, speaker = interaction.client.library, await speaker_for(interaction)
    if golden.source is not None:
        called = printable(golden.source, fold=True)
        meant = await find(library, shelf, called)
        if meant is None:
            await show(interaction, Notice(_no_source(called, await near(library, shelf, called), speaker)))
            return
        golden = golden.model_copy(update={"source": meant.id})
    golden = await library.goldens.add(golden, by=str(interaction.user.id), shelf=shelf)
    held = await library.goldens.hold(shelf)
    now = next((one for one in held if one.golden == golden), None)
    await show(interaction, _kept(golden, now, await titles_of(library, shelf), speaker))


async def list_all(interaction: Interaction) -> None:
    """Show the first page of the server's golden questions."""
    await _open(interaction, GoldenPress(GoldenAct.LIST))


async def check(interaction: Interaction) -> None:
    """Hold all golden questions against the sources, and show which are answered rightly."""
    await _open(interaction, GoldenPress(GoldenAct.CHECK))


async def remove(interaction: Interaction, question: str) -> None:
    """Forget a golden question."""
    shelf = await admitted(interaction, Right.APPROVE)
    if shelf is None:
        return
    await acknowledge(interaction, private=True)
    library, speaker = interaction.client.library, await speaker_for(interaction)
    meant = _meant(await library.goldens.all(shelf), question)
    if meant is None:
        asked = speaker.quoted(fitted(printable(question, fold=True), _QUESTION))
        shown = written("golden list", interaction.client.command_ids)
        said = speaker.text(
            "There is no golden question {question} here; {list} shows them.", question=asked, list=shown
        )
        await show(interaction, Notice(said))
        return
    await library.goldens.drop(meant.question, by=str(interaction.user.id), shelf=shelf)
    asked = speaker.quoted(fitted(meant.question, _WHOLE_QUESTION))
    said = speaker.text("Removed: {question} is no golden question any more.", question=asked)
    await show(interaction, Notice(said, colour=CALM))


async def on_golden_press(interaction: Interaction, press: GoldenPress) -> None:
    """Turn a page of golden questions."""
    async with telling(interaction):
        await _open(interaction, press)


async def offer_sources(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Offer the live sources that what is typed so far may mean: the server's own and the shared ones."""
    shelf = await _shelf(interaction)
    if shelf is None:
        return []
    listing = await interaction.client.library.browse(shelf, printable(current, fold=True), limit=_CHOICES)
    own_first = sorted(listing.sources, key=lambda source: source.shelf == SHARED)
    known: dict[str, Source] = {}
    for source in own_first:
        if len(source.id) <= _LONGEST_CHOICE:
            known.setdefault(source.id, source)
    titles = [choice_name(source.title) for source in known.values()]
    return [
        Choice(name=title if titles.count(title) == 1 else choice_name(f"{source_id} · {title}"), value=source_id)
        for title, source_id in zip(titles, known, strict=True)
    ]


async def offer_questions(interaction: Interaction, current: str) -> list[Choice[str]]:
    """Offer the golden questions that have every word that was typed so far."""
    shelf = await _shelf(interaction)
    if shelf is None:
        return []
    wanted = folded(printable(current, fold=True)).split()
    goldens = await interaction.client.library.goldens.all(shelf)
    found = [golden for golden in goldens if all(word in folded(golden.question) for word in wanted)]
    return [Choice(name=choice_name(golden.question), value=_value(golden)) for golden in found[:_CHOICES]]


async def titles_of(library: Library, shelf: str) -> dict[str, str]:
    """Return the titles of the sources that a shelf sees, its own removed ones, too; an id means its own first."""
    found = [*await library.sources(shelf), *await library.own(shelf)]
    return {source.id: source.title for source in sorted(found, key=lambda source: source.shelf != SHARED)}


def golden_lines(held: Sequence[Held], titles: Titles, speaker: Translator) -> list[str]:
    """Return texts that say what approval would change, escaped: what is spoilt, what is gained; none for nothing."""
    spoilt = [one for one in held if one.now and not one.then]
    gained = [one for one in held if one.then and not one.now]
    lines = []
    if spoilt:
        said = speaker.plural(
            "{count} golden question is answered rightly now, and would not be any more:",
            "{count} golden questions are answered rightly now, and would not be any more:",
            len(spoilt),
        )
        lines += [f"**{said}**", _named(spoilt, titles, speaker)]
    if gained:
        said = speaker.plural(
            "{count} golden question is not answered rightly now, and would be:",
            "{count} golden questions are not answered rightly now, and would be:",
            len(gained),
        )
        lines += [f"**{said}**", _named(gained, titles, speaker)]
    return lines


def _named(held: Sequence[Held], titles: Titles, speaker: Translator) -> str:
    lines = []
    for one in held[:_SHOWN]:
        wanted = speaker.text("expected: {what}", what=expected(one.golden, titles, speaker, room=_NAME))
        lines += [f"- {fitted(one.golden.question, _QUESTION)}", f"-# {wanted} · {_then(one, titles, speaker)}"]
    if len(held) > _SHOWN:
        lines.append("-# …")
    return "\n".join(lines)


def _then(held: Held, titles: Titles, speaker: Translator) -> str:
    if not held.got:
        return speaker.text("then unanswered")
    title = speaker.quoted(fitted(titles.get(held.got, held.got), _NAME))
    return speaker.text("then from {source}", source=title)


async def _open(interaction: Interaction, press: GoldenPress) -> None:
    """Show a page, in the place of the one that a button stands on."""
    shelf = await admitted_to_read(interaction)
    if shelf is None:
        return
    is_own = interaction.message is not None and interaction.message.flags.ephemeral
    await (take(interaction) if is_own else acknowledge(interaction, private=True))
    await show(interaction, await _page(interaction, shelf, press))


async def _page(interaction: Interaction, shelf: str, press: GoldenPress) -> "LayoutView":
    library, speaker = interaction.client.library, await speaker_for(interaction)
    goldens = await library.goldens.all(shelf)
    if not goldens:
        adding = written("golden add", interaction.client.command_ids)
        said = speaker.text("There are no golden questions here yet: {add} keeps one.", add=adding)
        return Notice(said, colour=CALM)
    titles = await titles_of(library, shelf)
    if press.act is GoldenAct.LIST:
        return GoldensView(goldens, titles, press.page, speaker)
    return CheckedView(await library.goldens.hold(shelf), titles, press.page, speaker)


def _kept(golden: Golden, now: Held | None, titles: dict[str, str], speaker: Translator) -> Notice:
    asked = speaker.quoted(fitted(golden.question, _WHOLE_QUESTION))
    said = speaker.text("Kept as a golden question: {question}", question=asked)
    wanted = speaker.text("expected: {what}", what=expected(golden, titles, speaker))
    texts = [f"**{said}**\n{wanted}"]
    if golden.sentence:
        texts.append(speaker.text("Questions like this one now find that sentence."))
    if now is None or now.now:
        return Notice(*texts, speaker.text("It is answered rightly now."), colour=CALM)
    told = speaker.text("It is not answered rightly now: {what}.", what=got(now, titles, speaker))
    return Notice(*texts, told, colour=CAREFUL)


async def _shelf(interaction: Interaction) -> str | None:
    """Return the shelf of the server in which somebody may see golden questions."""
    shelf = visible_shelf(interaction.client, interaction.guild_id)
    if shelf == SHARED or not (await may(interaction, Right.APPROVE) or await may(interaction, Right.ADD)):
        return None
    return shelf


def _value(golden: Golden) -> str:
    """Return what a golden question is chosen by: itself where Discord has room for it."""
    if len(golden.question) <= _LONGEST_CHOICE:
        return golden.question
    return blake2b(golden.question.encode(), digest_size=_KEY_BYTES).hexdigest()


def _meant(goldens: Sequence[Golden], written: str) -> Golden | None:
    """Return the golden question that was chosen or written, whatever its case and accents."""
    wanted = folded(printable(written, fold=True))
    for golden in goldens:
        if written in {golden.question, _value(golden)}:
            return golden
    alike = [golden for golden in goldens if folded(golden.question) == wanted]
    return alike[0] if len(alike) == 1 else None


def _no_source(name: str, alike: Sequence[Source], speaker: Translator) -> str:
    wanted = speaker.quoted(fitted(printable(name, fold=True), _NAME))
    if not alike:
        return speaker.text("I know of no live source called {name} here.", name=wanted)
    titles = [speaker.quoted(fitted(source.title, _NAME)) for source in alike]
    return speaker.text(
        "I know of no live source called {name} here. Did you mean {near}?",
        name=wanted,
        near=speaker.alternatives(titles),
    )
