"""No word of a paragraph is lost, doubled or moved, however its markup is built."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.reading.pages.written_page import ARTICLE, TEXT, TITLE, text_of

INLINE = st.sampled_from("b i em strong span u small a code mark abbr cite kbd font big tt ins".split())
STANDING = st.sampled_from(("<p>{}</p>", "<ul><li>{}</li></ul>", "<blockquote><p>{}</p></blockquote>", "<div>{}</div>"))
PLACES = st.sampled_from(
    (
        "<article>{}</article>",
        "<main>{}</main>",
        "<div class=post-content>{}</div>",
        "{}",
        "<div><section>{}</section></div>",
    )
)
words = st.lists(
    st.sampled_from("Nordane énergie 40 MW site région 1,2 % l’État contrat".split()), min_size=1, max_size=4
).map(" ".join)
marked = st.recursive(
    words.map(lambda text: (text, text)),
    lambda inner: st.tuples(INLINE, st.lists(inner, min_size=1, max_size=3)).map(
        lambda built: (
            f"<{built[0]}>{' '.join(markup for markup, _ in built[1])}</{built[0]}>",
            " ".join(text for _, text in built[1]),
        )
    ),
    max_leaves=8,
)
paragraphs = st.tuples(STANDING, st.lists(marked, min_size=1, max_size=4))


@given(PLACES, st.lists(paragraphs, min_size=1, max_size=4))
@settings(deadline=None, max_examples=40)
def test_every_word_of_a_page_is_read_once_and_in_order(
    place: str, built: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    markup, expected = ARTICLE, [TEXT]
    for number, (standing, parts) in enumerate(built):
        start = f"Le paragraphe numéro {number} de cet article, que chacun peut lire sur cette page, dit ceci :"
        end = "et c’est ainsi que finit ce paragraphe, avant que le suivant ne commence."
        markup += standing.format(f"{start} {' '.join(part for part, _ in parts)} {end}")
        mark = "- " if "<li>" in standing else ""
        expected.append(f"{mark}{start} {' '.join(text for _, text in parts)} {end}")
    text = text_of(f"<h1>{TITLE}</h1>{place.format(markup + ARTICLE.replace('<p>', '<p>Enfin, '))}")
    told = text.replace("\n\n- ", "\n- ").split("\n\n")
    assert "\n\n".join(told).replace("\n- ", "\n\n- ").startswith("\n\n".join(expected))
    assert text.count("Enfin, ") == 4
