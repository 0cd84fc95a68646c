"""Sources come, change, go and come back, and every answer is of the moment."""

import asyncio
from pathlib import Path

import pytest

from index.errors import BadInput, NotFound
from index.library import Library, Outcome
from index.model import Article, State, Verdict
from index.naming import slug

LIGHTHOUSE = "Le phare de Cordouan fut achevé en 1611 par Louis de Foix. Sa lanterne porte à 41 kilomètres."
QUESTION = "Qui a achevé le phare de Cordouan ?"


def article(text: str = LIGHTHOUSE, title: str = "Le phare de Cordouan") -> Article:
    return Article(text=text, title=title, language="fr")


async def sources_cited(library: Library, question: str = QUESTION, shelf: str = "shared") -> set[str]:
    answer = await library.ask(question, shelf)
    return {citation.source.id for citation in answer.citations}


async def test_an_added_source_answers_the_next_question(library: Library) -> None:
    assert (await library.ask(QUESTION)).verdict is Verdict.UNANSWERED
    added = await library.add(article(), by="test")
    answer = await library.ask(QUESTION)
    assert added.outcome is Outcome.ADDED
    assert answer.verdict is Verdict.ANSWERED
    assert answer.citations[0].highlight.quote == "Le phare de Cordouan fut achevé en 1611 par Louis de Foix."


async def test_a_removed_source_is_gone_from_the_next_answer(library: Library) -> None:
    await library.add(article(), by="test")
    assert "le-phare-de-cordouan" in await sources_cited(library)
    removed = await library.remove("le-phare-de-cordouan", by="test")
    assert removed.state is State.REMOVED
    assert "le-phare-de-cordouan" not in await sources_cited(library)


async def test_a_restored_source_answers_again(library: Library) -> None:
    await library.add(article(), by="test")
    await library.remove("le-phare-de-cordouan", by="test")
    assert (await library.restore("le-phare-de-cordouan", by="test")).state is State.LIVE
    assert "le-phare-de-cordouan" in await sources_cited(library)


async def test_removing_twice_and_restoring_twice_is_the_same_as_once(library: Library) -> None:
    before = await library.ask("Combien de puces GB200 Oracle a-t-il achetées ?")
    for _ in range(2):
        await library.remove("oracle-4-5-gw", by="test")
    for _ in range(2):
        await library.restore("oracle-4-5-gw", by="test")
    after = await library.ask("Combien de puces GB200 Oracle a-t-il achetées ?")
    assert [c.score for c in after.citations] == [c.score for c in before.citations]


async def test_the_same_text_is_kept_once(library: Library) -> None:
    first = await library.add(article(), by="test")
    again = await library.add(article(title="Un autre titre"), by="test")
    assert again.outcome is Outcome.PRESENT
    assert again.source == first.source
    assert len(await library.sources()) == 6


async def test_adding_a_removed_text_brings_it_back(library: Library) -> None:
    first = await library.add(article(), by="test")
    await library.remove(first.source.id, by="test")
    again = await library.add(article(), by="test")
    assert again.outcome is Outcome.RESTORED
    assert again.source.id == first.source.id
    assert first.source.id in await sources_cited(library)


async def test_two_sources_of_one_title_get_ids_of_their_own(library: Library) -> None:
    ids = [(await library.add(article(f"Phrase numéro {i} du phare."), by="test")).source.id for i in range(3)]
    assert ids == ["le-phare-de-cordouan", "le-phare-de-cordouan-2", "le-phare-de-cordouan-3"]


async def test_a_changed_article_is_a_new_version_and_the_old_one_answers_no_more(library: Library) -> None:
    await library.add(article(), by="test", source_id="phare")
    newer = article("Le phare de Cordouan fut achevé en 1612 selon les archives.")
    changed = await library.add(newer, by="test", source_id="phare")
    assert (changed.outcome, changed.source.version) == (Outcome.UPDATED, 2)
    quotes = [citation.highlight.quote for citation in (await library.ask(QUESTION)).citations]
    assert newer.text in quotes
    assert not any("1611" in quote for quote in quotes)
    assert await library.text("phare") == newer.text


async def test_a_new_version_of_a_removed_source_stays_removed(library: Library) -> None:
    await library.add(article(), by="test", source_id="phare")
    await library.remove("phare", by="test")
    changed = await library.add(article("Le phare de Cordouan a une autre histoire."), by="test", source_id="phare")
    assert changed.source.state is State.REMOVED
    assert "phare" not in await sources_cited(library)


