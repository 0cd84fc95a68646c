"""The newest of several statements comes first unless another time is asked for, and older ones are told as such."""

import shutil
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest
import pytest_asyncio

from bot.cards import lay_out
from bot.records import answer_record
from index.figures.kinds import Review
from index.library import Library
from index.model import Answer, Article, Basis, Language, Verdict

of_module = pytest.mark.asyncio(loop_scope="module")

OLD, MIDDLE, NEW = "1,200", "1,900", "2,400"
FERNBROOK = (
    (
        "Fernbrook plant opens",
        "2023-05-10",
        (
            "The Fernbrook battery plant opened this week near the river. The Fernbrook plant employs 1,200 people. "
            "It makes cells for electric vans. The plant can produce 300 megawatts of batteries a year."
        ),
    ),
    (
        "Fernbrook grows",
        "2024-09-03",
        (
            "The Fernbrook battery plant has added a second hall. The Fernbrook plant now employs 1,900 people. "
            "The plant can produce 450 megawatts of batteries a year."
        ),
    ),
    (
        "Fernbrook in its third year",
        "2026-02-14",
        (
            "The Fernbrook battery plant is in its third year. The Fernbrook plant employs 2,400 people. "
            "The plant can produce 700 megawatts of batteries a year."
        ),
    ),
)
FERNBROOK_EMPLOYS = "The Fernbrook battery plant is in its third year. The Fernbrook plant employs 2,400 people."
BREHAN = (
    (
        "Le port de Bréhan se modernise",
        "2022-03",
        "Le port de Bréhan accueille 40 navires par mois. Le maire de Bréhan est Yann Kerloc'h.",
    ),
    (
        "Bréhan, un port en croissance",
        "2025-11",
        (
            "Le port de Bréhan accueille 65 navires par mois. La maire de Bréhan est Soizic Le Goff. Aujourd'hui, la "
            "ville fête les marins. À l'origine, le port ne devait accueillir que 20 navires."
        ),
    ),
)


async def add(library: Library, articles: Iterable[tuple[str, str | None, str]], language: Language) -> None:
    for title, published, text in articles:
        basis = Basis.TEXT if published else Basis.UNKNOWN
        article = Article(text=text, title=title, language=language, published=published, published_basis=basis)
        await library.add(article, by="test")


