"""Figures are reviewed one by one or all at once; what counts then is in /deal and in answers at once, here only."""

import pytest
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.moderation.figure_cards import lay_out_review
from bot.rules.preferences import Setting
from bot.settings import Settings
from bot.translation import translator
from bot.views.figure_review import FigureView
from bot.views.markdown import shown
from index.figures.curated import shipped
from index.figures.deals import Wording
from index.figures.kinds import Commitment, DealKind, Metric, Review
from index.model import Quote
from index.moderating.correcting import Correction
from index.moderating.reviews import Reviewable
from tests.bot.discord.dealers import Dealer, seen
from tests.bot.discord.figure_desk import TEXT, Desk, given, ids, of_unit, told
from tests.bot.discord.forging import button, forge
from tests.bot.discord.limits import check_message, walk
from tests.bot.discord.reading import buttons, text
from tests.bot.figures import made_figure, made_source


@pytest.fixture
def desk(env: Env, simcord_bot: Sourcier) -> Desk:
    return Desk(env, simcord_bot, "one")


async def test_figures_of_a_draft_are_reviewed_one_by_one_and_all_at_once(desk: Desk) -> None:
    draft = await desk.propose(TEXT)
    message = await desk.figures_of(draft.id)
    drawn = seen(message)
    assert f"to be reviewed: {len(draft.figures)}" in drawn
    assert (
        "**320 MW** · capacity · no deal\n-# Le centre de Valbrune aura une puissance de **320 MW** à partir" in drawn
    )
    assert "**4.5 GW** · capacity · **OpenAI-Oracle computing contract**" in drawn

    power = of_unit(draft.figures, "W")
    await desk.look(message, power)
    drawn = seen(message)
    assert " · “à partir de 2027” · announced · according to “Inès Collard”" in drawn
    assert "> Le centre de Valbrune aura une puissance de **320 MW** à partir de 2027, selon Inès Collard." in drawn
    await desk.press(message, "Approve")
    assert seen(message).startswith("✅ **320 MW** · approved")
    assert (await desk.figure(power)).review is Review.APPROVED
    following = draft.figures[draft.figures.index(power) + 1]
    assert f"{draft.figures.index(following) + 1}/{len(draft.figures)}" in seen(message)
    await desk.press(message, "Reject")
    assert text(message).startswith("❌")
    assert (await desk.figure(following)).review is Review.REJECTED
    await desk.press(message, "◀")
    assert "❌ rejected" in text(message)
    assert "Reject" not in buttons(message)

    waiting = len(draft.figures) - 2
    await desk.press(message, f"Approve all {waiting} that wait")
    assert text(message).startswith(f"{waiting} figures are approved.")
    assert [figure.review for figure in await desk.figures()].count(Review.REJECTED) == 1
    assert not any(label.startswith("Approve") for label in buttons(message))
    counted = {figure.id for figure in await desk.bot.library.known.figures(shelf=desk.shelf)}
    assert power.id not in counted  # a draft is a draft
    await desk.press(message, "Back to the draft")
    await desk.press(message, "Approve")
    counted = {figure.id for figure in await desk.bot.library.known.figures(shelf=desk.shelf)}
    assert power.id in counted
    assert following.id not in counted


async def test_what_is_approved_of_a_live_source_is_in_deals_and_answers_here_at_once(env: Env, desk: Desk) -> None:
    elsewhere = Dealer(env, desk.bot, "two")
    (power,) = await desk.live("OpenAI et Oracle louent 777 MW de plus, en plus de leur contrat.")
    assert power.deals == ("oracle",)
    assert "777 MW" not in await desk.deal("oracle")
    overview = await desk.review()
    assert "1 figure to review" in text(overview)
    message = (await desk.press(overview, "Figures")).response
    assert message is not None
    await desk.press(message, "Approve")
    assert "All figures are reviewed." in text(message)
    assert "777 MW" in await desk.deal("oracle")
    assert "777 MW" in await desk.ask("Combien de MW de plus OpenAI et Oracle louent-ils ?")
    assert "777 MW" not in await elsewhere.whole(await elsewhere.deal("oracle"))
    assert "Nothing waits" in text(await desk.review())


