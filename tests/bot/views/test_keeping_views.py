"""What is shown of kept sources stays within Discord's limits, whatever their texts are."""

from datetime import UTC, datetime, timedelta
from itertools import repeat

import pytest
from discord.ui import LayoutView

from bot.moderation.history_cards import Names, lay_out_deed
from bot.moderation.keeping_cards import lay_out_entry, lay_out_looked, lay_out_own
from bot.translation import translator
from bot.views.differences import difference_lines
from bot.views.history import PAGE as DEEDS
from bot.views.history import HistoryView
from bot.views.markdown import length
from bot.views.own_sources import PAGE, OwnSourcesView, OwnSourceView
from bot.views.refreshed import RefreshedView
from index.errors import BadInput
from index.figures.kinds import Review
from index.model import Basis, Figure, Language, Source, State
from index.moderating.differences import ChangedFigure, Difference
from index.moderating.model import Act, Deed, Draft, Every, Look, Waiting
from index.moderating.upkeep import Looked, Plan
from index.reading.document import Kind
from index.refusal import Refusal
from tests.bot.discord.limits import check_message
from tests.index.moderating.test_differences import POWER, figures

WILD = "**<@1>`[x](https://x.example)_" * 40
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def source(state: State = State.REMOVED, version: int = 9) -> Source:
    return Source(
        id="a" * 80,
        shelf="discord-1",
        version=version,
        state=state,
        title=WILD[:300],
        title_basis=Basis.EDITOR,
        language="fr",
        publisher=WILD,
        author=f"{WILD}{version}",
        credit=WILD,
        url=f"https://exemple.fr/{'a' * 400}",
        published=f"202{version}-03-01",
        published_basis=Basis.ESTIMATE,
        sha256="0",
        added_at=NOW,
        added_by="9" * 20,
        words=10**9,
        passages=10**9,
    )


def wild_figure() -> Figure:
    figure = figures(POWER, Review.APPROVED)[0]
    return figure.model_copy(update={"counted": WILD[:300], "each": WILD[:300], "subject": WILD[:300]})


def difference(many: int) -> Difference:
    sentences = tuple(f"{number} {WILD}" for number in range(many))
    changed = ChangedFigure(before=wild_figure(), after=wild_figure())
    gone = ChangedFigure(before=wild_figure(), after=None)
    return Difference(gone=sentences, new=sentences, lost=sentences, figures=(changed, gone) * (many // 2), kept=many)


def payload(view: LayoutView) -> dict[str, object]:
    components = view.to_components()  # type: ignore[no-untyped-call]
    return {"components": components, "allowed_mentions": {"parse": []}}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("state", [State.LIVE, State.REMOVED])
def test_the_longest_texts_fit(language: Language, state: State) -> None:
    speaker, own = translator(language), source(state)
    removals, waiting = {own.id: NOW}, [Waiting("d" * 16, own, NOW, "1")]
    entry = lay_out_entry(own, removals, waiting, speaker)
    check_message(payload(OwnSourcesView([entry] * 1, 98, PAGE * 100, 10**6, speaker)))
    others = [lay_out_entry(own.model_copy(update={"id": f"{n}{own.id[1:]}"}), removals, [], speaker) for n in range(8)]
    check_message(payload(OwnSourcesView(others[:PAGE], 98, PAGE * 100, 10**6, speaker)))
    plan = Plan(url=str(own.url), every=Every.DAILY, due_at=NOW, seen_at=NOW, look=Look.CHANGED)
    shown = lay_out_own(entry, own, [wild_figure()] * 99, plan, speaker)
    check_message(payload(OwnSourceView(shown, speaker, said="x" * 200)))
    draft = Draft(
        id="d" * 16,
        source=source(State.DRAFT, 8),
        kind=Kind.TEXT,
        cautions=(),
        replaces=own,
        alike=(),
        figures=(),
        opening="",
        page=None,
        at=NOW,
        by="1",
        mark="0" * 12,
    )
    for look, told, place in ((Look.CHANGED, "", None), (Look.FAILED, WILD * 9, (WILD, "https://discord.com/x"))):
        refusal = Refusal.of(BadInput(told)) if told else None
        looked = Looked(source=own, look=look, refusal=refusal, draft=draft, difference=difference(500))
        check_message(payload(RefreshedView(lay_out_looked(looked, speaker), speaker, place=place)))
    detail: dict[str, str | int | list[str]] = dict.fromkeys(("title", "told", "value", "name", "question"), WILD)
    deeds = [Deed(at=NOW, by="9" * 20, act=act, subject=WILD, detail=detail) for act in Act]
    cards = [lay_out_deed(deed, Names(), speaker) for deed in deeds]
    for start in range(len(cards) - DEEDS):
        view = HistoryView(cards[start : start + DEEDS], 9, 99_999, speaker, name=own.id, title=WILD)
        check_message(payload(view))


def test_a_difference_is_told_in_short_with_what_is_left_out() -> None:
    speaker = translator("en")
    for many, most in zip((2, 40, 5_000), repeat(3), strict=False):
        lines = difference_lines(difference(many), speaker, most=most)
        assert length("\n".join(lines)) <= 2_600
        assert lines[0].startswith(f"**{speaker.number(many)} sentences that I have quoted are gone:")
    assert "-# and 4,997 more" in lines
    assert len([line for line in lines if line.startswith("-# +")]) == 3
    assert difference_lines(Difference(kept=4), speaker) == ["Every sentence is what it was."]


def test_a_figure_that_is_the_same_in_another_sentence_is_no_change_but_is_told_of() -> None:
    power = figures(POWER, Review.APPROVED)[0]
    elsewhere = figures(f"On le sait : {POWER}", Review.EXTRACTED)[0]
    more = power.model_copy(update={"value": power.value and power.value * 2})
    changes = (ChangedFigure(before=power, after=elsewhere), ChangedFigure(before=power, after=more))
    lines = difference_lines(Difference(figures=changes, kept=1), translator("en"))
    assert lines[:4] == [
        "**1 approved figure changes:**",
        "-# capacity: 4.5\u00a0GW → **9\u00a0GW**",
        "**1 approved figure stands in another sentence now, and is to be approved again:**",
        "-# capacity: 4.5\u00a0GW",
    ]


def test_a_source_that_is_kept_for_ever_has_no_day_until_which_it_can_be_restored() -> None:
    shared = source().model_copy(update={"shelf": "shared"})
    assert lay_out_entry(shared, {shared.id: NOW}, [], translator("en")).restorable_until is None
    assert lay_out_entry(source(), {source().id: NOW}, [], translator("en")).restorable_until == NOW + timedelta(
        days=30
    )
