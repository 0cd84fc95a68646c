"""What moderators do with a draft: edit it, make it a new version, approve it, discard it."""

from datetime import UTC, datetime, timedelta

import pytest
from simcord.env import Env
from simcord.results import ResponseMessage

from bot.client import Sourcier, create_bot
from bot.moderation.draft_cards import DraftCard, DraftFigure
from bot.settings import Settings
from bot.translation import translator
from bot.views.drafts import DraftView
from bot.views.markdown import fitted
from bot.views.paging import LEFT_OUT
from index.model import Article, State
from index.moderating.goldens import Golden
from index.moderating.model import Draft
from tests.bot.discord.adding_server import ASKED, PROOF, Newsroom
from tests.bot.discord.dealers import message_of, seen
from tests.bot.discord.forging import button, forge
from tests.bot.discord.limits import check_message, walk
from tests.bot.discord.reading import buttons

FIRST = f"""Hélionord a signé avec la commune de Valbrune un accord pour un centre de calcul, annonce l’entreprise.

{PROOF}, selon la directrice. Des riverains demandent une étude sur le bruit des groupes de secours.

La mairie de Valbrune promet cette étude pour le printemps, avant l’enquête publique sur le raccordement."""
CORRECTED = FIRST.replace("320 MW", "350 MW")
GONE = "This draft does not wait here any more"


@pytest.fixture
def server(env: Env, simcord_bot: Sourcier) -> Newsroom:
    return Newsroom(env, simcord_bot, "one")


async def opened(server: Newsroom, draft: Draft) -> ResponseMessage:
    """Return the preview of a draft, opened with the button that other messages have."""
    result = await server.manager.slash(server.channel, "settings")
    shown = await forge(server.env, server.manager, message_of(result), button(f"draft:show:{draft.id}"))
    message = shown.response or message_of(result)
    assert message.ephemeral
    assert "Edit details" in buttons(message), seen(message)
    return message


async def test_details_are_edited_in_a_form_that_has_what_is_known(server: Newsroom) -> None:
    draft = await server.propose(FIRST, publisher="La Gazette", published="2025-09-18")
    message = await opened(server, draft)
    form = await server.manager.click(message, label="Edit details")
    assert form.modal is not None
    fields = {part["component"]["custom_id"]: part["component"].get("value") for part in form.modal["components"]}
    assert fields == {
        "title": "Hélionord à Valbrune",
        "published": "2025-09-18",
        "publisher": "La Gazette",
        "author": None,
        "url": None,
    }
    written = {"title": "Valbrune\u200b attend", "published": "", "publisher": "La Gazette", "author": "M. **Terrier**"}
    await server.manager.submit_modal(form, written)
    told = seen(message)
    assert "### Valbrune attend" in told
    assert "Published** · undated" in told
    assert "Author** · M. **Terrier**" in told
    assert "Publisher** · La Gazette" in told

    for wrong, why in (
        ({"published": "un jour"}, "I cannot take “un jour” as a date"),
        ({"url": "http://10.0.0.1/a"}, "not an address of the open web"),
        ({"url": "javascript:alert(1)"}, "Only links that begin with https://"),
    ):
        form = await server.manager.click(message, label="Edit details")
        refused = await server.manager.submit_modal(form, written | wrong)
        assert refused.ephemeral
        assert why in seen(refused.response)
    await server.manager.click(message, label="It is in English")
    assert "Language** · English" in seen(message)
    await server.manager.click(message, label="It is in French")
    source = (await server.draft()).source
    assert (source.title, source.author, source.published, source.language) == (
        "Valbrune attend",
        "M. **Terrier**",
        None,
        "fr",
    )
    assert source.url is None
    await server.manager.click(message, label="Approve")
    assert "**Live now**: “Valbrune attend”." in seen(message), "however often it was edited, it is new"


async def test_a_corrected_article_becomes_a_new_version_once_it_is_seen_what_changes(server: Newsroom) -> None:
    shelf, library = server.shelf, server.bot.library
    old = await library.add(Article(title="Valbrune attend", text=FIRST, language="fr"), by="1", shelf=shelf)
    assert PROOF in await server.ask()
    message = await opened(server, await server.propose(CORRECTED))
    told = seen(message)
    assert "% of its text is here already, which it may correct: “Valbrune attend”." in told
    offer = next(label for label in buttons(message) if label.startswith("New version of “Valbrune attend”"))
    assert "What it changes" not in told

    await server.manager.click(message, label=offer)
    told = seen(message)
    assert "A new version of “Valbrune attend”, which stays as it is until this is approved." in told
    assert f"− {PROOF}, selon la directrice." in told
    assert "+ Le centre de Valbrune aura une puissance de 350 MW" in told
    assert PROOF in await server.ask()
    await server.manager.click(message, label="A source of its own")
    assert "A new version of" not in seen(message)
    await server.manager.click(message, label=offer)
    await server.manager.click(message, label="Approve the new version")
    assert "**Live now**: the new version of “Hélionord à Valbrune”." in seen(message)
    assert [(one.id, one.version) for one in await library.own(shelf)] == [(old.source.id, 2)]
    answer = await server.ask()
    assert "350 MW" in answer
    assert "320 MW" not in answer


