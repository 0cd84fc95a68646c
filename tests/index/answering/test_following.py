"""Questions that follow another take what they lack from it; those that stand by themselves are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answering.following import LONGEST, begins_as_following, completed
from index.library import Library
from index.model import Language, Verdict

NAMES = frozenset("abilene amd gb200 microsoft nvidia openai oracle stargate".split())
PAID = "Combien OpenAI paie-t-elle Oracle par an ?"
PAID_EN = "How much will OpenAI pay Oracle in June 2028?"
POWER = "Quelle est la puissance du site d'Abilene en 2026 ?"
STAKE = "What stake may OpenAI take in AMD?"


def whole(question: str, earlier: str) -> str:
    return completed(question, earlier, NAMES)


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("Qui construit le centre d'Abilene ?", PAID),
        ("Où est Abilene ?", PAID),
        ("Combien paie Microsoft ?", PAID),
        ("Is Microsoft involved?", PAID_EN),
        ("And what does Microsoft provide?", PAID_EN),
        ("How many people will work there at the peak of construction?", STAKE),
        ("capacité moyenne centrale nucléaire", PAID),
        (f"et {'x' * LONGEST} ?", PAID),
    ],
)
def test_a_question_that_stands_by_itself_is_left_alone(question: str, earlier: str) -> None:
    assert whole(question, earlier) == question


@pytest.mark.parametrize(
    "said", ["", "?", "🙂", "et ?", "merci !", "ok merci", "et alors ?", "and then?", "super cool"]
)
def test_what_asks_nothing_is_left_alone(said: str) -> None:
    assert whole(said, PAID) == said


@pytest.mark.parametrize("earlier", ["", "?", "🙂", "combien ?", "x" * 5_000])
def test_a_question_that_says_nothing_is_not_followed(earlier: str) -> None:
    assert whole("et en 2028 ?", earlier) == "et en 2028 ?"
    assert whole("pourquoi ?", earlier) == "pourquoi ?"


@pytest.mark.parametrize(
    ("question", "earlier", "understood"),
    [
        ("et en 2028 ?", PAID, "Combien OpenAI paie-t-elle Oracle par an en 2028 ?"),
        ("2028 ?", PAID, "Combien OpenAI paie-t-elle Oracle par an en 2028 ?"),
        ("combien en 2028 ?", PAID, "Combien OpenAI paie-t-elle Oracle par an en 2028 ?"),
        ("d'ici fin 2027 ?", PAID, "Combien OpenAI paie-t-elle Oracle par an d'ici fin 2027 ?"),
        ("et aujourd'hui ?", "Combien payait OpenAI en 2024 ?", "Combien payait OpenAI aujourd'hui ?"),
        ("and now?", "How much did OpenAI pay in May 2025?", "How much did OpenAI pay now?"),
        ("et en ce moment ?", PAID, "Combien OpenAI paie-t-elle Oracle par an en ce moment ?"),
        ("et en 2027 ?", POWER, "Quelle est la puissance du site d'Abilene en 2027 ?"),
        ("et avant 2025 ?", POWER, "Quelle est la puissance du site d'Abilene avant 2025 ?"),
        ("and in 2029?", PAID_EN, "How much will OpenAI pay Oracle in 2029?"),
        ("what about before 2027?", PAID_EN, "How much will OpenAI pay Oracle before 2027?"),
        ("and in May?", PAID_EN, "How much will OpenAI pay Oracle in May 2028?"),
        ("in 2030?", "Did Oracle pay in 2026 or in 2027?", "Did Oracle pay in 2030?"),
        ("in 2030?", "Did Oracle pay in 2026 what AMD did in 2027?", "Did Oracle pay in 2030 what AMD did in 2027?"),
        ("in 2026?", STAKE, "What stake may OpenAI take in AMD in 2026?"),
    ],
)
def test_a_time_takes_the_place_of_the_earlier_one(question: str, earlier: str, understood: str) -> None:
    assert whole(question, earlier) == understood


@pytest.mark.parametrize(
    ("question", "earlier", "understood"),
    [
        ("et AMD ?", PAID, "Combien OpenAI paie-t-elle AMD par an ?"),
        ("amd", PAID, "Combien OpenAI paie-t-elle amd par an ?"),
        ("IBM ?", PAID, "Combien OpenAI paie-t-elle IBM par an ?"),
        ("merci, et pour AMD ?", PAID, "Combien OpenAI paie-t-elle AMD par an ?"),
        ("et combien pour AMD ?", PAID, "Combien OpenAI paie-t-elle AMD par an ?"),
        ("quid de Microsoft ?", PAID, "Combien OpenAI paie-t-elle Microsoft par an ?"),
        ("qu’en est-il d’AMD ?", PAID, "Combien OpenAI paie-t-elle AMD par an ?"),
        ("et la Norvège ?", PAID, "Combien OpenAI paie-t-elle Norvège par an ?"),
        ("et Nvidia et AMD ?", PAID, "Combien OpenAI paie-t-elle Nvidia et AMD par an ?"),
        ("et Phoenix ?", POWER, "Quelle est la puissance du site de Phoenix en 2026 ?"),
        ("et à Phoenix ?", POWER, "Quelle est la puissance du site à Phoenix en 2026 ?"),
        ("et le site de Phoenix ?", POWER, "Quelle est la puissance du site de Phoenix en 2026 ?"),
        ("et Oracle ?", "Quelle est la part de Sam Altman ?", "Quelle est la part d'Oracle ?"),
        ("and AMD?", "puissance OpenAI Oracle", "puissance OpenAI AMD ?"),
        ("what about Microsoft?", PAID_EN, "How much will OpenAI pay Microsoft in June 2028?"),
        ("how about Sam Altman?", PAID_EN, "How much will OpenAI pay Sam Altman in June 2028?"),
        ("and in Nvidia?", STAKE, "What stake may OpenAI take in Nvidia?"),
        ("et à Abilene ?", "Combien de puces ont été achetées ?", "Combien de puces ont été achetées à Abilene ?"),
        ("et AMD ?", "Combien de puces ont été achetées ?", "Combien de puces ont été achetées, AMD ?"),
    ],
)
def test_a_name_takes_the_place_of_the_last_one(question: str, earlier: str, understood: str) -> None:
    assert whole(question, earlier) == understood


def test_a_name_that_is_repeated_keeps_its_place() -> None:
    assert whole("et Oracle à Microsoft ?", PAID) == "Combien à Microsoft paie-t-elle Oracle par an ?"
    assert whole("and AMD and Oracle?", PAID_EN) == "How much will AMD pay Oracle in June 2028?"
    assert whole("et Oracle ?", PAID) == PAID


def test_a_name_and_a_time_are_both_replaced() -> None:
    assert whole("et AMD en 2030 ?", PAID) == "Combien OpenAI paie-t-elle AMD par an en 2030 ?"
    assert whole("and Microsoft in 2030?", PAID_EN) == "How much will OpenAI pay Microsoft in 2030?"


@pytest.mark.parametrize(
    ("question", "earlier", "understood"),
    [
        ("pourquoi ?", PAID, "pourquoi — OpenAI, Oracle ?"),
        ("pk", PAID, "pourquoi — OpenAI, Oracle ?"),
        ("où ?", PAID, "où — OpenAI, Oracle ?"),
        ("combien ?", POWER, "combien — Abilene ?"),
        ("qui l'a construit ?", POWER, "qui l'a construit — Abilene ?"),
        ("et la part ?", PAID, "la part — OpenAI, Oracle ?"),
        ("pourquoi en 2026 ?", PAID, "pourquoi en 2026 — OpenAI, Oracle ?"),
        ("where?", PAID_EN, "where — OpenAI, Oracle?"),
        ("what about the price?", STAKE, "the price — OpenAI, AMD?"),
        ("who builds it?", POWER, "who builds it — Abilene?"),
        ("pourquoi ?", "Combien de puces ont été achetées ?", "pourquoi — puces, achetées ?"),
    ],
)
def test_what_asks_for_something_else_takes_the_earlier_names(question: str, earlier: str, understood: str) -> None:
    assert whole(question, earlier) == understood


def test_a_time_in_the_other_language_takes_the_place_in_the_earlier_words() -> None:
    assert whole("and in 2027?", POWER) == "Quelle est la puissance du site d'Abilene en 2027 ?"
    assert whole("and in 2028?", PAID) == "Combien OpenAI paie-t-elle Oracle par an en 2028 ?"
    assert whole("et en 2028 ?", STAKE) == "What stake may OpenAI take in AMD in 2028?"


@pytest.mark.parametrize(
    "question", ["et AMD ?", "Et en 2028", "and AMD?", "What about AMD?", "mais en 2028 ?", "quid de X"]
)
def test_it_is_told_which_questions_begin_as_following_another(question: str) -> None:
    assert begins_as_following(question)


@pytest.mark.parametrize("question", ["", "?", "AMD ?", "étant donné 2028", "Andorre ?", "what is AMD?", PAID, STAKE])
def test_other_questions_do_not(question: str) -> None:
    assert not begins_as_following(question)


@given(st.text(max_size=LONGEST), st.text(max_size=300))
def test_no_text_breaks_it(question: str, earlier: str) -> None:
    assert isinstance(whole(question, earlier), str)
    assert isinstance(whole(f"et {question}", f"{earlier} OpenAI 2027"), str)


@pytest.mark.parametrize(("question", "language"), [("et la puissance ?", "fr"), ("and how much power?", "en")])
async def test_an_answer_says_how_a_question_was_understood(
    library: Library, question: str, language: Language
) -> None:
    after_stake, after_paid = [await library.ask(question, after=earlier) for earlier in (STAKE, PAID)]
    assert (after_stake.question, after_stake.language, after_stake.verdict) == (question, language, Verdict.ANSWERED)
    assert after_stake.whole_question == after_stake.understood
    assert "amd" in after_stake.figures[0].deals
    assert "oracle" in after_paid.figures[0].deals


async def test_a_question_that_lacks_nothing_is_answered_as_it_is(library: Library) -> None:
    after, alone = await library.ask(PAID, after=STAKE), await library.ask(PAID)
    assert after.understood is None
    assert after.model_copy(update={"took_ms": alone.took_ms}) == alone


async def test_the_score_of_a_passage_is_explained_by_the_whole_question(library: Library) -> None:
    answer = await library.ask("et AMD ?", after="Quelle est la puissance du contrat avec Oracle ?")
    assert answer.understood == "Quelle est la puissance du contrat avec AMD ?"
    asked_so = await library.ask(answer.understood)
    assert await library.explain(answer, answer.citations[0]) == await library.explain(asked_so, answer.citations[0])


async def test_it_is_the_whole_question_that_is_kept(library: Library) -> None:
    answer = await library.ask("et en 2028 ?", after=PAID)
    kept = await library.memory.recall(
        await library.memory.keep(answer, shelf="shared", by="ada", origin="1"), "shared"
    )
    assert kept.answer.question == "Combien OpenAI paie-t-elle Oracle par an en 2028 ?"
