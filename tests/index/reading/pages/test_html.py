"""A web page is read as a person reads it: its article, whole sentences, nothing of what stands around it."""

import textwrap
from decimal import Decimal
from pathlib import Path

import pytest

from index.errors import BadInput
from index.figures.quantities import quantities
from index.model import Basis
from index.passages import split
from index.reading.document import Caution, Document, Kind
from index.reading.reader import read
from tests.index.reading.pages.written_page import ARTICLE, SENTENCES, TEXT, TITLE, URL, read_page, text_of

PAGES = Path(__file__).parent
JSON_LD = '<script type="application/ld+json">{}</script>'


def saved(name: str, url: str) -> Document:
    return Document((PAGES / name).read_bytes(), name, "text/html", "iso-8859-1", url)


def refusal(body: str) -> str:
    with pytest.raises(BadInput) as refused:
        read_page(body)
    message = str(refused.value)
    assert message.startswith("usine.html")
    assert message.endswith(".")
    return message


def told_beside_tables(page: str, text: str) -> tuple[str, str]:
    """Return what is read of a page word for word as it should be, and its other paragraphs: those of tables."""
    expected = (PAGES / page).with_suffix(".md").read_text().strip().split("\n\n")
    assert [block for block in text.split("\n\n") if block in expected] == expected
    return "\n\n".join(expected), "\n".join(block for block in text.split("\n\n") if block not in expected)


def test_a_french_news_page_is_read_sentence_by_sentence() -> None:
    reading = read(saved("news_french.html", "https://www.courrier-numerique.example/?utm_source=x"))
    article = reading.article
    assert (reading.kind, reading.cautions) == (Kind.HTML, ())
    assert article.title == "Valmont Énergie vend 1,8 GW de calcul à Nébula pour 12 milliards d’euros"
    assert (article.author, article.publisher) == ("Camille Arnoux, Idris Belkacem", "Le Courrier du Numérique")
    assert (article.published, article.published_basis) == ("2025-09-18", Basis.METADATA)
    assert article.url == "https://www.courrier-numerique.example/energie/valmont-nebula-1-8-gw"
    assert (article.language, article.markdown, article.title_basis) == ("fr", True, Basis.METADATA)
    told, tabled = told_beside_tables("news_french.html", article.text)
    assert "«\u00a0C’est le plus gros contrat" in told
    assert "90\u202f000 accélérateurs" in told
    powers = [quantity.value for quantity in quantities(tabled, "fr") if quantity.unit == "W"]
    assert powers == [900_000_000, 600_000_000, 300_000_000]
    headings = {piece.heading for piece in split(article.text, markdown=True)}
    assert headings >= {"Un financement en deux temps", "La part du nucléaire"}


def test_an_english_news_page_is_read_sentence_by_sentence() -> None:
    reading = read(saved("news_english.html", "https://ledger.example/business/halden-ohio"))
    article = reading.article
    assert reading.cautions == ()
    assert article.title == "Halden Systems to spend $6.5bn on Ohio campus"
    assert (article.author, article.publisher) == ("Priya Castellane", "The Lakeshore Ledger")
    assert (article.published, article.published_basis, article.language) == ("2025-03-04", Basis.METADATA, "en")
    _, tabled = told_beside_tables("news_english.html", article.text)
    found = [(quantity.value, quantity.unit) for quantity in quantities(tabled, "en")]
    for value, unit in ((150_000_000, "W"), (1_400_000_000, "USD"), (3_000_000_000, "USD")):
        assert (Decimal(value), unit) in found


def test_what_was_given_counts_more_than_what_the_page_says() -> None:
    given = {
        "title": "Un titre",
        "published": "2024-02",
        "author": "Une autrice",
        "url": "https://example.org/",
        "publisher": None,
    }
    article = read(saved("news_french.html", URL), given).article
    assert (article.title, article.title_basis) == ("Un titre", Basis.MODERATOR)
    assert (article.published, article.published_basis) == ("2024-02", Basis.MODERATOR)
    assert (article.author, article.url, article.publisher) == (
        "Une autrice",
        "https://example.org/",
        "Le Courrier du Numérique",
    )


