"""The moderators' guide shows what moderators really see.

Every ``discord`` block is a row of steps, each a line that begins with ``>`` and what is shown below it;
``SOURCIER_REWRITE=1`` writes what was shown into the file.
"""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord import AppCommandType
from discord.app_commands import Command, Group
from simcord.env import Env

from bot.client import Sourcier, create_bot
from bot.moderation.draft_cards import caution_words, likeness_words, twin_words
from bot.settings import Settings
from bot.translation import translator
from bot.views.draft_forms import LONGEST_TEXT
from index.library import Library
from index.moderating.model import DRAFT_DAYS, REMOVED_DAYS, Alike, Likeness, Limits
from index.reading.apart import Limits as ReadingLimits
from index.reading.document import Caution
from index.reading.fetching.policy import Policy
from index.reading.fetching.refusals import Reason
from index.reading.papers.pdf_contents import MOST_PAGES
from index.reading.text import MOST_BYTES
from tests.bot.discord.adding_server import Site, running
from tests.bot.discord.guided import Guided, tour

pytestmark = pytest.mark.simcord(settle_timeout=60)

GUIDE = Path(__file__).parents[3] / "docs" / "moderators.md"
_BLOCK = re.compile(r"(?<=^```discord\n)(?P<steps>.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
_STEP = re.compile(r"^> (?P<step>.+)\n(?P<shown>(?:(?!> ).*\n)*)", re.MULTILINE)


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    """Pages of this machine, which also is where this Discord keeps attached files."""
    async with running() as site:
        monkeypatch.setattr("simcord.backend.cdn.CDN_BASE", site.url)
        yield site


@pytest.fixture
def simcord_bot(settings: Settings, site: Site) -> Sourcier:
    return create_bot(settings, policy=Policy(allowed=frozenset({("127.0.0.1", site.port)})))


async def test_the_guide_shows_what_moderators_see(env: Env, simcord_bot: Sourcier, site: Site) -> None:
    site.attached = env.backend.cdn.get
    guided = Guided(env, simcord_bot, site)
    await tour(guided)
    text = GUIDE.read_text("utf-8")
    steps = [step["step"] for block in _BLOCK.finditer(text) for step in _STEP.finditer(block["steps"])]
    assert sorted(steps) == sorted(guided.shown), "each step stands in the guide once"
    written = _BLOCK.sub(lambda block: _STEP.sub(lambda step: _shown(step["step"], guided), block["steps"]), text)
    if os.environ.get("SOURCIER_REWRITE"):
        GUIDE.write_text(written, encoding="utf-8")
    assert text == written


def _shown(step: str, guided: Guided) -> str:
    return f"> {step}\n{guided.shown[step]}"


async def test_every_command_of_moderators_is_told_of(env: Env, simcord_bot: Sourcier) -> None:
    assert env.bot is simcord_bot
    text = GUIDE.read_text("utf-8")
    tree = simcord_bot.tree
    menus = [menu.name for menu in tree.walk_commands(type=AppCommandType.message) if menu.default_permissions]
    assert [f"Apps › {name}" for name in menus if f"*Apps › {name}*" not in text] == []
    assert menus
    roots = [root for root in tree.get_commands() if isinstance(root, Command | Group) and root.default_permissions]
    untold = []
    for root in roots:
        rows = [line for line in text.splitlines() if line.startswith(f"| `/{root.name}")]
        names = [command.name for command in root.commands] if isinstance(root, Group) else [root.name]
        untold += [f"{root.name} {name}" for name in names if not any(re.search(rf"[ `/]{name}`", row) for row in rows)]
    assert len(roots) > 1
    assert untold == []


async def test_every_warning_and_every_refusal_of_a_link_is_told_of(library: Library) -> None:
    text = GUIDE.read_text("utf-8")
    english = translator("en")
    cautions = [caution_words(caution, english) for caution in Caution]
    source = (await library.sources())[0]
    alike = [likeness_words(Alike(likeness=one, source=source, share=0), english) for one in Likeness]
    alike.append(twin_words(source, english))
    likenesses = [sentence.replace("0%", "…%").replace(f"{english.quoted(source.title)}.", "…") for sentence in alike]
    refusals = [re.sub(r"\{\w+\}", "…", reason.value) for reason in Reason]
    assert [said for said in [*cautions, *likenesses, *refusals] if f"| {said} | " not in text] == []


def test_the_limits_that_it_names_are_those_that_hold() -> None:
    text = " ".join(GUIDE.read_text("utf-8").split())
    policy, given = Policy.production(), Limits()
    for said in (
        f"ports, {policy.ports[0]} and {policy.ports[1]}",
        f"at most {policy.total_seconds:g} seconds, {policy.redirects} redirects",
        f"{policy.raw_megabytes} MB as it is sent and {policy.inflated_megabytes} MB unpacked",
        f"of up to {MOST_BYTES // 1_000_000} MB",
        f"takes {LONGEST_TEXT:,} characters",
        f"[ {given.sources} sources ▾ ]",
        f"[ {given.adds_an_hour} articles an hour ▾ ]",
        f"[ {given.characters:,} characters ▾ ]",
        f"{REMOVED_DAYS} days to bring it back",
        f"up to {MOST_PAGES} pages",
    ):
        assert said in text
    assert (DRAFT_DAYS, policy.each, ReadingLimits().seconds) == (7, 2, 10), "these are written out"
