"""How well methods rank on a retrieval set: ``python -m benchmarks.quality FILE``.

The file has the format that ``sourcier eval`` reads. Our own ranking is shown in steps, so that a reader
sees what each is worth.
"""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from index.evaluation import EvaluationSet, load
from index.language.detection import detect
from index.language.dictionary import Lexicon, shipped
from index.model import Language
from index.ranking.formulation import Weights, formulate
from index.ranking.postings import Postings
from index.ranking.terms import bag

Rank = Callable[[str, Language], list[int]]
"""From a question and its language to the places of the ten best passages in the set."""

_FORMS = Weights(translation=0, synonym=0, phrase=0)
_STEMS = _FORMS._replace(prefix=0, exact=0)
_LANGUAGES: tuple[Language, ...] = ("fr", "en")


def by_rank_bm25(evaluation: EvaluationSet) -> Rank:
    """Rank with the stock package as its README shows it: lower case, split at spaces, Okapi's defaults."""
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([f"{passage.title} {passage.text}".lower().split() for passage in evaluation.passages])
    places = range(len(evaluation.passages))

    def rank(question: str, _: Language) -> list[int]:
        best: list[int] = index.get_top_n(question.lower().split(), places, n=10)
        return best

    return rank


def by_fts5(evaluation: EvaluationSet) -> Rank:
    """Rank with SQLite's full-text index and its default tokenizer; any word of the question may match."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE passage USING fts5(title, body, tokenize = 'unicode61')")
    database.executemany(
        "INSERT INTO passage (rowid, title, body) VALUES (?, ?, ?)",
        ((place, passage.title, passage.text) for place, passage in enumerate(evaluation.passages)),
    )

    def rank(question: str, _: Language) -> list[int]:
        asked = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question)) or '""'
        rows = database.execute("SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10", (asked,))
        return [place for (place,) in rows]

    return rank


def by_postings(postings: Postings, weights: Weights, lexicon: Lexicon) -> Rank:
    """Rank with our analysis and index."""

    def rank(question: str, language: Language) -> list[int]:
        return [hit.identity for hit in postings.search(formulate(question, language, lexicon, weights), 10)]

    return rank


def methods(evaluation: EvaluationSet) -> dict[str, Rank]:
    """Return the methods by name, each with the passages indexed."""
    postings = Postings()
    postings.add(
        range(len(evaluation.passages)),
        [
            bag([passage.title, passage.text], passage.language or detect(passage.text))
            for passage in evaluation.passages
        ],
    )
    return {
        "rank-bm25, lower + split": by_rank_bm25(evaluation),
        "SQLite FTS5 unicode61": by_fts5(evaluation),
        "our analysis, stems only": by_postings(postings, _STEMS, Lexicon([])),
        "+ prefix + exact": by_postings(postings, _FORMS, Lexicon([])),
        "+ lexicon (as shipped)": by_postings(postings, Weights(), shipped()),
    }


def mrr(evaluation: EvaluationSet, rank: Rank) -> dict[Language, float]:
    """Return, by language, the mean of one over the rank of the first relevant passage, 0 past the tenth."""
    gains: dict[Language, list[float]] = {language: [] for language in _LANGUAGES}
    for question in evaluation.questions:
        found = [evaluation.passages[place].id for place in rank(question.question, question.language)]
        ranks = [found.index(name) for name in question.relevant if name in found]
        gains[question.language].append(1 / (1 + min(ranks)) if ranks else 0.0)
    return {language: sum(values) / len(values) for language, values in gains.items() if values}


def main(file: Annotated[Path, typer.Argument(help="A retrieval set.", exists=True, dir_okay=False)]) -> None:
    """Print MRR@10 by method and language as a Markdown table."""
    evaluation = load(file)
    languages = [tongue for tongue in _LANGUAGES if any(q.language == tongue for q in evaluation.questions)]
    names = {"fr": "French", "en": "English"}
    heads = [names[tongue] for tongue in languages]
    print(f"| MRR@10, {len(evaluation.passages):,} passages | {' | '.join(heads)} |")
    print(f"|---|{'---:|' * len(languages)}")
    for name, rank in methods(evaluation).items():
        found = mrr(evaluation, rank)
        print(
            f"| {name} | {' | '.join(f'{found[tongue]:.3f}'.lstrip('0') for tongue in languages)} |",
            flush=True,
        )


if __name__ == "__main__":
    typer.run(main)