async def test_a_figure_is_corrected_as_far_as_its_sentence_goes(desk: Desk) -> None:
    draft = await desk.propose(TEXT)
    money = of_unit(draft.figures, "EUR")
    message = await desk.figures_of(draft.id)
    await desk.look(message, money)
    shown = await desk.press(message, "Correct")
    assert given(shown) == {"measure": "environ 1,8 Md €", "metric": ["investment"], "commitment": ["announced"]}
    await desk.manager.submit_modal(shown, given(shown))
    assert "Nothing was changed." in text(message)
    for wrong in ("18 milliards d’euros", "1.8 GW", "beaucoup"):
        assert f"“{wrong}”" in told(await desk.fill(message, "Correct", measure=wrong))
    refused = told(await desk.fill(message, "Correct", metric=["people"]))
    assert refused == "“1,8 milliard d’euros” is a sum of money, which does not fit “people”."
    assert (await desk.figure(money)).review is Review.EXTRACTED

    changed = {"measure": "1.8 billion euros", "metric": ["total value"], "commitment": ["signed"]}
    await desk.fill(message, "Correct", **changed)
    assert "✏️ corrected and approved" in text(message)
    assert "**€1.8 billion**\n-# total value" in seen(message)
    figure = await desk.figure(money)
    assert (figure.review, figure.metric, figure.commitment) == (Review.APPROVED, Metric.TOTAL_VALUE, Commitment.SIGNED)
    date = of_unit(draft.figures, "date")
    await desk.press(message, "All figures")
    await desk.look(message, date)
    await desk.fill(message, "Correct", commitment=["signed"])
    assert (await desk.figure(date)).commitment is Commitment.SIGNED


async def test_a_figure_joins_deals_by_any_of_their_names(desk: Desk) -> None:
    power = of_unit(await desk.live(), "W")
    message = await desk.figures_of("helionord-a-valbrune")
    await desk.look(message, power)
    asked = await desk.fill(message, "Deals", deals="Abilene; stargat")
    assert "There is no deal called “stargat” here, so nothing was changed." in told(asked)
    assert (await desk.figure(power)).deals == ()
    (notice,) = asked.followups
    await desk.press(notice, "Stargate project")
    assert "→ **Stargate project**" in text(notice)
    assert (await desk.figure(power)).deals == ("stargate",)
    await desk.press(message, "Approve")
    assert "Somebody changed this figure meanwhile" in text(message)
    await desk.fill(message, "Deals", deals="OPENAI-oracle computing contract\nabilene\nabilene")
    assert (await desk.figure(power)).deals == ("oracle", "abilene")
    assert "320 MW" in await desk.deal("abilene")
    form = await desk.press(message, "Deals")
    assert str(given(form)["deals"]).splitlines()[0] == "OpenAI-Oracle computing contract"
    await desk.manager.submit_modal(form, given(form))
    assert "Nothing was changed." in text(message)
    await desk.press(message, "No deal")
    assert (await desk.figure(power)).deals == ()
    assert "320 MW" not in await desk.deal("abilene")


async def test_a_figure_makes_a_deal_of_this_server(env: Env, desk: Desk) -> None:
    elsewhere = Dealer(env, desk.bot, "two")
    power = of_unit(await desk.live(), "W")
    message = await desk.figures_of("helionord-a-valbrune")
    await desk.look(message, power)
    form = {"name": "Valbrune **centre** @everyone", "kind": ["data centre"], "other": "Centre de Valbrune"}
    taken = await desk.fill(message, "New deal", **(form | {"name": "Stargate"}))
    assert "“Stargate” is a name of the deal stargate already" in told(taken)
    assert "too little" in told(await desk.fill(message, "New deal", **form, aliases="le, 2027"))
    assert "needs a name" in told(await desk.fill(message, "New deal", **(form | {"name": "\u200b \u202e"})))
    assert await desk.bot.library.reviews.own_deals(desk.shelf) == []

    await desk.fill(message, "New deal", **form, aliases="Campus, Val; campus")
    (deal,) = await desk.bot.library.reviews.own_deals(desk.shelf)
    assert deal.name == Wording(fr="Centre de Valbrune", en="Valbrune **centre** @everyone")
    assert set(deal.aliases.fr) == {"campus", "Val"}
    assert (await desk.figure(power)).deals == (deal.id,)
    card = await desk.deal("campus")
    assert "### Valbrune **centre** @everyone\n-# data centre" in card
    assert "Le centre de Valbrune aura une puissance de 320 MW" in card.replace("**", "")
    for name in ("campus", deal.id, "Centre de Valbrune"):
        assert "I know of no deal called" in seen(await elsewhere.deal(name))
    assert deal.id not in (await elsewhere.offered("val")).values()


