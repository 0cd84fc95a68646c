"""A timeline's picture: readable on any ground, complete or honest about it, the same wherever it is drawn."""

import asyncio
import re
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.timeline_picture import alt_text, draw
from bot.timeline_picture.alternative import LONGEST
from bot.timeline_picture.content import arrange
from bot.timeline_picture.fonts import Fonts
from bot.timeline_picture.layout import WIDTH, lay_out
from bot.timeline_picture.scale import make_scale
from bot.timeline_picture.shapes import (
    BAND,
    FIRM,
    INK,
    PANEL,
    SOFT,
    TENTATIVE,
    Disc,
    Panel,
    Picture,
    Polygon,
    Stroke,
    Words,
)
from bot.translation import Translator, translator
from index.figures.chronology import Entry, Sort, Timeline
from index.figures.kinds import Bound, Commitment, Metric
from index.library import Library
from index.model import Figure, Moment
from tests.bot.figures import made_figure, made_source

FRENCH, ENGLISH = translator("fr"), translator("en")
NONE = Timeline(deal=None, entries=(), undated=())
HOSTILE = "\u202eשלום\u202c مرحبا $x^2$ \\frac{1}{2} **gras** <@1> 漢字 \U0001f9d1\u200d\U0001f680 Z" + "\u0337" * 40
HOSTILE += "\n# titre\r\n\x1b[31m\0 \ud800 « ouvert " + "W" * 400


def said(figure: Figure, when: str = "2025-07", *, sort: Sort = Sort.SAID, estimated: bool = False) -> Entry:
    return Entry(earliest=when, latest=when, estimated=estimated, sort=sort, figure=figure)


def timeline(*entries: Entry, undated: Sequence[Figure] = ()) -> Timeline:
    return Timeline(deal=None, entries=entries, undated=tuple(undated))


def many(count: int, deals: Sequence[str] = ("oracle", "amd", "stargate")) -> Timeline:
    """Return as many different figures of as many months."""
    figures = [
        made_figure(id=f"figure-{place}", value=10**9 * (place + 1), deals=(deals[place % len(deals)],))
        for place in range(count)
    ]
    return timeline(*(said(each, f"{2000 + place // 12}-{place % 12 + 1:02}") for place, each in enumerate(figures)))


def laid_out(shown: Timeline, speaker: Translator = ENGLISH) -> Picture:
    return lay_out(arrange(shown, speaker), Fonts(), speaker)


def texts(picture: Picture) -> list[str]:
    return [words.text for words in picture.words]


def opened(png: bytes) -> Image.Image:
    picture = Image.open(BytesIO(png), formats=["PNG"])
    picture.load()
    return picture.convert("RGBA")


def bad_places(picture: Picture) -> list[tuple[str, ...]]:
    """Return the texts that meet another one, or stand outside of the panel."""
    ground = picture.shapes[0]
    assert isinstance(ground, Panel)
    met = [
        (one.text, other.text)
        for one, other in combinations(picture.words, 2)
        if one.box[0] < other.box[2] and other.box[0] < one.box[2]
        if one.box[1] < other.box[3] and other.box[1] < one.box[3]
    ]
    outside = [
        (words.text,)
        for words in picture.words
        if not (ground.x < words.box[0] and words.box[2] < ground.x + ground.width)
        or not (ground.y < words.box[1] and words.box[3] < ground.y + ground.height)
    ]
    return [*met, *outside]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def known(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Timeline]:
    """The timelines of the seeds by deal, which no test here changes."""
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("known") / "data")

    async def read() -> dict[str, Timeline]:
        async with await Library.open(folder) as library:
            named = {name: await library.known.timeline(name) for name in ("oracle", "abilene", "funding", "xai")}
            return {"all": await library.known.timeline(), "amd": await library.known.timeline("amd"), **named}

    return asyncio.run(read())


def test_real_timelines_are_pictures_of_a_size_that_discord_shows_sharply(known: dict[str, Timeline]) -> None:
    for shown in known.values():
        for speaker in (FRENCH, ENGLISH):
            png = draw(shown, speaker)
            picture = opened(png)
            assert picture.width == 1100
            assert 100 < picture.height <= 2400
            assert len(png) < 500_000