@pytest.mark.parametrize(
    "body",
    [
        f"<main><article>{ARTICLE}</article></main>",
        f"<div class=post><div class=entry-content>{ARTICLE}</div></div>",
        "<div><div>" + "".join(f"<div>{sentence}</div>" for sentence in SENTENCES) + "</div></div>",
        "<div id=content><font>" + "<br><br>".join(SENTENCES) + "</font></div>",
        "<table role=presentation><tr><td><a href=/>Accueil</a></td><td>" + ARTICLE + "</td></tr></table>",
        "<article><pre>" + "\n\n".join(textwrap.fill(sentence, 60) for sentence in SENTENCES) + "</pre></article>",
        "<div>" * 500 + ARTICLE + "</div>" * 500,
        "<form action=/>" + ARTICLE + "</form>",
        ARTICLE,
    ],
)
def test_the_sentences_are_whole_however_the_page_is_built(body: str) -> None:
    assert text_of(f"<h1>{TITLE}</h1>{body}") == TEXT


@pytest.mark.parametrize(
    "around",
    [
        "<nav><ul><li><a href=/a>Accueil</a></li><li><a href=/b>Économie</a></li></ul></nav>",
        "<div class=cookie-banner><p>Nous utilisons des cookies pour mesurer l’audience de ce site.</p></div>",
        "<aside><p>Un encart qui parle d’un tout autre sujet que celui de l’article, en une phrase.</p></aside>",
        "<p><a href=/x>Lire aussi : Pourquoi les transformateurs manquent partout en Europe</a></p>",
        "<p>Lire aussi : <a href=/x>Pourquoi les transformateurs manquent partout en Europe</a></p>",
        "<p>À lire également <a href=/x>Le cloud cherche ses watts</a></p>",
        "<p>Read more: <a href=/x>Why transformers are scarce</a></p>",
        "<p>Publicité</p>",
        "<p>ADVERTISEMENT</p>",
        "<p>Partager sur Facebook</p>",
        "<p>Temps de lecture : 4 minutes</p>",
        "<p>Inscrivez-vous à notre newsletter hebdomadaire pour ne rien manquer</p>",
        "<figure><img src=a.jpg alt='Un texte'><figcaption>Le chantier, en août. © Agence</figcaption></figure>",
        "<footer><p>© 2025 La Gazette. Tous droits réservés.</p></footer>",
        "<p>Tous droits réservés</p>",
        "<form><input value=Recherche><button>Chercher</button></form>",
        "<section id=comments class=comments><h2>Commentaires</h2><p>Encore un effet d’annonce !</p></section>",
    ],
)
def test_what_stands_around_an_article_is_left_out(around: str) -> None:
    first, rest = ARTICLE.split("</p>", 1)
    assert text_of(f"<article><h1>{TITLE}</h1>{first}</p>{around}{rest}</article>") == TEXT


@pytest.mark.parametrize(
    ("lines", "author", "published"),
    [
        ("<p>Par Jean Castagne</p><p>Publié le 18/09/2025</p>", "Jean Castagne", "2025-09-18"),
        (
            "<p>Par Jean Castagne et Anne de La Tour, le 18 septembre 2025 à 7h42</p>",
            "Jean Castagne et Anne de La Tour",
            "2025-09-18",
        ),
        (
            "<span class=date>18 septembre 2025</span><span class=author>Jean Castagne</span>",
            "Jean Castagne",
            "2025-09-18",
        ),
        ("<div>By Jean Castagne</div><div>September 18, 2025</div>", "Jean Castagne", "2025-09-18"),
        ("<p>Mis à jour le 20 septembre 2025 - Publié le 18 septembre 2025</p>", None, "2025-09-18"),
        ("<p>Mis à jour le 20 septembre 2025</p>", None, None),
        ("<p>5 min de lecture · 18 sept. 2025</p>", None, "2025-09-18"),
        ("<div class=byline>Par <a rel=author href=/u>Jean Castagne</a></div>", "Jean Castagne", None),
    ],
)
def test_who_signed_and_when_is_known_and_no_text(lines: str, author: str | None, published: str | None) -> None:
    article = read_page(f"<div><h1>{TITLE}</h1>{lines}{ARTICLE}</div>").article
    assert article.text == TEXT
    assert article.author == author
    assert article.published == published
    assert (article.published_basis is Basis.UNKNOWN) == (published is None)