async def test_nothing_is_decided_about_what_a_colleague_changed_meanwhile(desk: Desk) -> None:
    draft = await desk.propose(TEXT)
    power = of_unit(draft.figures, "W")
    library = desk.bot.library
    listed, alone = await desk.figures_of(draft.id), await desk.figures_of(draft.id)
    await desk.look(alone, power)
    form = await desk.press(alone, "Correct")
    await library.reviews.correct(power.id, Correction(metric=Metric.POWER_USE), by="9", shelf=desk.shelf)

    await desk.press(alone, "Reject")
    assert "Somebody changed this figure meanwhile: this is how it stands now." in text(alone)
    assert "power use" in text(alone)
    await desk.manager.submit_modal(form, given(form) | {"commitment": ["signed"]})
    assert "Somebody changed this figure meanwhile" in text(alone)
    await desk.press(listed, f"Approve all {len(draft.figures)} that wait")
    assert "so I approved none" in text(listed)
    now = await desk.figures()
    assert [figure.review for figure in now if figure.review is not Review.EXTRACTED] == [Review.APPROVED]
    assert [figure.commitment for figure in now] == [figure.commitment for figure in draft.figures]

    await library.drafts.edit(draft.id, {"publisher": "La Gazette"}, by="9", shelf=desk.shelf)
    await desk.press(alone, "Reject")
    assert "The figures have changed meanwhile" in text(alone)
    await desk.look(alone, of_unit(await desk.figures(), "W"))
    await library.drafts.approve(draft.id, by="9", shelf=desk.shelf)
    await desk.press(alone, "Reject")  # its figure is in the live source now
    assert text(alone).startswith("❌")
    assert [figure.unit for figure in await desk.figures() if figure.review is Review.REJECTED] == ["W"]

    other = await desk.propose(TEXT.replace("320", "120"), "Autre titre")
    message = await desk.figures_of(other.id)
    await library.drafts.discard(other.id, by="9", shelf=desk.shelf)
    gone = await desk.press(message, f"Approve all {len(other.figures)} that wait")
    assert "These figures are not here any more" in told(gone)


async def test_only_who_may_approve_reviews_figures_and_only_those_of_their_server(
    env: Env, desk: Desk, simcord_bot: Sourcier
) -> None:
    elsewhere = Desk(env, simcord_bot, "two")
    draft = await elsewhere.propose(TEXT)
    key = draft.figures[0].id.removeprefix("found-")
    power = of_unit(await desk.live(), "W")
    message = await desk.figures_of("helionord-a-valbrune")
    await desk.look(message, power)
    before = await desk.figures()
    own = [custom_id for custom_id in ids(message) if custom_id.startswith("fig:")]
    await desk.let_add()
    for custom_id in own:
        refused = await forge(env, desk.adder, message, button(custom_id))
        assert "lets approve sources may do this" in text(refused.response)
    for act in ("show", "approve", "all", "correct"):
        for place in (draft.id, ""):
            refused = await forge(env, desk.manager, message, button(f"fig:{act}:{place}:{key}:0000"))
            said = text(refused.followups[-1] if refused.followups else refused.response)
            assert "These figures are not here any more" in said
            assert refused.modal is None
    unsigned = (f"fig:approve:{draft.id}:{power.id[6:]}:", f"fig:join:helionord-a-valbrune:{power.id[6:]}::00000000")
    for custom_id in unsigned:
        assert "Somebody changed this figure" in text(
            (await forge(env, desk.manager, message, button(custom_id))).response
        )
    for custom_id in ("fig:approve:x:0:0000", "fig:steal:x:1:0000", f"fig:show:{'x' * 67}:1:", "fig:show:x:1:00g0"):
        assert not (await forge(env, desk.manager, message, button(custom_id))).acknowledged
    assert await desk.figures() == before
    assert await elsewhere.figures() == list(draft.figures)

    await desk.bot.preferences.set(desk.shelf, Setting.MAY_APPROVE, str(desk.adding.id))
    seen_by_adder = await desk.review("helionord-a-valbrune", desk.adder)
    await desk.look(seen_by_adder, power, desk.adder)
    form = await desk.adder.click(seen_by_adder, label="Correct")
    await desk.bot.preferences.set(desk.shelf, Setting.MAY_APPROVE, str(desk.ruling.id))
    refused = await desk.adder.submit_modal(form, given(form) | {"commitment": ["signed"]})
    assert "lets approve sources may do this" in text(refused.response)
    assert await desk.figures() == before