def test_the_card_is_opaque_so_that_it_reads_the_same_on_dark_and_on_light(known: dict[str, Timeline]) -> None:
    picture = opened(draw(known["oracle"], FRENCH))
    inside = picture.crop((30, 30, picture.width - 30, picture.height - 30))
    assert min(inside.getchannel("A").tobytes()) >= 250
    assert picture.getchannel("A").getpixel((0, 0)) == 0


@pytest.mark.parametrize("ground", [PANEL, BAND])
@pytest.mark.parametrize("ink", [INK, SOFT, FIRM, TENTATIVE])
def test_everything_written_and_drawn_stands_out_from_its_ground(ink: str, ground: str) -> None:
    assert contrast(ink, ground) >= 4.5


def test_real_timelines_show_all_their_figures_and_no_text_meets_another(known: dict[str, Timeline]) -> None:
    for shown in known.values():
        for speaker in (FRENCH, ENGLISH):
            picture = laid_out(shown, speaker)
            assert bad_places(picture) == []
            assert min(words.size for words in picture.words) >= 13
            assert not [text for text in texts(picture) if "picture" in text or "image" in text]


def test_values_stand_in_the_language_that_is_spoken_and_the_source_s_words_as_they_are(
    known: dict[str, Timeline],
) -> None:
    french, english = (texts(laid_out(known["oracle"], speaker)) for speaker in (FRENCH, ENGLISH))
    assert {"4,5\u00a0GW", "puissance", "juil. 2025"} <= set(french)
    assert {"4.5\u00a0GW", "capacity", "Jul 2025"} <= set(english)
    assert [text for text in french if text.startswith("«\u00a0un contrat")]
    assert [text for text in english if text.startswith("“un contrat")]


def test_a_time_that_is_no_date_is_told_in_the_source_s_words_first(known: dict[str, Timeline]) -> None:
    assert [text for text in texts(laid_out(known["abilene"], FRENCH)) if text.startswith("«\u00a0à la mi-2026\u00a0»")]
    assert "«\u00a0cette semaine\u00a0» (juin 2024)" in texts(laid_out(known["oracle"], FRENCH))
    assert "“cette semaine” (Jun 2024)" in texts(laid_out(known["oracle"], ENGLISH))


def test_a_figure_of_two_deals_names_the_other_one(known: dict[str, Timeline]) -> None:
    shown = texts(laid_out(known["amd"]))
    assert shown[shown.index("23\u00a0GW") + 1] == "capacity +\u00a0NVIDIA"