def test_a_standfirst_is_the_first_paragraph() -> None:
    standfirst = "<p class=chapo>Le groupe emploiera 800 personnes en Corrèze dès 2027.</p>"
    share = "<div class=share>Partager cet article avec vos amis et vos proches</div>"
    header = f"<header><h1>{TITLE}</h1>{standfirst}{share}</header>"
    text = text_of(f"<article>{header}<div class='article__body'>{ARTICLE}</div></article>")
    assert text == f"Le groupe emploiera 800 personnes en Corrèze dès 2027.\n\n{TEXT}"


@pytest.mark.parametrize(
    ("markup", "read_as"),
    [
        (
            "Le <time datetime=2025>18 septembre</time>, il a signé un contrat.",
            "Le 18 septembre, il a signé un contrat.",
        ),
        ("Il a loué 14&nbsp;km<sup>2</sup> le 1<sup>er</sup> mai.", "Il a loué 14\u00a0km² le 1er mai."),
        ("Un prix de 10<sup>9</sup> euros pour du CO<sub>2</sub>.", "Un prix de 10⁹ euros pour du CO2."),
        (
            "Il vaut 30<sup>[2]</sup> milliards<sup><a href=#n1>1</a></sup>, dit-il<a href=#n2><sup>2</sup></a>.",
            "Il vaut 30 milliards, dit-il.",
        ),
        ("C’est un <q>grand</q> contrat, dit Anne Roy.", "C’est un «\u00a0grand\u00a0» contrat, dit Anne Roy."),
        ("Le prix passe de <s>10</s> <ins>12</ins> euros à la fin.", "Le prix passe de 12 euros à la fin."),
        ("Un mot cou<wbr>pé, un au&shy;tre, 4,&#8203;5 GW de plus.", "Un mot coupé, un autre, 4,5 GW de plus."),
        ("Le <b>groupe</b> <i>Nor</i>dane <a href=/x>a signé</a>&nbsp;!", "Le groupe Nordane a signé\u00a0!"),
        ("Une ligne\n   écrite\tsur   trois\r\nlignes, à la main.", "Une ligne écrite sur trois lignes, à la main."),
        ("A&amp;B vaut &lt;5&nbsp;% d’un total de 30&thinsp;000.", "A&B vaut <5\u00a0% d’un total de 30 000."),
        (
            "@everyone <@123> ```x``` # pas un titre ||caché|| dit-il.".replace("<", "&lt;"),
            "@everyone <@123> ```x``` # pas un titre ||caché|| dit-il.",
        ),
    ],
)
def test_a_sentence_reads_as_it_does_on_the_page(markup: str, read_as: str) -> None:
    assert text_of(f"<article>{ARTICLE}<p>{markup}</p></article>").removeprefix(f"{TEXT}\n\n") == read_as


def test_lists_and_headings_keep_their_form() -> None:
    inner = "<ul><li>dont un détail</li></ul>"
    lists = f"<h2>Les chiffres</h2><ol><li><p>Un premier point.</p></li><li>Un second{inner}</li></ol><h3>Rien</h3>"
    assert text_of(f"<article>{ARTICLE}{lists}</article>") == (
        f"{TEXT}\n\n## Les chiffres\n\n1. Un premier point.\n2. Un second\n- dont un détail"
    )


