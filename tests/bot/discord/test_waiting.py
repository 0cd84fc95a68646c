"""What waits for moderators is listed and opened by name; the deals that they made can be dropped, asked twice."""

import pytest
from simcord.env import Env

from bot.client import Sourcier
from bot.views.deal_controls import key_of
from index.figures.deals import Wording
from index.figures.kinds import DealKind, Review
from index.moderating.correcting import Correction
from tests.bot.discord.dealers import seen
from tests.bot.discord.figure_desk import TITLE, Desk, ids, of_unit, told
from tests.bot.discord.forging import button, forge
from tests.bot.discord.reading import buttons, text


@pytest.fixture
def desk(env: Env, simcord_bot: Sourcier) -> Desk:
    return Desk(env, simcord_bot, "one")


async def _deal(desk: Desk, number: int = 1) -> str:
    """Make a deal of the first figure with a power in the desk's source; return its id."""
    power = of_unit(await desk.figures(), "W")
    name = Wording(fr=f"Valbrune *{number}*", en=f"Valbrune *{number}*")
    reviews = desk.bot.library.reviews
    deal = await reviews.make_deal(name, DealKind.DATA_CENTRE, power.id, by="9", shelf=desk.shelf, aliases=("Le site",))
    await reviews.correct(power.id, Correction(deals=(deal.id,)), by="9", shelf=desk.shelf)
    return deal.id


async def test_drafts_and_unreviewed_figures_wait_until_somebody_has_seen_to_them(env: Env, desk: Desk) -> None:
    elsewhere = Desk(env, desk.bot, "two")
    message = await desk.review()
    assert "Nothing waits: there are no drafts, and all figures are reviewed." in text(message)
    assert not buttons(message)
    figures = await desk.live()
    draft = await desk.propose("Le phare mesure 68 m.", "Un *phare*")
    message = await desk.review()
    assert "Un *phare*" in text(message)
    assert f"a draft · <@{desk.manager.id}> · it goes <t:{int(draft.until.timestamp())}:R>" in text(message)
    assert f"{TITLE}\n-# {len(figures)} figures to review" in text(message).replace("**", "")
    assert "Nothing waits" in text(await elsewhere.review())

    opened = (await desk.press(message, "Figures")).response
    assert "Figures of “Hélionord à Valbrune”" in text(opened)
    await desk.press(message, "Open")
    assert "Edit details" in buttons(message)
    ids = [figure.id for figure in figures]
    await desk.bot.library.reviews.decide(ids, Review.REJECTED, by="9", shelf=desk.shelf)
    await desk.bot.library.drafts.discard(draft.id, by="9", shelf=desk.shelf)
    assert "Nothing waits" in text(await desk.review())


async def test_one_thing_is_opened_by_its_name(env: Env, desk: Desk) -> None:
    elsewhere = Desk(env, desk.bot, "two")
    await desk.live()
    draft = await desk.propose("Le phare mesure 68 m.", "Le phare")
    other = await desk.propose("Le phare mesure 69 m.", "Le phare de Cordouan")
    foreign = await elsewhere.propose("Le pont mesure 70 m.", "Le pont")
    for name in (draft.id, "le PHARE", " Le phare "):
        shown = text(await desk.review(name))
        assert "### Le phare\n" in shown
    assert "### Le phare de Cordouan\n" in text(await desk.review("cordouan"))
    for name in ("helionord-a-valbrune", "hélionord", TITLE):
        assert "Figures of “Hélionord à Valbrune”" in text(await desk.review(name))
    await desk.live("Rien que des mots. Pas de chiffre ici.", "Sans")
    assert "I found no figures in “Sans”." in text(await desk.review("sans"))
    for name in (foreign.id, "Le pont", "phar", "oracle-4-5-gw", "x" * 300, "@everyone **a**"):
        shown = text(await desk.review(name))
        assert "I know of no draft and no source of this server" in shown
        assert "Le phare de Cordouan" in shown
        assert "Le pont\n" not in shown
    values = [
        choice["value"] for choice in await desk.manager.autocomplete(desk.channel, "source review", "draft", "phare")
    ]
    assert set(values) == {draft.id, other.id}