async def opened(prepared: Path, folder: Path) -> Library:
    return await Library.open(shutil.copytree(prepared, folder), "write", seeds=False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def told(prepared_empty: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Library]:
    """Sources of several dates that state the same things, none of whose figures is approved."""
    async with await opened(prepared_empty, tmp_path_factory.mktemp("told") / "data") as library:
        await add(library, FERNBROOK, "en")
        await add(library, BREHAN, "fr")
        yield library


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def counted(prepared_empty: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Library]:
    """The same with all figures approved."""
    async with await opened(prepared_empty, tmp_path_factory.mktemp("counted") / "data") as library:
        await add(library, FERNBROOK, "en")
        for source in await library.sources():
            figures = [figure.id for figure in await library.reviews.found_in(source.id)]
            await library.reviews.decide(figures, Review.APPROVED, by="test")
        yield library


def first(answer: Answer) -> str:
    assert answer.verdict is Verdict.ANSWERED, (answer.reason, answer.missing)
    return answer.citations[0].highlight.quote


def dates_marked(answer: Answer) -> list[tuple[str | None, bool]]:
    return [(citation.source.published, citation.older) for citation in answer.citations]


@of_module
@pytest.mark.parametrize(
    "question",
    [
        "How many people does the Fernbrook plant employ?",
        "How many people does the Fernbrook plant employ today?",
        "How many people does the Fernbrook plant employ now?",
        "How many people does the Fernbrook plant currently employ?",
        "How many people has the Fernbrook plant employed so far?",
        "How many people does the Fernbrook plant employ as of today?",
        "latest number of people employed at the Fernbrook plant",
        "What is the newest figure for the people employed by Fernbrook?",
    ],
)
async def test_the_newest_statement_comes_first_whichever_word_asks_for_it(
    told: Library, counted: Library, question: str
) -> None:
    for library in (told, counted):
        answer = await library.ask(question)
        assert NEW in first(answer)
        assert dates_marked(answer)[0] == ("2026-02-14", False)
        assert {("2024-09-03", True), ("2023-05-10", True)} <= set(dates_marked(answer))
    assert NEW in answer.figures[0].text.quote


@of_module
@pytest.mark.parametrize(
    "question",
    [
        "Qui est le maire de Bréhan aujourd'hui ?",
        "Qui est actuellement maire de Bréhan ?",
        "qui est le maire de brehan mtn",
        "Qui est le maire de Bréhan auj ?",
        "Qui est désormais maire de Bréhan ?",
        "Qui est maire de Bréhan à ce jour ?",
        "Qui est maire de Bréhan en ce moment ?",
    ],
)
async def test_now_is_no_word_to_look_for(told: Library, question: str) -> None:
    answer = await told.ask(question)
    assert "Soizic Le Goff" in first(answer)
    assert dates_marked(answer)[1] == ("2022-03", True)
    assert "Aujourd'hui, la ville fête les marins." not in [each.highlight.quote for each in answer.citations[:2]]
    asked_plainly = await told.ask("Qui est maire de Bréhan ?")
    assert {each.highlight for each in answer.citations} == {each.highlight for each in asked_plainly.citations}


async def test_what_only_an_old_source_says_is_shown_with_its_date(library: Library) -> None:
    await add(library, FERNBROOK[:1], "en")
    answer = await library.ask("How many people does the Fernbrook plant employ today?")
    assert OLD in first(answer)
    assert dates_marked(answer)[0] == ("2023-05-10", False)
    assert lay_out(answer).quotes[0].source.date == "10 May 2023"


@of_module
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people did the Fernbrook plant employ in 2024?", MIDDLE),
        ("How many people did the Fernbrook plant employ in 2023?", OLD),
        ("How many people did the Fernbrook plant employ in September 2024?", MIDDLE),
        ("How many people did the Fernbrook plant employ as of 2024?", MIDDLE),
        ("How many people did the Fernbrook plant already employ in 2024?", MIDDLE),
        ("Qui était maire de Bréhan en 2022 ?", "Yann Kerloc'h"),
        ("Combien de navires le port de Bréhan accueille-t-il fin 2025 ?", "65"),
    ],
)
async def test_at_a_time_what_was_published_then_answers(told: Library, question: str, expected: str) -> None:
    answer = await told.ask(question)
    assert expected in first(answer)
    assert not answer.citations[0].older


@of_module
@pytest.mark.parametrize(
    "question",
    [
        "How many people did the Fernbrook plant employ in 2021?",
        "Qui était maire de Bréhan en 2019 ?",
        "Combien de navires le port de Bréhan accueille-t-il en mai 2022 ?",
    ],
)
async def test_a_time_of_which_no_source_tells_is_still_refused(told: Library, question: str) -> None:
    assert (await told.ask(question)).verdict is Verdict.UNANSWERED


async def test_a_sentence_of_another_time_does_not_answer_for_when_it_was_published(library: Library) -> None:
    text = "The Quarrow mill opened long ago. The Quarrow mill will employ 700 people in 2031."
    await add(library, [("Quarrow", "2024-03-02", text)], "en")
    answer = await library.ask("How many people did the Quarrow mill employ in 2024?")
    assert answer.verdict is Verdict.UNANSWERED


@of_module
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Qui était maire de Bréhan auparavant ?", "Yann Kerloc'h"),
        ("Combien de navires le port de Bréhan accueillait-il auparavant ?", "40"),
        ("Combien de navires le port de Bréhan devait-il accueillir à l'origine ?", "20"),
    ],
)
async def test_before_something_the_earlier_statement_comes_first(told: Library, question: str, expected: str) -> None:
    assert expected in first(await told.ask(question))


@of_module
async def test_of_figures_that_are_alike_the_earliest_comes_first_where_what_was_before_is_asked_for(
    counted: Library,
) -> None:
    answer = await counted.ask("What was the capacity of the Fernbrook plant before?")
    assert [figure.text.quote[:3] for figure in answer.figures] == ["300", "450", "700"]
    assert dates_marked(answer) == [("2023-05-10", True), ("2024-09-03", True), ("2026-02-14", False)]