async def test_a_text_that_is_here_already_does_not_go_live_twice_unasked(server: Newsroom) -> None:
    library, shelf = server.bot.library, server.shelf
    first, second = await server.propose(FIRST, "Valbrune, un"), await server.propose(FIRST, "Valbrune, deux")
    message, other = await opened(server, first), await opened(server, second)
    assert "A draft with exactly this text waits here already: “Valbrune, un”." in seen(other)
    await server.manager.click(message, label="Approve")
    assert "Live now" in seen(message)
    await server.manager.click(other, label="Approve")
    told = seen(other)
    assert "Exactly this text is here already: “Valbrune, un”." in told
    assert "Answers would have it twice" in told
    assert [source.title for source in await library.own(shelf)] == ["Valbrune, un"]
    await library.drafts.approve((await server.propose(FIRST, "Valbrune, trois")).id, by="1", shelf=shelf)
    await server.manager.click(other, label="Approve anyway")
    assert "Exactly this text is here already: “Valbrune, trois”." in seen(other), "that was not known a moment ago"
    await server.manager.click(other, label="Approve anyway")
    assert "**Live now**: “Valbrune, deux”." in seen(other)
    assert len(await library.own(shelf)) == 3


async def test_the_next_version_of_what_was_removed_meanwhile_waits_until_that_is_restored(server: Newsroom) -> None:
    library, shelf = server.bot.library, server.shelf
    old = (await library.add(Article(title="Valbrune attend", text=FIRST, language="fr"), by="1", shelf=shelf)).source
    draft = await library.drafts.redirect((await server.propose(CORRECTED)).id, old.id, by="1", shelf=shelf)
    message = await opened(server, draft)
    await library.remove(old.id, by="1", shelf=shelf)
    refused = await server.manager.click(message, label="Approve the new version")
    assert seen(refused.followups[0]) == (
        "“Valbrune attend” has been removed: restore it first, then approve this version of it."
    )
    assert [source.state for source in await library.own(shelf)] == [State.REMOVED]
    assert "which has been removed: restore that first" in seen(await opened(server, draft))
    await library.restore(old.id, by="1", shelf=shelf)
    await server.manager.click(message, label="Approve the new version")
    assert "the new version of" in seen(message)


async def test_what_was_asked_in_vain_and_is_answered_now_is_told(server: Newsroom) -> None:
    for person in (server.member, server.adder):
        await person.slash(server.channel, "ask", question=ASKED)
    message = await opened(server, await server.propose(FIRST))
    await server.manager.click(message, label="Approve")
    told = seen(message)
    assert "Its 2 figures count once somebody has approved them." in told
    assert "It answers 1 question that was asked in vain." in told
    await server.manager.click(message, label="See the question")
    assert f"### {ASKED}\nasked 2 times · by 2 people" in seen(message)
    assert "answered, from “Hélionord à Valbrune”" in seen(message)


async def test_a_draft_is_discarded_by_a_second_press(server: Newsroom) -> None:
    message = await opened(server, await server.propose(FIRST))
    await server.manager.click(message, label="Discard")
    assert "Discard the draft “Hélionord à Valbrune”?" in seen(message)
    await server.manager.click(message, label="Back")
    assert "Approve" in buttons(message)
    assert len(await server.waiting()) == 1
    await server.manager.click(message, label="Discard")
    await server.manager.click(message, label="Discard it")
    assert "The draft is discarded" in seen(message)
    assert not buttons(message)
    assert not await server.waiting()


async def test_the_second_of_two_moderators_is_told_that_the_draft_is_gone(server: Newsroom) -> None:
    draft = await server.propose(FIRST)
    mine, theirs = await opened(server, draft), await opened(server, draft)
    await server.manager.click(mine, label="Approve")
    assert "Live now" in seen(mine)
    for label in ("Approve", "Discard", "It is in English", "Edit details"):
        result = await server.manager.click(theirs, label=label)
        told = [seen(one) for one in result.followups] or [seen(result.response)]
        assert GONE in told[0], label
    (source,) = await server.bot.library.own(server.shelf)
    assert (source.version, source.language, source.state) == (1, "fr", State.LIVE)


async def test_a_golden_question_that_approval_would_spoil_is_told_first(server: Newsroom) -> None:
    library, shelf = server.bot.library, server.shelf
    added = await library.add(Article(title="Valbrune attend", text=FIRST, language="fr"), by="1", shelf=shelf)
    await library.goldens.add(Golden(question=ASKED, source=added.source.id), by="1", shelf=shelf)
    draft = await server.propose("\n\n".join(FIRST.split("\n\n")[::2]))
    await library.drafts.redirect(draft.id, added.source.id, by="1", shelf=shelf)
    message = await opened(server, draft)
    await server.manager.click(message, label="Approve the new version")
    told = seen(message)
    assert "1 golden question is answered rightly now, and would not be any more:" in told
    assert f"- {ASKED}\n-# expected: “Valbrune attend” · then unanswered" in told
    assert PROOF in await server.ask()
    await server.manager.click(message, label="Back")
    await server.manager.click(message, label="Approve the new version")
    await server.manager.click(message, label="Approve anyway")
    assert "Live now" in seen(message)
    assert PROOF not in await server.ask()


