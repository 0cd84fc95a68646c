"""Web pages for tests, and what is read of them."""

from index.reading.document import Document, Reading
from index.reading.reader import read

SENTENCES = (
    "Le groupe Nordane a annoncé lundi un investissement de 1,2 milliard d’euros à Brive.",
    "Le site emploiera 800 personnes à partir de 2027, selon la préfecture de la Corrèze.",
    "Il consommera 40 MW, soit autant qu’une ville de 50 000 habitants.",
    "La région Nouvelle-Aquitaine versera 30 millions d’euros au groupe.",
)
ARTICLE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
TEXT = "\n\n".join(SENTENCES)
TITLE = "Nordane ouvre une usine de serveurs"
URL = "https://www.gazette.example/2025/usine"


def page(body: str, head: str = f"<title>{TITLE}</title>", *, attributes: str = "") -> Document:
    """Return a page of a body and what stands in its head."""
    markup = f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body{attributes}>{body}</body></html>"
    return Document(markup.encode(), "usine.html", "text/html", "utf-8", URL)


def read_page(body: str, head: str = f"<title>{TITLE}</title>", *, attributes: str = "") -> Reading:
    """Return what is read of a page."""
    return read(page(body, head, attributes=attributes))


def text_of(body: str, head: str = f"<title>{TITLE}</title>", *, attributes: str = "") -> str:
    """Return the article's text as it is read of a page."""
    return read_page(body, head, attributes=attributes).article.text