@of_module
async def test_figures_of_no_known_deal_are_older_where_words_are_the_same(
    counted: Library,
) -> None:
    answer = await counted.ask("How many people did Fernbrook originally employ?")
    assert [figure.deals for figure in answer.figures] == [()] * 3
    assert dates_marked(answer) == [("2023-05-10", True), ("2024-09-03", True), ("2026-02-14", False)]


@of_module
async def test_what_is_so_at_the_time_that_is_asked_for_is_not_older(counted: Library) -> None:
    answer = await counted.ask("How many people did the Fernbrook plant employ in 2023?")
    assert answer.citations[0].highlight.quote == "The Fernbrook plant employs 1,200 people."
    assert {older for published, older in dates_marked(answer) if published == "2023-05-10"} == {False}


async def test_what_says_that_it_was_so_at_first_is_the_earlier_statement_whenever_it_was_published(
    library: Library,
) -> None:
    now = "Le maire de Bréhan est Yann Kerloc'h."
    then = "Initialement, le maire de Bréhan était Soizic Le Goff."
    await add(library, [("Bréhan", "2022-03", now), ("Bréhan hier", "2024-05", then)], "fr")
    before = await library.ask("Qui était maire de Bréhan auparavant ?")
    assert [citation.highlight.quote for citation in before.citations[:2]] == [then, now]
    latest = await library.ask("Qui est maire de Bréhan aujourd'hui ?")
    assert [citation.highlight.quote for citation in latest.citations[:2]] == [now, then]
    assert not any(citation.older for citation in (*before.citations, *latest.citations))


async def test_nothing_is_older_than_what_tells_of_the_time_before_it(library: Library) -> None:
    now = "Le port de Bréhan accueille 40 navires par mois."
    then = "Initialement, le port de Bréhan accueillait 30 navires par mois."
    await add(library, [("Bréhan", "2022-03", now), ("Bréhan hier", "2024-05", then)], "fr")
    answer = await library.ask("Combien de navires le port de Bréhan accueille-t-il aujourd'hui ?")
    assert [citation.highlight.quote for citation in answer.citations[:2]] == [now, then]
    assert not any(citation.older for citation in answer.citations)


async def test_an_earlier_statement_answers_though_the_words_for_before_are_others(library: Library) -> None:
    then = "Initialement, le port de Bréhan accueillait 30 navires par mois."
    await add(library, [("Bréhan hier", "2024-05", then)], "fr")
    assert first(await library.ask("Combien de navires le port de Bréhan accueillait-il jadis ?")) == then


async def test_the_newest_statement_comes_first_in_whichever_language_and_words(library: Library) -> None:
    await add(library, [("Fernbrook", "2023-05-10", "The Fernbrook plant employs 1,200 people.")], "en")
    await add(library, [("L'usine", "2026-02-01", "L'usine de Fernbrook emploie 2 400 personnes.")], "fr")
    asked_now = await library.ask("How many people does the Fernbrook plant employ today?")
    assert "2 400" in first(asked_now)
    assert OLD in first(await library.ask("How many people does the Fernbrook plant employ?"))


async def test_a_better_answer_stays_before_a_newer_one_where_no_time_is_asked_for(library: Library) -> None:
    answer = await library.ask("c'est qui le princiapl founisseur cloud d'open ai depuis le dbéut ?")
    assert "depuis ses débuts" in first(answer)
    bakery = "The Dunmere bakery, which sells bread, has employed 35 people."
    plant = "The Fernbrook battery plant is in its third year. The Fernbrook plant employs a staff of 2,400."
    await add(library, [("Dunmere", "2019-01-01", bakery), ("Fernbrook", "2020-02-01", plant)], "en")
    assert first(await library.ask("How many people are employed?")) == bakery


async def test_what_was_published_at_a_time_comes_before_what_only_stands_near_its_name(library: Library) -> None:
    now = "La maire de Bréhan est Soizic Le Goff. Le port de Bréhan a été agrandi en 2022."
    then = "Le maire de Bréhan est Yann Kerloc'h."
    await add(library, [("Bréhan", "2022-03", then), ("Le port de Bréhan depuis 2022", "2025-11", now)], "fr")
    assert first(await library.ask("Qui était maire de Bréhan en 2022 ?")) == then