async def test_buttons_and_forms_live_through_a_restart_and_speak_french(
    env: Env, desk: Desk, settings: Settings
) -> None:
    power = of_unit(await desk.live(), "W")
    message = await desk.figures_of("helionord-a-valbrune")
    await desk.look(message, power)
    form = await desk.press(message, "Correct")
    desk.bot = create_bot(settings)
    await env.restart_bot(desk.bot)
    await desk.manager.submit_modal(form, given(form) | {"commitment": ["signed"]})
    assert (await desk.figure(power)).commitment is Commitment.SIGNED
    await desk.press(message, "Reject")
    assert (await desk.figure(power)).review is Review.REJECTED
    await desk.bot.preferences.set(desk.shelf, Setting.LANGUAGE, "fr")
    await desk.press(message, "All figures")
    assert "Chiffres de « Hélionord à Valbrune »" in seen(message)
    assert "❌ rejeté : 1" in seen(message)
    assert {"Voir", "Approuver les 5 en attente"} <= buttons(message).keys()


async def test_hostile_and_endless_texts_fit_and_mark_nothing_up(desk: Desk) -> None:
    words = "un **mot** `code` @everyone <@1> [lien](http://x.example) ||secret|| \u202e# titre" * 60
    sentences = [f"La {words} centrale {number} de Valbrune aura {number} MW, {words}." for number in range(10, 18)]
    draft = await desk.propose("\n\n".join(sentences), "# **Titre** @everyone " * 12)
    first = draft.figures[0]
    name = Wording(fr="**Abc**" * 11, en="__Bcd__" * 11)
    deal = await desk.bot.library.reviews.make_deal(name, DealKind.PLAN, first.id, by="1", shelf=desk.shelf)
    await desk.bot.library.reviews.correct(first.id, Correction(deals=(deal.id,)), by="1", shelf=desk.shelf)
    message = await desk.figures_of(draft.id)
    assert "@everyone" in text(message)
    assert "[…]" in text(message)
    pages = 1
    while "▶" in buttons(message):
        await desk.press(message, "▶")
        pages += 1
    assert pages == -(-len(draft.figures) // 6) > 1
    await desk.look(message, draft.figures[-1])
    await desk.press(message, "Reject")
    assert text(message).startswith("❌")


LONG = Wording(fr="*" * 80, en="*" * 80)


@pytest.mark.parametrize("sign", ["a ", "*_", "🙂 ", "<@"])
def test_the_longest_sentence_is_cut_around_its_number(sign: str) -> None:
    for before, after in ((0, 9_000), (9_000, 0), (9_000, 9_000), (200, 9_000), (20, 20)):
        ahead, behind = (sign * before)[:before], (sign * after)[:after]
        quote = Quote(quote=f"{ahead}4,5 GW{behind}", start=0, end=before + 6 + after)
        figure = made_figure(
            id="found-7",
            quote=quote,
            text=Quote(quote="4,5 GW", start=before, end=before + 6),
            subject="x " * 149 + "x",
            attribution="*" * 300,
            unit="count",
            metric=Metric.UNITS,
            counted="*" * 300,
            each="_" * 300,
            deals=tuple(f"deal-{number}" for number in range(7)),
            review=Review.EXTRACTED,
        )
        found = Reviewable("d" * 16, made_source(title="T" * 300), None, (figure,), frozenset())
        deals = [
            deal.model_copy(update={"id": name, "name": LONG})
            for deal, name in zip(shipped().deals[:7], figure.deals, strict=True)
        ]
        card = lay_out_review(found, slice(0, 1), deals, translator("fr"))
        view = FigureView(card, card.figures[0], translator("fr"), said="s" * 300)
        components = view.to_components()  # type: ignore[no-untyped-call]
        check_message({"components": components, "allowed_mentions": {"parse": []}})
        drawn = shown("".join(part.get("content", "") for part in walk(components)))
        assert "**4,5 GW**" in drawn
        assert drawn.count("[…]") == (before > 200) + (after > 200)
