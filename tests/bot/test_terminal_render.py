"""What the commands print: the same plain text in every pipe, colours and wrapping in a terminal."""

import io
import re
from datetime import UTC, datetime

import pytest

from bot.cards import lay_out
from bot.operation.doctor import Finding
from bot.terminal import drawing, render
from bot.terminal.blocks import BLANK, Ink, Paragraph, Span, Table, line, plain
from bot.terminal.screen import Screen
from bot.translation import translator
from index.evaluation import Scores
from index.library import Added, Outcome
from index.model import Answer, Basis, Citation, Passage, Quote, Reason, Source, State, Verdict
from index.ranking.explanation import Share

SENTENCE = "Oracle avait annoncé un contrat de 30 milliards de dollars par an."
TEXT = f"Avant cela, rien. {SENTENCE} Le nom du client n'a pas été donné."
COLOUR = re.compile(r"\x1b\[[0-9;]*m")

SOURCE = Source(
    id="oracle-4-5-gw",
    shelf="shared",
    version=2,
    state=State.LIVE,
    title="OpenAI achète la puissance d'Oracle",
    title_basis=Basis.EDITOR,
    language="fr",
    publisher=None,
    author=None,
    credit="Punto Informatico",
    url="https://example.org/a",
    published="2025-07",
    published_basis=Basis.ESTIMATE,
    sha256="0" * 64,
    added_at=datetime(2025, 11, 3, tzinfo=UTC),
    added_by="seeds",
    words=1125,
    passages=5,
)


def _answer(*, answered: bool = True, language: str = "fr", text: str = TEXT, quote: str = SENTENCE) -> Answer:
    passage = Passage(key=1, source=SOURCE.id, version=2, ordinal=0, heading="", text=text, start=0, end=len(text))
    start = text.index(quote)
    citation = Citation(
        rank=1,
        score=1.0,
        source=SOURCE,
        passage=passage,
        highlight=Quote(quote=quote, start=start, end=start + len(quote)),
    )
    return Answer.model_validate(
        {
            "question": "Combien ?",
            "language": language,
            "verdict": Verdict.ANSWERED if answered else Verdict.UNANSWERED,
            "reason": Reason.COVERED if answered else Reason.NOT_COVERED,
            "citations": (citation,),
            "took_ms": 1.0,
        }
    )


