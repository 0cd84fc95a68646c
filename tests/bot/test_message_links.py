"""Which links somebody's message has, as they are written among other words."""

import pytest

from bot.moderation.messages import links_in


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("https://example.org/a", ["https://example.org/a"]),
        ("Lire https://example.org/a, puis commenter.", ["https://example.org/a"]),
        ("« https://example.org/a » (HTTP://e.org/b?c=1&d=2#e).", ["https://example.org/a", "HTTP://e.org/b?c=1&d=2#e"]),
        ("<https://example.org/a>", ["https://example.org/a"]),
        ("[l’article](https://example.org/a)", ["https://example.org/a"]),
        ("**https://example.org/a**", ["https://example.org/a"]),
        ("https://fr.wikipedia.org/wiki/Orange_(entreprise)", ["https://fr.wikipedia.org/wiki/Orange_(entreprise)"]),
        ("(https://fr.wikipedia.org/wiki/Orange_(entreprise))", ["https://fr.wikipedia.org/wiki/Orange_(entreprise)"]),
        ("https://example.org/a et encore https://example.org/a !", ["https://example.org/a"]),
        ("ftp://example.org www.example.org javascript:alert(1)", []),
        ("", []),
    ],
)  # fmt: skip
def test_links_are_found_without_what_stands_around_them(written: str, links: list[str]) -> None:
    assert links_in(written) == links
