"""What speaks against letting a draft live: told before it is approved, as things stand at that moment."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple

from bot.moderation.draft_cards import likeness_words
from bot.moderation.goldens import golden_lines
from bot.translation import Translator
from bot.views.markdown import fitted
from index.library import Library
from index.model import State
from index.moderating.goldens import Held
from index.moderating.model import Alike, Draft, Likeness

_KEY_BYTES = 3
_MARK = 6  # of the hex digits of a draft's mark, which stand before those of the doubts
_SHOWN = 2  # sources with the same text
_LIKENESS = 200


class Doubts(NamedTuple):
    """The live sources that have a draft's very text, and the golden questions whose answers it would change.

    ``mark``: of the draft that was looked at.
    """

    mark: str
    same: tuple[Alike, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def key(self) -> str:
        """Return what stands for the draft and these doubts in a custom id; nothing where there are none.

        Who approves all the same approves what they have read: where something came up since, they are asked again.
        """
        spoilt = sorted(each.golden.question for each in self.held if each.now and not each.then)
        same = sorted(f"{alike.source.shelf}/{alike.source.id}" for alike in self.same)
        if not same and not spoilt:
            return ""
        return self.mark[:_MARK] + blake2b(repr((same, spoilt)).encode(), digest_size=_KEY_BYTES).hexdigest()

    def are_of(self, key: str) -> bool:
        """Tell whether a key was given out for the draft as it is now, whatever the doubts."""
        return key[:_MARK] == self.mark[:_MARK]


async def doubts_about(library: Library, draft: Draft, shelf: str) -> Doubts:
    """Return what speaks against letting a draft live now."""
    if draft.replaces is not None and draft.replaces.state is State.REMOVED:
        return Doubts(draft.mark)  # it is refused as it is
    same = tuple(alike for alike in draft.alike if alike.likeness is Likeness.SAME_TEXT)
    return Doubts(draft.mark, same, tuple(await library.goldens.hold(shelf, draft.id)))


def doubt_lines(doubts: Doubts, titles: Mapping[str, str], speaker: Translator) -> list[str]:
    """Return texts that say what speaks against it, escaped. ``titles``: those of sources, by their ids."""
    lines = []
    if doubts.same:
        said = [fitted(likeness_words(alike, speaker), _LIKENESS) for alike in doubts.same[:_SHOWN]]
        twice = speaker.text("Answers would have it twice, as if two sources said so.")
        lines.append("\n".join([*(f"**{each}**" for each in said), twice]))
    return [*lines, *golden_lines(doubts.held, titles, speaker)]