async def test_long_lists_are_laid_on_pages(desk: Desk) -> None:
    for number in range(9):
        await desk.propose(f"Le phare {number} mesure 68 m.", f"**Phare** {number} " + "long " * 50)
    message = await desk.review()
    assert "1/2" in text(message)
    assert "**Phare** 0" not in text(message)
    await desk.press(message, "▶")
    assert "**Phare** 0" in text(message)
    assert "▶" not in buttons(message)
    await forge(desk.env, desk.manager, message, button("review:waiting:9999"))
    assert "2/2" in text(message)


async def test_who_may_only_add_sees_drafts_and_who_may_do_neither_sees_nothing(env: Env, desk: Desk) -> None:
    await desk.live()
    draft = await desk.propose("Le phare mesure 68 m.", "Le phare")
    await desk.let_add()
    message = await desk.review(member=desk.adder)
    assert "Le phare" in text(message)
    refused = await desk.adder.click(message, label="Figures")
    assert "lets approve sources may do this" in text(refused.response)
    assert "lets approve sources may do this" in text(await desk.review("helionord-a-valbrune", desk.adder))
    assert "### Le phare" in text(await desk.review(draft.id, desk.adder))
    assert "lets add sources may do this" in text(await desk.review(member=desk.member))
    for custom_id in ("review:waiting:0", "review:deals:0", "review:surely:0:000000000000"):
        refused = await forge(env, desk.member, message, button(custom_id))
        assert "may do this" in text(refused.response)


async def test_a_deal_that_was_made_here_is_dropped_on_the_second_press(env: Env, desk: Desk) -> None:
    elsewhere = Desk(env, desk.bot, "two")
    await desk.live()
    deal = await _deal(desk)
    card = await desk.show_deal("Le site")
    answer = (
        await desk.member.slash(desk.channel, "ask", question="Quelle puissance aura le centre de Valbrune ?")
    ).response
    assert "320 MW" in seen(answer)
    message = await desk.review()
    await desk.press(message, "Deals made here: 1")
    shown = seen(message)
    assert "Valbrune *1*" in shown
    assert "Le site · data centre · 1 figure" in shown
    assert "Le centre de Valbrune aura une puissance de 320 MW à partir de 2027" in shown
    await desk.press(message, "Drop")
    assert "Drop the deal “Valbrune *1*”?" in text(message)
    assert "Its 1 figure stays, without it." in text(message)
    await desk.press(message, "Back")
    await desk.press(message, "Drop")
    for custom_id in (f"review:surely:0:{key_of(deal)}", f"review:drop:0:{key_of(deal)}"):
        foreign = await forge(env, elsewhere.manager, await elsewhere.review(), button(custom_id))
        assert "There is no such deal here any more." in text(foreign.followups[-1])
    second = await desk.review()
    await desk.press(second, "Deals made here: 1")
    await desk.press(second, "Drop")
    await desk.press(message, "Drop it")
    assert text(message).startswith("The deal “Valbrune *1*” is dropped.")
    assert "There is no such deal here any more." in told(await desk.press(second, "Drop it"))
    assert await desk.bot.library.reviews.own_deals(desk.shelf) == []

    assert "I know of no deal called" in await desk.deal("Le site")
    for label in ("Quotes", "History", "CSV"):
        gone = await desk.member.click(card, label=label)
        assert "not kept any more" in text(gone.response)
    assert answer is not None
    opened = [custom_id for custom_id in ids(answer) if custom_id.startswith(("answer:context", "answer:why"))]
    assert len(opened) == 2
    for custom_id in opened:
        assert "Valbrune" in seen((await desk.member.click(answer, custom_id=custom_id)).response)
    await desk.press(message, "All that waits")
    assert "Deals made here" not in " ".join(buttons(message))
    assert (await desk.bot.library.reviews.waiting(desk.shelf))[0].figures == len(await desk.figures()) - 1