async def test_buttons_and_forms_of_a_draft_outlive_a_restart_but_not_the_draft(
    env: Env, server: Newsroom, settings: Settings
) -> None:
    draft = await server.propose(FIRST)
    message = await opened(server, draft)
    form = await server.manager.click(message, label="Edit details")
    bot = create_bot(settings)
    await env.restart_bot(bot)
    server.bot = bot
    await server.manager.submit_modal(form, {"title": "Après"})
    assert "### Après" in seen(message)
    form = await server.manager.click(message, label="Edit details")
    assert await bot.library.drafts.expire(datetime.now(UTC) + timedelta(days=8)) == 1
    late = await server.manager.submit_modal(form, {"title": "Trop tard"})
    assert GONE in seen(late.response)
    result = await server.manager.click(message, label="Approve")
    assert GONE in seen(result.followups[0])
    assert not await bot.library.own(server.shelf)


async def test_another_message_opens_a_draft_in_place_or_beside(server: Newsroom) -> None:
    draft = await server.propose(FIRST)
    public = await server.manager.slash(server.channel, "ask", question="Qui ?")
    message = message_of(public)
    assert not message.ephemeral
    result = await forge(server.env, server.manager, message, button(f"draft:show:{draft.id}"))
    assert result.response is not None
    assert result.response.id != message.id
    assert result.ephemeral
    assert "### Hélionord à Valbrune" in seen(result.response)
    taken = await forge(server.env, server.manager, result.response, button(f"draft:show:{draft.id}"))
    assert taken.response is None or taken.response.id == result.response.id
    assert not taken.followups


async def test_a_draft_speaks_the_language_of_its_server(server: Newsroom) -> None:
    await server.bot.preferences.set(server.shelf, "language", "fr")
    draft = await server.propose(FIRST)
    result = await server.manager.slash(server.channel, "settings")
    await forge(server.env, server.manager, message_of(result), button(f"draft:show:{draft.id}"))
    told = seen(message_of(result))
    assert "Publication** · sans date" in told
    assert "**2 chiffres trouvés** · 2 à vérifier" in told
    assert "il n’est dans aucune réponse tant qu’il n’est pas approuvé" in told
    await server.manager.click(message_of(result), label="Approuver")
    assert "**En ligne** : « Hélionord à Valbrune »." in seen(message_of(result))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("sign", ["*", "é", "<@1>\n# ", "😀", "W"])
def test_the_longest_draft_fits_a_message_and_nothing_in_it_is_markup(language: str, sign: str) -> None:
    speaker = translator("fr" if language == "fr" else "en")
    long = sign * 3_000
    card = DraftCard(
        mark="0" * 12,
        id="A" * 16,
        title=long,
        title_note=speaker.text("editor’s title"),
        facts=tuple((speaker.text("Publisher"), long) for _ in range(8)),
        replaces=long,
        removed=True,
        opening=sign * 600,
        cautions=tuple("Il y est surtout question de cookies, ce n’est peut-être pas l’article." for _ in range(8)),
        likenesses=(long, long, long, long),
        figures=tuple(DraftFigure(long, "investissement", (long, long, long), "approuvé") for _ in range(300)),
        waiting=300,
        language="fr",
        by=long,
        until=datetime.now(UTC),
    )
    lines = [f"-# {fitted(long, 160)}"] * 20
    review = "</source review:1456074443980800011>"
    for said in ((), (long, long, long)):
        view = DraftView(
            card, speaker, may_approve=False, review=review, changes=lines, near=(long, "0" * 12), said=said
        )
        components = [child.to_component_dict() for child in view.children]
        check_message({"components": components, "allowed_mentions": {"parse": []}})
        told = "\n".join(part["content"] for part in walk(components) if "content" in part)
        assert "<@" not in told.replace("\\<\\@", "")
        assert f"\n{told}".count("\n#") == 1, "the title alone is a heading"
        assert LEFT_OUT.strip() in told


async def test_only_what_was_seen_is_approved(server: Newsroom) -> None:
    await server.let_add()
    draft = await server.propose(FIRST)
    message = await opened(server, draft)
    drafts, adder = server.bot.library.drafts, {"by": str(server.adder.id), "shelf": server.shelf}
    await drafts.edit(draft.id, {"publisher": "Le Monde", "url": "https://www.lemonde.fr/x"}, **adder)
    await server.manager.click(message, label="Approve")
    told = seen(message)
    assert "Somebody changed this draft meanwhile. This is how it is now." in told
    assert "Publisher** · Le Monde" in told
    assert await server.waiting()
    await server.manager.click(message, label="Approve")
    assert "Live now" in seen(message)
