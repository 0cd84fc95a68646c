"""What it takes to offer deals while a name is typed, among 10,000: python -m benchmarks.deals.

Deals with names and aliases in both languages are made up. Typed are beginnings of their names of every length, whole
names with a typo, words from their middle, and words that nothing has; measured is what `Known.complete` and /deal's
autocompletion do for one key pressed, after the first of them.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterable

from bot.exts.deals import as_choices
from bot.translation import translator
from index.figures.curated import CuratedLedger, shipped
from index.figures.deals import Aliases, Deal, Wording
from index.figures.ledger import Ledger

_CHOICES = 25
_TYPED = 300  # of each sort
_SEED = 20_250_101
_SYLLABLES = "al bor ca den el fo gri hel is jo ka lu mer no or pa qui ros sta te ul va wen xi yo zan".split()
_KINDS = (("contrat", "contract"), ("centre", "data centre"), ("accord", "agreement"), ("alliance", "alliance"))


def made_up(count: int, chance: random.Random) -> list[Deal]:
    """Return so many deals; all are about the first seed's sentence."""
    about = shipped().deals[0].about
    deals = []
    for number in range(count):
        first, second = _company(chance), _company(chance)
        french, english = chance.choice(_KINDS)
        aliases = (f"{first} {second}", f"{french} {first}", f"{first} {number}")
        deals.append(
            Deal(
                id=f"{first}-{second}-{number}".lower(),
                kind=shipped().deals[0].kind,
                name=Wording(fr=f"{french.title()} {first}-{second}", en=f"{first}-{second} {english}"),
                aliases=Aliases(fr=aliases, en=(*aliases[:2], f"{first} {english}")),
                about=about,
            )
        )
    return deals


def _company(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title()


def known(deals: Iterable[Deal]) -> Ledger:
    """Return the ledger of a shelf on which something is known of all of these deals."""
    deals = tuple(deals)
    empty = Ledger.empty(CuratedLedger(deals=deals))
    return Ledger(**{**vars(empty), "by_deal": {deal.id: () for deal in deals}})


def typed(deals: list[Deal], chance: random.Random) -> dict[str, list[str]]:
    """Return what people type, by its sort."""
    names = [chance.choice(deal.names) for deal in chance.sample(deals, _TYPED)]
    return {
        "beginnings": [name[:end] for name in names[:40] for end in range(1, len(name) + 1)][:_TYPED],
        "whole names": names,
        "with a typo": [_mistyped(name, chance) for name in names],
        "from the middle": [name[len(name) // 3 : len(name) // 3 + 5] for name in names],
        "like no name": ["".join(chance.choices("bcdfgjkqwxz", k=chance.randint(4, 40))) for _ in names],
        "nothing": [""] * 20,
    }


def _mistyped(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return name[:at] + chance.choice(["", "x", name[at] * 2]) + name[at + 1 :]


def measure(offer: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Return how many milliseconds it takes to offer something for each text, in rising order."""
    taken = []
    for text in texts:
        start = time.perf_counter()
        offer(text)
        taken.append((time.perf_counter() - start) * 1_000)
    return sorted(taken)


def main() -> None:
    """Print the times for a number of deals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deals", type=int, default=10_000)
    options = parser.parse_args()
    chance = random.Random(_SEED)
    deals = made_up(options.deals, chance)
    ledger, speaker = known(deals), translator("fr")

    def offer(text: str) -> object:
        return as_choices([ledger.known[deal] for deal in ledger.names.complete(text, _CHOICES)], speaker)

    (first,) = measure(offer, ["oracle"])
    names = sum(len(deal.names) for deal in deals)
    print(f"{len(deals):,} deals with {names:,} names; the first key, which makes them ready: {first:.0f} ms")
    for sort, texts in typed(deals, chance).items():
        taken = measure(offer, texts)
        print(f"{sort}: {statistics.median(taken):.1f} ms (p50), {taken[-1]:.1f} ms (worst of {len(taken)})")


if __name__ == "__main__":
    main()