async def test_what_a_known_figure_or_fact_supersedes_is_older(prepared: Path, tmp_path: Path) -> None:
    shutil.copytree(prepared, tmp_path / "data")
    async with await Library.open(tmp_path / "data", "write") as seeds:
        answer = await seeds.ask("Depuis quand Microsoft a perdu l'exclusivité chez OpenAI ?", limit=12)
    marked = [citation for citation in answer.citations if citation.older]
    superseded = [citation for citation in marked if citation.source.id == "openai-beyond-microsoft"]
    assert ["exclusif sur le papier" in citation.highlight.quote for citation in superseded] == [True]


async def test_of_known_figures_of_a_deal_that_measure_the_same_the_earlier_is_older(library: Library) -> None:
    answer = await library.ask("stargate valuation billion")
    assert len(answer.figures) > 1
    marked = {citation.source.id: citation.older for citation in answer.citations}
    assert (marked["abilene-crusoe"], marked["openai-beyond-microsoft"]) == (False, True)


@pytest.mark.parametrize("published", [None, "2026"])
async def test_nothing_is_older_where_the_dates_do_not_tell(library: Library, published: str | None) -> None:
    title, _, text = FERNBROOK[0]
    await add(library, [(title, published, text), FERNBROOK[2]], "en")
    answer = await library.ask("How many people does the Fernbrook plant employ today?")
    assert len({citation.source.id for citation in answer.citations}) > 1
    assert not any(citation.older for citation in answer.citations)


@pytest.mark.parametrize(
    ("other", "question"),
    [
        ("The Dunmere bakery employs 35 people.", "How many people does the Fernbrook plant employ?"),
        ("The Fernbrook plant employs robots.", "How many people does the Fernbrook plant employ?"),
        ("The Fernbrook plant burned down after a storm in spring.", "Fernbrook plant"),
    ],
)
async def test_what_states_something_else_is_not_older(library: Library, other: str, question: str) -> None:
    await add(library, [("News", "2020-01-05", other), ("Fernbrook", "2026-02-14", FERNBROOK_EMPLOYS)], "en")
    answer = await library.ask(question)
    assert other in [citation.highlight.quote for citation in answer.citations]
    assert answer.citations[0].source.published == "2026-02-14"
    assert not any(citation.older for citation in answer.citations)


async def test_figures_of_no_known_deal_are_not_of_the_same_thing_for_measuring_the_same(library: Library) -> None:
    bakery = "The bakery in Dunmere opened. A staff of 35 people sells bread there."
    await add(library, [("Dunmere", "2020-01-05", bakery), FERNBROOK[2]], "en")
    for source in await library.sources():
        figures = [figure.id for figure in await library.reviews.found_in(source.id)]
        await library.reviews.decide(figures, Review.APPROVED, by="test")
    answer = await library.ask("people employed")
    assert [figure.source.published for figure in answer.figures] == ["2026-02-14"]
    assert not any(citation.older for citation in answer.citations)


@of_module
async def test_older_is_told_on_cards_in_records_and_when_an_answer_is_recalled(told: Library) -> None:
    answer = await told.ask("Qui est le maire de Bréhan aujourd'hui ?")
    dates = [quote.source.date for quote in lay_out(answer).quotes]
    assert dates[:2] == ["novembre 2025", "plus ancien : mars 2022"]
    passages = answer_record(answer)["passages"]
    assert [(passage["published"], passage["older"]) for passage in passages][:2] == [
        ("2025-11", False),
        ("2022-03", True),
    ]
    kept = await told.memory.keep(answer, shelf="shared", by="test", origin="older")
    recalled = (await told.memory.recall(kept, "shared")).answer
    assert [each.older for each in recalled.citations] == [each.older for each in answer.citations]


@of_module
async def test_a_figure_of_an_older_citation_says_so(counted: Library) -> None:
    card = lay_out(await counted.ask("How many people does the Fernbrook plant employ?"))
    told_of_age = [[remark for remark in figure.remarks if remark.startswith("older")] for figure in card.figures]
    assert told_of_age == [[], ["older: 3 September 2024"], ["older: 10 May 2023"]]