async def test_what_was_added_is_there_after_a_restart(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.add(article(), by="test")
        await library.remove("amd-6-gw", by="test")
        before = await library.ask(QUESTION)
    async with await Library.open(tmp_path) as library:
        after = await library.ask(QUESTION)
        states = {source.id: source.state for source in await library.sources()}
    assert after.model_dump(exclude={"took_ms"}) == before.model_dump(exclude={"took_ms"})
    assert states["amd-6-gw"] is State.REMOVED


async def test_a_seed_that_was_removed_does_not_come_back_with_a_restart(tmp_path: Path) -> None:
    async with await Library.open(tmp_path, "write") as library:
        await library.remove("amd-6-gw", by="test")
    async with await Library.open(tmp_path, "write") as library:
        assert (await library.source("amd-6-gw")).state is State.REMOVED


async def test_a_shelf_sees_the_shared_sources_and_its_own_and_no_other_ones(library: Library) -> None:
    await library.add(article(), by="test", shelf="one")
    await library.add(article("Le phare de Cordouan est un secret de la seconde.", "Secret"), by="test", shelf="two")
    assert await sources_cited(library, shelf="one") >= {"le-phare-de-cordouan"}
    assert "secret" not in await sources_cited(library, shelf="one")
    assert "secret" in await sources_cited(library, shelf="two")
    assert not {"secret", "le-phare-de-cordouan"} & await sources_cited(library)
    assert {source.shelf for source in await library.sources("one")} == {"shared", "one"}
    with pytest.raises(NotFound):
        await library.text("secret", "one")
    with pytest.raises(NotFound):
        await library.remove("secret", by="test", shelf="one")


async def test_a_shelf_s_statistics_owe_nothing_to_another_shelf(library: Library) -> None:
    alone = await library.ask("Combien de puces GB200 ?", "one")
    for i in range(20):
        await library.add(article(f"Puces GB200 et encore des puces, note {i}.", f"Note {i}"), by="test", shelf="two")
    assert (await library.ask("Combien de puces GB200 ?", "one")).citations == alone.citations


async def test_a_source_added_to_the_shared_shelf_is_seen_by_shelves_already_in_use(library: Library) -> None:
    assert "le-phare-de-cordouan" not in await sources_cited(library, shelf="one")
    await library.add(article(), by="test")
    assert "le-phare-de-cordouan" in await sources_cited(library, shelf="one")
    await library.remove("le-phare-de-cordouan", by="test")
    assert "le-phare-de-cordouan" not in await sources_cited(library, shelf="one")


async def test_a_shared_source_cannot_be_removed_from_a_server_s_shelf(library: Library) -> None:
    with pytest.raises(NotFound):
        await library.remove("amd-6-gw", by="test", shelf="one")


async def test_questions_are_answered_while_sources_come_and_go(library: Library) -> None:
    async def change() -> None:
        for i in range(10):
            added = await library.add(article(f"Le phare {i} éclaire la mer.", f"Phare {i}"), by="test")
            await library.remove(added.source.id, by="test")

    async def ask() -> None:
        for _ in range(20):
            answer = await library.ask("Combien de puces GB200 Oracle a-t-il achetées ?")
            assert "400 000 puces GB200" in answer.citations[0].highlight.quote

    await asyncio.gather(change(), ask(), ask())


async def test_many_shelves_asked_at_once_each_get_their_own_answer(library: Library) -> None:
    for i in range(8):
        await library.add(article(f"Le code du coffre {i} est bleu.", f"Coffre {i}"), by="test", shelf=f"server-{i}")
    answers = await asyncio.gather(*(library.ask("Quel est le code du coffre ?", f"server-{i}") for i in range(8)))
    assert [answer.citations[0].source.shelf for answer in answers] == [f"server-{i}" for i in range(8)]


@pytest.mark.parametrize("text", ["   \n ", "…", "---"])
async def test_an_article_without_words_is_refused_or_kept_without_harm(library: Library, text: str) -> None:
    try:
        added = await library.add(article(text, "Vide"), by="test")
    except BadInput:
        return
    assert await library.text(added.source.id) == text


async def test_an_unknown_source_is_a_clear_refusal(library: Library) -> None:
    for act in (library.source, library.text):
        with pytest.raises(NotFound, match="no source called “nowhere”"):
            await act("nowhere")


async def test_neighbours_of_a_passage_come_in_reading_order_and_from_its_source_only(library: Library) -> None:
    citation = (await library.ask("Combien de puces GB200 Oracle a-t-il achetées ?")).citations[0]
    around = await library.around(citation.passage, 2)
    assert citation.passage in around
    assert [passage.ordinal for passage in around] == sorted(passage.ordinal for passage in around)
    assert {passage.source for passage in around} == {"oracle-4-5-gw"}


async def test_the_explanation_of_a_score_names_words_forms_and_translations(library: Library) -> None:
    answer = await library.ask("How many chips did Oracle buy for its data center?")
    shares = await library.explain(answer, answer.citations[0])
    chips = next(share for share in shares if (share.word, share.space) == ("chips", "stem"))
    assert "puc" in chips.found
    assert [share.gain for share in shares] == sorted((share.gain for share in shares), reverse=True)


async def test_a_passage_removed_since_cannot_be_explained(library: Library) -> None:
    answer = await library.ask("Combien de puces GB200 Oracle a-t-il achetées ?")
    await library.remove("oracle-4-5-gw", by="test")
    with pytest.raises(NotFound):
        await library.explain(answer, answer.citations[0])


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("OpenAI achète la puissance", "openai-achete-la-puissance"),
        ("L’œuvre d’été", "l-oeuvre-d-ete"),
        ("日本語", "source"),
        ("mot " * 40, "mot-" * 14 + "mot"),
        ("x" * 100, "x" * 60),
    ],
)
def test_an_id_is_plain_words(title: str, expected: str) -> None:
    assert slug(title) == expected