def _styled(*blocks: Paragraph | Table, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = io.StringIO()
    Screen(shown, styled=True).show(blocks)
    return shown.getvalue()


def test_an_answer_in_a_pipe_is_plain_and_not_wrapped(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_answer(_answer())
    assert capsys.readouterr().out == (
        "1. «\u00a0Oracle avait annoncé un contrat de 30 milliards de dollars par an.\u00a0»\n"
        "   OpenAI achète la puissance d'Oracle (titre de l’éditeur)"
        " — Punto Informatico, vers juillet 2025 (estimation de l’éditeur) [oracle-4-5-gw]\n"
    )


def test_a_refusal_shows_the_nearest_passage_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_answer(_answer(answered=False, language="en"))
    assert capsys.readouterr().out == (
        "The sources do not answer this.\n"
        "Nearest passage:\n"
        "   «\u00a0Oracle avait annoncé un contrat de 30 milliards de dollars par an.\u00a0»\n"
        "   OpenAI achète la puissance d'Oracle (editor’s title)"
        " — Punto Informatico, about July 2025 (editor’s estimate) [oracle-4-5-gw]\n"
    )


def test_one_of_many_answers_stands_below_its_question(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_answer(_answer(), asked=True)
    shown = capsys.readouterr().out
    assert shown.startswith("> Combien ?\n1. ")
    assert shown.endswith("]\n\n")


def test_the_quoted_sentence_is_bold_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _styled(*drawing.answer(lay_out(_answer())), width=100, monkeypatch=monkeypatch)
    assert f"\x1b[1m«\u00a0{SENTENCE}\u00a0»\x1b[0m" in shown
    assert "\x1b[36mOpenAI achète la puissance d'Oracle\x1b[0m" in shown


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_a_terminals_text_fits_its_width_and_is_complete(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = drawing.answer(lay_out(_answer()))
    lines = COLOUR.sub("", _styled(*blocks, width=width, monkeypatch=monkeypatch)).splitlines()
    assert max(map(len, lines)) <= min(width, 100)
    assert " ".join(" ".join(lines).split()) == " ".join(plain(blocks).split())
    assert all(text.startswith(("1. ", "   ")) for text in lines)


def test_no_line_breaks_at_a_no_break_space(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(["mot «\u00a0oui\u00a0»"] * 30)
    lines = COLOUR.sub("", _styled(line(text), width=20, monkeypatch=monkeypatch)).splitlines()
    assert len(lines) > 5
    assert all(text.count("«") == text.count("»") for text in lines)


def test_what_looks_like_markup_stays_text(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "[bold]gras[/bold] [link=https://evil.example]ici[/link] :smile: [red]"
    table = Table(("[bold]x", "y"), ((text, "[blink]z"),))
    shown = _styled(line(text), table, width=200, monkeypatch=monkeypatch)
    assert COLOUR.sub("", shown).count(text) == 2
    assert "[blink]z" in shown
    assert not re.search(r"\x1b(?!\[[0-9;]*m)", shown)


def test_a_letter_that_the_stream_cannot_write_becomes_a_question_mark() -> None:
    kept = io.BytesIO()
    stream = io.TextIOWrapper(kept, encoding="ascii")
    Screen(stream).show([line("« où »")])
    assert kept.getvalue() == b"? o? ?\n"


def test_a_dumb_terminal_gets_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "dumb")
    shown = Terminal()
    Screen(shown).show([line("oui", Ink.MARKED)])
    assert shown.getvalue() == "oui\n"


def test_lines_of_a_paragraph_stay_under_its_lead() -> None:
    paragraph = Paragraph((Span("a\n"), Span("b\nc", Ink.MARKED, (">>> ", " <<<")), Span("\nd")), "1. ")
    assert plain([paragraph, BLANK]) == "1. a\n   >>> b\n   c <<<\n   d\n\n"


def test_a_list_of_sources_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    removed = SOURCE.model_copy(
        update={"id": "b", "state": State.REMOVED, "published": None, "title_basis": Basis.TEXT, "passages": 12}
    )
    render.show_sources([SOURCE, removed])
    assert capsys.readouterr().out == (
        "id             published        language  passages  state    title\n"
        "oracle-4-5-gw  about July 2025  French           5  live     "
        "OpenAI achète la puissance d'Oracle (editor’s title)\n"
        "b              undated          French          12  removed  OpenAI achète la puissance d'Oracle\n"
    )


def test_no_sources_are_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_sources([])
    assert capsys.readouterr().out == "There are no sources yet.\n"


def test_a_source_shows_all_that_is_known_about_it(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_source(SOURCE)
    assert capsys.readouterr().out == (
        "oracle-4-5-gw\n"
        "title      OpenAI achète la puissance d'Oracle (editor’s title)\n"
        "credit     Punto Informatico\n"
        "published  about July 2025 (editor’s estimate)\n"
        "language   French\n"
        "address    https://example.org/a\n"
        "state      live\n"
        "version    2\n"
        "passages   5\n"
        "words      1,125\n"
        "added      3 November 2025 by seeds\n"
    )


def test_an_explanation_names_words_forms_and_gains() -> None:
    shares = [Share("computing", "stem", ("calcul", "comput"), 1.25), Share("gw", "phrase", ("gw",), 0.5)]
    assert plain(drawing.explanation(shares, 2, translator("en"))) == (
        "The passage of quote 2 scores 1.75:\n"
        "gain  word       sought by   found as\n"
        "1.25  computing  stem        calcul, comput\n"
        "0.50  gw         whole term  gw\n"
    )


@pytest.mark.parametrize(
    ("outcome", "state", "said"),
    [
        (Outcome.ADDED, State.LIVE, "Added"),
        (Outcome.UPDATED, State.LIVE, "Updated to version 2"),
        (Outcome.UPDATED, State.REMOVED, "Updated to version 2, still removed"),
        (Outcome.RESTORED, State.LIVE, "Had been removed; restored"),
        (Outcome.PRESENT, State.LIVE, "Already here"),
    ],
)
def test_adding_says_what_it_came_to(
    outcome: Outcome, state: State, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    render.show_added(Added(outcome, SOURCE.model_copy(update={"state": state})), 0, 0, how_to_review="")
    assert capsys.readouterr().out == f"{said}: OpenAI achète la puissance d'Oracle [oracle-4-5-gw]\n"


def test_every_outcome_of_adding_can_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    for outcome in Outcome:
        render.show_added(Added(outcome, SOURCE), 0, 0, how_to_review="")
    assert len(capsys.readouterr().out.splitlines()) == len(Outcome)


def test_adding_tells_of_figures_that_were_approved_and_of_those_that_wait(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_added(Added(Outcome.ADDED, SOURCE), 3, 2, how_to_review="sourcier review oracle-4-5-gw")
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == ["   Figures approved: 3", "   Figures to review: 2 (sourcier review oracle-4-5-gw)"]


def test_removing_and_restoring_say_where_the_source_stands(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_state(SOURCE)
    render.show_state(SOURCE.model_copy(update={"state": State.REMOVED}))
    restored, removed = capsys.readouterr().out.splitlines()
    assert restored.startswith("Restored: OpenAI")
    assert removed.startswith("Removed: OpenAI")


def test_scores_are_a_row_for_each_language(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_scores("a set", {"fr": Scores(12, 0.8, 0.7, 0.6, 0.5, 1.0)})
    assert capsys.readouterr().out == (
        "a set\n"
        "language  questions  MRR@10  nDCG@10  recall@1  recall@5  recall@20\n"
        "fr               12   0.800    0.700     0.600     0.500      1.000\n"
    )


def test_findings_are_a_line_each_with_what_is_bad_marked(capsys: pytest.CaptureFixture[str]) -> None:
    render.show_findings([Finding("good", "Store", "sound"), Finding("bad", "Data folder", "not\x1b there")])
    assert capsys.readouterr().out == "ok    Store        sound\nBAD   Data folder  not␛ there\n"


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with render.progress("Ranking") as report:
        report(1, 2)
    assert capsys.readouterr() == ("", "")