@pytest.mark.parametrize(
    ("when", "french", "english"),
    [
        ("2025-07-01", "1er juil. 2025", "Jul 1, 2025"),
        ("2025-07-11", "11 juil. 2025", "Jul 11, 2025"),
        ("2025-01", "janv. 2025", "Jan 2025"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(when: str, french: str, english: str) -> None:
    shown = timeline(said(made_figure(), when))
    assert french in texts(laid_out(shown, FRENCH))
    assert english in texts(laid_out(shown, ENGLISH))


def test_a_timeline_without_entries_is_one_sentence() -> None:
    assert texts(laid_out(NONE)) == ["What was said when", "No figure here has a date."]
    assert opened(draw(NONE, FRENCH)).height < 300
    assert alt_text(NONE, FRENCH) == "Ce qui a été dit, et quand. Aucun chiffre n’est daté ici."


def test_figures_of_sources_without_a_date_are_counted() -> None:
    undated = [made_figure(id=name, source=made_source(published=None)) for name in ("one", "two")]
    assert "2 figures are from sources without a date." in texts(laid_out(timeline(undated=undated)))
    assert "1 figure is from a source without a date." in texts(laid_out(timeline(undated=undated[:1])))


@pytest.mark.parametrize("deals", [("oracle",), ("oracle", "amd", "stargate"), tuple(f"deal-{i}" for i in range(200))])
def test_of_500_figures_as_many_are_shown_as_fit_and_the_others_are_counted(deals: tuple[str, ...]) -> None:
    shown = many(500, deals)
    picture = laid_out(shown)
    assert bad_places(picture) == []
    assert picture.height * 2 <= 2400
    values = [text for text in texts(picture) if re.fullmatch(r"\d+(\.\d+)?\u00a0[GT]W", text)]
    assert f"{500 - len(values)} more figures are not in the picture." in texts(picture)
    assert len(values) >= 20
    assert len(draw(shown, ENGLISH)) < 500_000


def test_what_is_left_out_is_spread_over_all_times() -> None:
    dates = [text for text in texts(laid_out(many(480, ("oracle",)))) if re.fullmatch(r"\w{3} \d{4}", text)]
    years = [int(date[-4:]) for date in dates]
    assert {year // 10 for year in years} == {200, 201, 202, 203}
    assert {min(years), max(years)} == {2000, 2039}


def test_the_same_said_twice_is_shown_once() -> None:
    shown = timeline(said(made_figure(id="one")), said(made_figure(id="two")), said(made_figure(id="three"), "2025-09"))
    assert texts(laid_out(shown)).count("4.5\u00a0GW") == 2


def first_sign(entry: Entry) -> Disc | Polygon | Panel | Stroke:
    """Return the sign of the only row; below it comes the key."""
    picture = laid_out(timeline(entry))
    label = next(place for place, shape in enumerate(picture.shapes) if isinstance(shape, Words) and "GW" in shape.text)
    return next(
        shape
        for shape in picture.shapes[label:]
        if isinstance(shape, Disc | Polygon) or (isinstance(shape, Panel | Stroke) and shape.thickness > 1.5)
    )


@pytest.mark.parametrize(
    ("sort", "when", "kind"),
    [
        (Sort.SAID, "2025-07", Disc),
        (Sort.SAID, "2025", Disc),
        (Sort.ON, "2025-07-01", Polygon),
        (Sort.ON, "2025", Panel),
    ],
)
def test_what_is_said_then_happens_then_or_lasts_has_its_own_sign_which_is_hollow_where_estimated(
    sort: Sort, when: str, kind: type[Disc | Polygon | Panel]
) -> None:
    for estimated, fill in ((True, PANEL), (False, FIRM)):
        sign = first_sign(said(made_figure(), when, sort=sort, estimated=estimated))
        assert isinstance(sign, kind)
        assert (sign.fill, sign.edge) == (fill, FIRM)


@pytest.mark.parametrize("sort", [Sort.SINCE, Sort.UNTIL])
def test_what_begins_or_ends_at_an_estimated_time_is_dashed(sort: Sort) -> None:
    for estimated in (True, False):
        sign = first_sign(said(made_figure(), sort=sort, estimated=estimated))
        assert isinstance(sign, Stroke)
        assert sign.dashed is estimated


@pytest.mark.parametrize(
    ("commitment", "colour"), [(Commitment.RUMOURED, TENTATIVE), (Commitment.IN_DISCUSSION, TENTATIVE)]
)
def test_what_nobody_commits_to_has_a_colour_of_its_own_and_the_key_says_so(
    commitment: Commitment, colour: str
) -> None:
    entry = said(made_figure(commitment=commitment))
    sign = first_sign(entry)
    assert isinstance(sign, Disc)
    assert sign.edge == colour
    assert "possible or in discussion" in texts(laid_out(timeline(entry)))
    assert "possible or in discussion" not in texts(laid_out(timeline(said(made_figure()))))


def test_a_date_stands_beside_the_time_for_which_a_figure_holds() -> None:
    figure = made_figure(since=Moment(written="à compter de 2028", iso="2028"))
    shown = texts(laid_out(timeline(said(figure), said(figure, "2028", sort=Sort.SINCE))))
    assert shown.count("2028") == 2  # on the axis and beside the arrow
    assert "Jul 2025" not in shown


def test_long_stretches_without_anything_are_cut_out_of_the_axis_and_short_ones_are_not() -> None:
    spans = [(2018.0, 2019.0), (2024.5, 2024.6), (2027.0, 2028.0)]
    scale = make_scale(spans, 0, 300)
    assert [(run.first, run.last) for run in scale.runs] == [(2018, 2018), (2024, 2027)]


years = st.floats(1, 9999).map(lambda year: round(year, 3))


@given(st.lists(st.tuples(years, st.floats(0, 30)), min_size=1, max_size=40))
def test_on_the_axis_later_is_further_right_and_nothing_is_outside(found: list[tuple[float, float]]) -> None:
    spans = [(start, min(start + long, 10_000)) for start, long in found]
    scale = make_scale(spans, 100, 500)
    times = sorted(time for span in spans for time in span)
    places = [scale.place(time) for time in times]
    assert places == sorted(places)
    assert min(places) >= 100 - 1e-6
    assert max(places) <= 500 + 1e-6


letters = st.text(max_size=60) | st.sampled_from([HOSTILE, "", " ", "“", "漢字" * 30, "a b " * 30, "\u0301" * 9])
partial_dates = st.builds(
    lambda year, month, parts: f"{year:04}-{month:02}-15"[: (4, 7, 10)[parts]],
    st.integers(1, 9999) | st.integers(2020, 2030),
    st.integers(1, 12),
    st.integers(0, 2),
)


@st.composite
def made_entries(draw_from: st.DrawFn) -> list[Entry]:
    """Return the entries of a figure: one or two times, any words."""
    words = draw_from(letters)
    subject = words.strip()[:300].strip() or "x"
    counted = draw_from(st.booleans())
    figure = made_figure(
        id=draw_from(st.uuids()).hex,
        deals=draw_from(st.lists(st.sampled_from(["oracle", "amd", "nvidia", words]), max_size=3, unique=True)),
        metric=Metric.UNITS if counted else draw_from(st.sampled_from([Metric.DATE, Metric.CAPACITY])),
        value=draw_from(st.integers(0, 10**14)),
        bound=draw_from(st.sampled_from([Bound.EXACT, Bound.MORE_THAN])),
        unit="count" if counted else "W",
        counted=subject if counted else None,
        subject=subject,
    )
    times = draw_from(st.lists(st.tuples(partial_dates, partial_dates, st.booleans()), min_size=1, max_size=3))
    sorts = draw_from(st.permutations(list(Sort)))
    return [
        Entry(earliest=min(one, other), latest=max(one, other), estimated=estimated, sort=sort, figure=figure)
        for (one, other, estimated), sort in zip(times, sorts, strict=False)
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(made_entries(), max_size=12), st.sampled_from([FRENCH, ENGLISH]))
def test_whatever_is_shown_no_text_meets_another_or_leaves_the_panel(
    entries: list[list[Entry]], speaker: Translator
) -> None:
    shown = timeline(*(entry for group in entries for entry in group))
    picture = laid_out(shown, speaker)
    assert bad_places(picture) == []
    assert picture.width == WIDTH
    assert picture.height <= 1200
    assert len(alt_text(shown, speaker)) <= LONGEST


def test_hostile_words_are_drawn_as_words(recwarn: pytest.WarningsRecorder) -> None:
    figure = made_figure(metric=Metric.DATE, value=None, subject=HOSTILE[:300].strip(), deals=(HOSTILE[:60],))
    counted = made_figure(id="counted", metric=Metric.UNITS, unit="count", counted=HOSTILE[:300].strip())
    shown = timeline(said(figure), said(counted))
    written = "".join(texts(laid_out(shown)))
    assert not re.search("[\u202a-\u202e\u200b-\u200f\n\r\x1b\0\ud800漢]", written)
    assert "\u0337" * 3 not in written
    assert "$x^2$" in written
    assert opened(draw(shown, FRENCH)).width == 1100
    assert not recwarn.list


def test_the_words_for_those_who_do_not_see_it_tell_time_figures_and_what_is_left_out(
    known: dict[str, Timeline],
) -> None:
    whole = alt_text(known["oracle"], ENGLISH)
    assert whole.startswith("Timeline from Jun 2024 to 2028: OpenAI-Oracle computing contract. ")
    assert "4.5\u00a0GW capacity, said Jul 2025 (estimated)." in whole
    shortened = alt_text(known["all"], FRENCH)
    assert len(shortened) <= LONGEST
    assert re.search(r"\d+ autres chiffres\.$", shortened)


def test_threads_that_draw_at_the_same_time_draw_what_one_draws_alone(known: dict[str, Timeline]) -> None:
    jobs = [(known[name], speaker) for name in ("oracle", "abilene") for speaker in (FRENCH, ENGLISH)]
    alone = [draw(shown, speaker) for shown, speaker in jobs]
    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(lambda job: draw(*job), jobs * 2))
    assert together == alone * 2