def test_a_table_becomes_sentences_with_their_figures() -> None:
    table = (
        "<table><caption>Les sites</caption><tr><th>Site</th><th colspan=2>Puissance (MW)</th></tr>"
        "<tr><th></th><th>2027</th><th>2028</th></tr><tr><th>Brive</th><td>40</td><td>60</td></tr>"
        "<tr><th>Tulle</th><td rowspan=2>15</td><td>20</td></tr><tr><th>Ussel</th><td>25</td></tr></table>"
    )
    text = text_of(f"<article>{ARTICLE}{table}</article>").removeprefix(TEXT)
    found = [quantity for quantity in quantities(text, "fr") if quantity.unit == "W"]
    assert [int(quantity.value / 1_000_000) for quantity in found if quantity.value] == [40, 60, 15, 20, 15, 25]
    for quantity, site in zip(found, ("Brive", "Brive", "Tulle", "Tulle", "Ussel", "Ussel"), strict=True):
        assert site in text[text.rindex("\n", 0, quantity.start) : quantity.start]


def test_a_table_that_only_lays_a_page_out_is_no_table() -> None:
    cells = "".join(f"<td>{part}</td>" for part in (f"<h2>Partie</h2>{ARTICLE}", "<ul><li>un</li></ul>"))
    text = text_of(f"<table><tr>{cells}</tr></table>")
    assert text.startswith(f"## Partie\n\n{TEXT}")


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        ("<title>Nordane ouvre une usine - La Gazette</title>", "Nordane ouvre une usine", "La Gazette"),
        ("<title>La Gazette : Nordane ouvre une usine</title>", "Nordane ouvre une usine", "La Gazette"),
        ("<title>Analyse : Nordane ouvre une usine</title>", "Analyse : Nordane ouvre une usine", None),
        ("<title>Nordane ouvre une usine | Économie | Le Fil</title>", "Nordane ouvre une usine | Économie", "Le Fil"),
        ("<title>Nordane – une usine</title>", "Nordane – une usine", None),
        (
            '<meta property="og:site_name" content="Le Fil"><title>Nordane ouvre une usine - Le Fil</title>',
            "Nordane ouvre une usine",
            "Le Fil",
        ),
        (
            '<title>x</title><meta property="og:title" content="Nordane ouvre &quot;son&quot; usine">',
            'Nordane ouvre "son" usine',
            None,
        ),
        (
            JSON_LD.format(
                '{"@type":["NewsArticle"],"headline":"Une &amp; deux usines","publisher":{"name":"Le Fil"}}'
            ),
            "Une & deux usines",
            "Le Fil",
        ),
        ("", "usine.html", None),
    ],
)
def test_the_title_is_told_without_its_site(head: str, title: str, publisher: str | None) -> None:
    article = read_page(ARTICLE, head).article
    assert (article.title, article.publisher) == (title, publisher)
    assert article.title_basis is (Basis.METADATA if head else Basis.FILE_NAME)


