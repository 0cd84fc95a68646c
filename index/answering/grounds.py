"""What speaks for answering a question at all, and for answering it with a figure."""

from typing import NamedTuple

from index.answering.kinds import Kind
from index.answering.sought import Sought
from index.familiar.points import Recalled


class Absence(NamedTuple):
    """What speaks for no figure at all as the answer.

    ``always``: 1. ``asks``: a number is asked for in so many words. ``whether``: the question gives a number or a
    time itself. ``quantity``, ``date``: it asks for such a thing. ``times``: it names a time. ``familiar``: how likely
    it asks for something that is no figure, by known questions.
    """

    always: float
    asks: float
    whether: float
    quantity: float
    date: float
    times: float
    familiar: float


class Grounds(NamedTuple):
    """What speaks for answering (or against it).

    ``always``: 1. ``score`` and ``ahead``: the score of the best sentence, and by how much it beats the next.
    ``ranked`` to ``rival``: its signals. ``shows``: it shows the kind of thing asked for; ``lacks``: one is asked
    for and it does not. ``measure``: it has a number of the measure asked for; ``unmeasured``: one is asked for and
    it has not. ``figure``: the likelihood of the best figure; ``unstated``: a number is asked for and no known
    figure of the source is likely to be it; ``unread``: one is asked for, and the source's figures are not known.
    ``alone`` and ``around``: the share of the question's words that the sentence has, alone and with its
    neighbours, title and heading, words that no source has among them; ``gap``: the share of the one that is missed
    most. ``whole_alone`` and ``whole``: how far these two go from three quarters to all, ``bare``: how far the
    second stays below half, ``told``: the second where the kind of thing asked for is shown. ``lost_known`` and
    ``lost``: the share of the question's worth that no source has, nor any known question, in words of the lexicon
    and in others. ``disordered``: the question asks for the second of things, say, and the sentence tells of
    another. ``ungiven``: the question gives a number, and the passage has none of its numbers. ``uncounted``:
    something is to be counted and the sentence has it not. ``brief``: it has one word. ``quantity`` to ``list``:
    what it asks for, numbers and dates only where the source's known ones are all that it states; ``post``: the
    sentence names the holder of the post that is asked for, 1, or does not, -1. ``familiar``: how likely it is what
    the question asks for, by known questions; ``said`` and ``unsaid``: how much of the question is told by the
    likeliest thing that the seeds say, and that they do not say, ``ahead_of_unsaid``: by how much the first is
    likelier; ``same``: a known question asks in the same words, for what is said, 1, or for what is not, -1.
    ``far``: how seldom the source tells of a name of the question that does not stand near the sentence; ``named``:
    how many names the question has, where anything of it is not near the sentence. ``turned``: the question asks
    for a part held in one party, and the sentence tells of one held in another. ``unmatched``: the question has words
    besides names, and none of them is near the sentence; less so the likelier it is the answer by known questions.
    """

    always: float
    score: float
    ahead: float
    ranked: float
    source: float
    own: float
    local: float
    words: float
    names: float
    names_around: float
    rival: float
    shows: float
    lacks: float
    measure: float
    unmeasured: float
    figure: float
    unstated: float
    unread: float
    alone: float
    around: float
    whole_alone: float
    whole: float
    bare: float
    told: float
    gap: float
    lost_known: float
    lost: float
    disordered: float
    ungiven: float
    uncounted: float
    brief: float
    quantity: float
    date: float
    name: float
    place: float
    reason: float
    definition: float
    list: float
    post: float
    familiar: float
    said: float
    unsaid: float
    ahead_of_unsaid: float
    same: float
    far: float
    named: float
    turned: float
    unmatched: float


def absence(wish: Sought, kind: Kind, recalled: Recalled) -> Absence:
    """Return what speaks for no figure."""
    return Absence(
        always=1.0,
        asks=float(wish.asks),
        whether=float(wish.whether),
        quantity=float(kind is Kind.QUANTITY),
        date=float(kind is Kind.DATE),
        times=float(bool(wish.times)),
        familiar=recalled.otherwise,
    )
