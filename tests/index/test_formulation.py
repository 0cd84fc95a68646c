"""A question becomes groups of terms to look for: each word once in each space, with what else it may be called."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.analysis import forms, tokens
from index.language.colloquial import without_asides
from index.language.dictionary import Entry, Lexicon, shipped
from index.model import Language
from index.ranking.explanation import Share, explain
from index.ranking.formulation import PHRASE, SPACES, Weights, formulate
from index.ranking.postings import Postings
from index.ranking.query import Alternative, Group, Query
from index.ranking.segment import NUMBER_BITS
from index.ranking.terms import bag, key, keys

NOTHING = Lexicon([])
LEXICON = Lexicon(
    [
        Entry(("accord", "contrat"), ("deal", "agreement")),
        Entry(("centre de données", "datacenter"), ("data center",)),
        Entry(("centre",), ("centre", "center")),
        Entry(("données",), ("data",)),
    ]
)
TEXTS: list[tuple[str, Language]] = [
    ("Le contrat signé avec Oracle porte sur 4,5 gigawatts.", "fr"),
    ("Le centre de données d’Abilene, au Texas, ouvrira en 2026.", "fr"),
    ("Les données du centre ne sont pas publiques.", "fr"),
    ("Microsoft announced an agreement worth $30 billion.", "en"),
    ("AMD livrera des puces MI450 et OpenAI négocie une participation.", "fr"),
]


def ranker() -> Postings:
    postings = Postings()
    postings.add(range(len(TEXTS)), [bag([text], language) for text, language in TEXTS])
    return postings


def best(question: str, language: Language, lexicon: Lexicon = LEXICON) -> list[int]:
    return [hit.identity for hit in ranker().search(formulate(question, language, lexicon), 5)]


def group(query: Query, word: str, space: str) -> Group:
    (found,) = [group for group in query if (group.word, group.space) == (word, space)]
    return found


def alternatives(found: Group) -> dict[str, float]:
    return {form: factor for _, factor, form in found.alternatives}


def test_a_word_has_the_names_that_the_lexicon_at_hand_gives_it() -> None:
    extended = LEXICON.with_entries([Entry(("contrat",), ("pact",))])
    named = {"contrat": 1.0, "accord": 0.2, "deal": 0.3, "agreement": 0.3}
    for _ in range(2):
        assert set(alternatives(group(formulate("contrat", "fr", NOTHING), "contrat", "exact"))) == {"contrat"}
        plain = alternatives(group(formulate("contrat", "fr", LEXICON), "contrat", "exact"))
        assert plain == named
        more = alternatives(group(formulate("contrat", "fr", extended), "contrat", "exact"))
        assert more == plain | {"pact": 0.3}
    without = Weights(translation=0.0)
    assert "deal" not in alternatives(group(formulate("contrat", "fr", LEXICON, without), "contrat", "exact"))


def test_a_word_is_sought_once_in_each_space() -> None:
    query = formulate("Le contrat d'Oracle", "fr", NOTHING)
    assert [(group.word, group.space, group.weight) for group in query] == [
        *(("contrat", "stem", 1.0), ("contrat", "prefix", 0.6), ("contrat", "exact", 0.3)),
        *(("oracle", "stem", 1.0), ("oracle", "prefix", 0.6), ("oracle", "exact", 0.3)),
    ]


def test_a_word_is_sought_under_both_languages_stemmers() -> None:
    for language in ("fr", "en"):
        stems = group(formulate("négociations", language, NOTHING), "négociations", "stem")
        assert {forms("négociations", "fr").stem, forms("négociations", "en").stem} == alternatives(stems).keys()
        assert set(alternatives(stems).values()) == {1.0}


def test_translations_and_synonyms_are_alternatives_that_count_less() -> None:
    exact = group(formulate("contrat", "fr", LEXICON), "contrat", "exact")
    assert alternatives(exact) == {"contrat": 1.0, "deal": 0.3, "agreement": 0.3, "accord": 0.2}
    exact = group(formulate("deal", "en", LEXICON), "deal", "exact")
    assert alternatives(exact) == {"deal": 1.0, "accord": 0.3, "contrat": 0.3, "agreement": 0.2}


def test_an_equivalent_that_counts_nothing_is_not_sought() -> None:
    query = formulate("contrat", "fr", LEXICON, Weights(translation=0, synonym=0))
    assert alternatives(group(query, "contrat", "exact")) == {"contrat": 1.0}


def test_a_space_that_counts_nothing_is_not_sought() -> None:
    query = formulate("contrat", "fr", LEXICON, Weights(prefix=0, exact=0))
    assert [found.space for found in query] == ["stem"]


def test_a_translation_of_several_words_must_be_there_whole() -> None:
    exact = group(formulate("datacenter", "en", LEXICON), "datacenter", "exact")
    assert alternatives(exact) == {"datacenter": 1.0}
    exact = group(formulate("datacenter", "fr", LEXICON), "datacenter", "exact")
    assert Alternative((key("x:data"), key("x:center")), 0.3, "data center") in exact.alternatives


def test_a_known_term_is_sought_whole_besides_its_words() -> None:
    query = formulate("Quel centre de données ?", "fr", LEXICON)
    assert [(found.word, found.space) for found in query] == [
        ("centre données", PHRASE),
        *[(word, space) for word in ("centre", "données") for space in SPACES],
    ]
    phrase = group(query, "centre données", PHRASE)
    assert phrase.weight == 0.5
    assert phrase.alternatives[0][0] == tuple(keys(forms(word, "fr"))[0] for word in ("centre", "données"))
    assert alternatives(phrase) == {"centre données": 1.0, "data center": 0.3, "datacenter": 0.2}
    assert alternatives(group(query, "centre", "exact")) == {"centre": 1.0, "center": 0.3}  # of the word alone


def test_a_word_asked_for_twice_counts_once() -> None:
    assert formulate("accord accord Accord", "fr", LEXICON) == formulate("accord", "fr", LEXICON)
    twice = "centre de données contre centre de données"
    assert [found for found in formulate(twice, "fr", LEXICON) if found.word != "contre"] == list(
        formulate("centre de données", "fr", LEXICON)
    )


def test_a_term_is_found_after_one_of_its_words_was_said() -> None:
    query = formulate("Les données du centre de données", "fr", LEXICON)
    assert [found.word for found in query if found.space == PHRASE] == ["centre données"]


def test_what_is_said_around_a_question_is_not_sought() -> None:
    query = formulate("Bonjour, quelqu'un sait quel contrat, svp ?", "fr", LEXICON)
    assert query == formulate("Quel contrat ?", "fr", LEXICON)
    assert formulate("Does anyone know which agreement, please", "en", LEXICON) == formulate("agreement", "en", LEXICON)
    assert {found.word for found in formulate("bonjour", "fr", LEXICON)} == {"bonjour"}


def test_words_that_do_not_follow_each_other_are_no_term() -> None:
    query = formulate("Le centre a publié des données", "fr", LEXICON)
    assert [found.word for found in query if found.space == PHRASE] == []


def test_a_question_in_one_language_finds_the_text_in_the_other() -> None:
    assert best("Which deal did Oracle sign?", "en")[0] == 0
    assert best("Which deal?", "en", NOTHING) == []
    assert best("quel accord pour 30 milliards de dollars", "fr")[0] == 3
    assert set(best("the data center", "en")) == {1, 2}


def test_the_asked_word_counts_more_than_its_translation() -> None:
    assert best("agreement", "en") == [3, 0]
    assert best("contrat", "fr") == [0, 3]


@pytest.mark.parametrize(
    ("question", "language", "found"),
    [
        ("negociations participation amd", "fr", 4),
        ("combien de puces mi450", "fr", 4),
        ("4.5 GW", "en", 0),
        ("30 Md$", "fr", 3),
        ("donnees publiques", "fr", 2),
        ("when does abilene open", "en", 1),
    ],
)
def test_a_question_finds_what_it_means_however_it_is_typed(question: str, language: Language, found: int) -> None:
    assert best(question, language, shipped())[0] == found


def test_a_question_without_a_word_that_carries_meaning_seeks_nothing() -> None:
    for question in ("", "???", "et de la", "😀", "\ud800\0"):
        assert formulate(question, "fr", shipped()) == ()


def test_a_question_of_five_thousand_characters_is_formulated() -> None:
    sentence = "Combien de gigawatts le centre de données d’Oracle à Abilene coûtera-t-il en 2028 ? "
    long = (sentence * 100)[:5_000]
    query = formulate(long, "fr", shipped())
    assert {(found.word, found.space) for found in query} >= {
        (found.word, found.space) for found in formulate(sentence, "fr", shipped())
    }
    assert ranker().search(query, 1)[0].identity == 1
    many = " ".join(f"mot{number}" for number in range(1_000))[:5_000]
    assert len(formulate(many, "fr", shipped())) == 3 * len(tokens(many, "fr"))


@given(st.text(st.characters(), max_size=120), st.sampled_from(["fr", "en"]))
@settings(deadline=None, max_examples=60)
def test_any_question_gives_groups_that_can_be_ranked(question: str, language: Language) -> None:
    query = formulate(question, language, shipped())
    assert len({(found.word, found.space) for found in query}) == len(query)
    assert all(found.alternatives and found.weight > 0 for found in query)
    assert all(terms and 0 < factor <= 1 for found in query for terms, factor, _ in found.alternatives)
    assert {found.word for found in query if found.space != PHRASE} == set(
        tokens(without_asides(question, language), language)
    )
    ranker().search(query, 3)


def test_the_shares_of_a_score_add_up_and_name_the_translation() -> None:
    query = formulate("Oracle deal for the data center", "en", LEXICON)
    postings = ranker()
    for hit in postings.search(query, 5):
        text, language = TEXTS[hit.identity]
        shares = explain(query, postings, hit.identity, set(bag([text], language).tolist()))
        assert sum(share.gain for share in shares) == pytest.approx(hit.score)
        assert [share.gain for share in shares] == sorted((share.gain for share in shares), reverse=True)
        assert all(share.found for share in shares)
    shares = explain(query, postings, 0, set(bag([TEXTS[0][0]], "fr").tolist()))
    assert ("deal", "exact", ("contrat",)) in [share[:3] for share in shares]
    assert all(isinstance(share, Share) for share in shares)


def test_only_a_passage_that_is_there_can_be_explained() -> None:
    with pytest.raises(KeyError):
        explain(formulate("contrat", "fr", LEXICON), ranker(), 99, set())


def test_a_bag_has_three_terms_for_each_token() -> None:
    texts = ["Un titre", "", "Le contrat du contrat"]
    assert sorted(bag(texts, "fr").tolist()) == sorted(
        term for word in ("titre", "contrat", "contrat") for term in keys(forms(word, "fr"))
    )
    assert bag([], "fr").tolist() == bag(["", "le la"], "en").tolist() == []


def test_the_spaces_of_terms_are_apart() -> None:
    assert len(set(keys(forms("puce", "en")))) == 3
    assert all(term % (1 << NUMBER_BITS) == 0 and term < 1 << 64 for term in keys(forms("puce", "fr")))
    assert key("x:\ud800") != key("x:")