def test_the_heading_of_the_page_is_its_title_and_its_logo_is_not() -> None:
    body = f"<h1>La Gazette</h1><article><h1>Nordane ouvre une usine de serveurs à Brive</h1>{ARTICLE}</article>"
    article = read_page(body, "<title>Nordane ouvre une usine à Brive - La Gazette</title>").article
    assert (article.title, article.text) == ("Nordane ouvre une usine de serveurs à Brive", TEXT)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2025-09-18T23:42:00-05:00">', "2025-09-18"),
        ('<meta name="DC.date.issued" content="2025-09">', "2025-09"),
        ('<meta itemprop=datePublished content="20250918">', "2025-09-18"),
        ('<meta name=pubdate content="Thu, 18 Sep 2025 08:00:00 GMT">', "2025-09-18"),
        (JSON_LD.format('{"@graph":[{"@type":"NewsArticle","datePublished":"2025-09-18"}]}'), "2025-09-18"),
        (JSON_LD.format('{"@type":"NewsArticle","dateModified":"2025-09-18"}'), None),
        ('<meta name=date content="0000-00-00"><meta name=dc.date content="2025">', "2025"),
        ('<meta name=date content="1970-01-01T00:00:00Z">', None),
        ('<meta name=date content="2025-13-45">', None),
        ('<meta name=date content="hier">', None),
    ],
)
def test_the_date_is_the_one_that_the_page_states(head: str, published: str | None) -> None:
    reading = read_page(ARTICLE, f"<title>{TITLE}</title>{head}")
    assert reading.article.published == published
    assert (Caution.UNDATED in reading.cautions) == (published is None)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://www.gazette.example/economie/usine", "https://www.gazette.example/economie/usine"),
        ("/economie/usine", "https://www.gazette.example/economie/usine"),
        ("https://ailleurs.example/usine", URL),
        ("https://www.gazette.example/", URL),
        ("https://www.gazette.example:443/economie/usine", "https://www.gazette.example:443/economie/usine"),
        ("https://www.gazette.example:8443/economie/usine", URL),
        ("https://www.gazette.example:x/economie/usine", URL),
        ("https://user:pw@www.gazette.example/economie/usine", URL),
        ("https://www.quotidien.example@www.gazette.example/economie/usine", URL),
        ("javascript:alert(1)", URL),
        ("http://[", URL),
        ("", URL),
    ],
)
def test_a_page_names_its_address_only_on_its_own_site(link: str, url: str) -> None:
    assert read_page(ARTICLE, f"<title>x</title><link rel=canonical href='{link}'>").article.url == url


@pytest.mark.parametrize(
    "wall",
    [
        "<p>Il vous reste 82.4% de cet article à lire. La suite est réservée aux abonnés.</p>",
        "<p>Cet article est réservé aux abonnés.</p>",
        "<div class=paywall><p>Abonnez-vous dès 1 € pour lire la suite.</p></div>",
        "<p>To continue reading, subscribe today for $1 a week.</p>",
        "<p>This article is for subscribers only.</p>",
        JSON_LD.format('{"@type":"NewsArticle","isAccessibleForFree":"False"}'),
    ],
)
def test_a_page_that_is_not_shown_whole_is_marked(wall: str) -> None:
    reading = read_page(f"<article>{ARTICLE}{wall}</article>")
    assert Caution.PAYWALL in reading.cautions
    assert reading.article.text == TEXT


def test_a_menu_that_sells_subscriptions_is_no_wall() -> None:
    menu = "<nav><a href=/abo>S’abonner</a> <a href=/abo>Offres réservées aux abonnés</a></nav>"
    assert Caution.PAYWALL not in read_page(f"{menu}<article>{ARTICLE}</article>").cautions


def test_a_page_of_links_is_refused() -> None:
    title = "<a href=/{0}>Un titre d’article sur le sujet numéro {0} du jour</a>"
    teaser = (
        "<div><h3>" + title + "</h3><p>Le chapô de l’article numéro {0} dit en une phrase ce qui s’est passé.</p></div>"
    )
    for item in ("<li>" + title + "</li>", "<p>" + title + "</p>", teaser):
        assert "page of links" in refusal("<main>" + "".join(item.format(number) for number in range(20)) + "</main>")


@pytest.mark.parametrize(
    "body",
    [
        "<div id=root></div><script>document.write('<p>Un contrat de 30 milliards de dollars.</p>')</script>",
        "<noscript>You need to enable JavaScript to run this app, which is a single page.</noscript><div id=app></div>",
        "<p hidden>Un contrat de 30 milliards de dollars par an, dit la société.</p>",
        "",
    ],
)
def test_a_page_without_text_is_refused(body: str) -> None:
    assert "no article text was found" in refusal(body)


def test_text_after_very_deep_markup_is_refused_or_marked_as_cut() -> None:
    assert "nested too deeply" in refusal("<div>" * 100_000 + ARTICLE)
    reading = read_page(f"<article>{ARTICLE}</article>" + "<div>" * 100_000)
    assert (reading.article.text, Caution.CUT in reading.cautions) == (TEXT, True)
