"""Settings from the environment, a file and the program, and what is said of wrong ones."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.client import create_bot
from bot.settings import Settings, configured, variable
from index.errors import BadInput
from tests.bot.loopback_discord import TOKEN

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def nothing_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


def test_without_a_word_nothing_is_served_asked_for_or_connected() -> None:
    settings = Settings(data=Path("here"))
    assert settings.data == Path("here")
    assert (settings.discord_token, settings.metrics_port, settings.shards, settings.discord_api) == (None,) * 4
    assert (settings.metrics_host, settings.message_content) == ("127.0.0.1", False)
    assert (settings.log_level, settings.log_format) == ("INFO", "auto")


def test_the_environment_counts_more_than_the_file_and_the_program_more_than_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("DISCORD_TOKEN=from-the-file\nSOURCIER_SHARDS=2\nOTHER=1\n")
    monkeypatch.setenv("SOURCIER_SHARDS", "3")
    monkeypatch.setenv("SOURCIER_LOG_LEVEL", " warning ")
    settings = configured(Path("given"))
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "from-the-file"
    assert (settings.shards, settings.log_level, settings.data) == (3, "WARNING", Path("given"))
    assert Settings(shards=4).shards == 4


def test_a_token_of_white_space_is_none_and_one_in_white_space_is_trimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "  \t")
    assert Settings().discord_token is None
    monkeypatch.setenv("DISCORD_TOKEN", f" {TOKEN}\r")
    token = Settings().discord_token
    assert token is not None
    assert token.get_secret_value() == TOKEN
    assert TOKEN not in repr(Settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOURCIER_METRICS_PORT", "http"),
        ("SOURCIER_METRICS_PORT", "65536"),
        ("SOURCIER_SHARDS", "0"),
        ("SOURCIER_MESSAGE_CONTENT", "perhaps"),
        ("SOURCIER_LOG_LEVEL", "loud"),
        ("SOURCIER_LOG_FORMAT", "xml"),
        ("SOURCIER_PAGE_PORTS", "8081,"),
        ("SOURCIER_PAGE_PORTS", "http"),
        ("SOURCIER_PAGE_PORTS", "99999"),
        ("SOURCIER_DISCORD_API", "discord.com/api"),
        ("SOURCIER_DISCORD_API", "ftp://discord.com/api"),
        ("SOURCIER_DISCORD_API", "http://user:password@discord.com/api"),
        ("SOURCIER_DISCORD_API", "http://[::1/api"),
        ("SOURCIER_DISCORD_API", "http://host:99999/api"),
        ("SOURCIER_DISCORD_API", "http://host/api?x=1"),
    ],
)
def test_a_wrong_value_is_told_by_its_variable_and_never_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInput) as refused:
        configured()
    assert re.fullmatch(rf"{name} must be [^\n]+\.", str(refused.value))
    assert f" {value}" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_all_wrong_values_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCIER_SHARDS", "x")
    monkeypatch.setenv("SOURCIER_LOG_FORMAT", "x")
    with pytest.raises(BadInput, match=r"^SOURCIER_SHARDS must be .*; SOURCIER_LOG_FORMAT must be .*\.$"):
        configured()


def test_a_wrong_token_of_the_program_is_not_shown_either() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(discord_token=[TOKEN])
    assert TOKEN not in str(refused.value)


def test_the_address_of_a_proxy_loses_its_last_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCIER_DISCORD_API", "http://127.0.0.1:8080/api/v10/")
    assert configured().discord_api == "http://127.0.0.1:8080/api/v10"


def test_the_ports_of_pages_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert configured().page_ports == (80, 443)
    monkeypatch.setenv("SOURCIER_PAGE_PORTS", "443, 8443")
    assert configured().page_ports == (443, 8443)
    bot = create_bot(configured())
    assert bot.policy.ports == (443, 8443)
    assert not bot.policy.allowed


def test_every_setting_is_told_of_in_the_readme_the_manual_and_the_example() -> None:
    variables = {variable(name) for name in Settings.model_fields}
    for document in ("README.md", "docs/operations.md", ".env.example"):
        text = (ROOT / document).read_text("utf-8")
        named = set(re.findall(r"\b(?:SOURCIER_[A-Z_]+|DISCORD_TOKEN)\b", text))
        assert named == variables, document


def test_the_example_sets_nothing_and_each_of_its_lines_can_be_used() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    Path(".env").write_text(example)
    assert configured().model_fields_set == set()
    Path(".env").write_text(re.sub(r"^#(?=[A-Z_]+=)", "", example, flags=re.MULTILINE))
    assert configured().model_fields_set == set(Settings.model_fields) - {"discord_token"}
