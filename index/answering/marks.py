"""What speaks for a known figure as the answer to a question, each as a number."""

from typing import NamedTuple


class Marks(NamedTuple):
    """What speaks for a figure, from 0 to 1 each, and against it (below 0); or what each of that is worth.

    ``measure``: it measures what the question wants to know. ``sentence`` and ``near``: the share of the question's
    worth that its sentence has, and that the words around its number have. ``deal``: the share of the deals that
    the question names which it belongs to; ``own``: it is first of all such a deal's; ``stranger``: it is of none
    of them. ``per``: it is for the time that the question asks for. ``given``: its number stands in the question.
    ``before``: it is superseded by another one, and the question asks for what was so at first, or does not.
    ``earlier``: it is what was before something else (*from 3 to 5*), likewise. ``most``: it is an upper bound,
    and the question asks for one; ``each``: it is for one of the things of which the question names one;
    ``apiece``: it is for one thing, and the question names none. ``ending``: the question asks for an end, and it
    is no end. ``doubt``: nobody commits to it, and the question does not ask for what may be. ``partial``: the
    question names deals that it is not of; ``joint``: the share of its deals that the question does not name.
    ``allowed``: it measures what is wanted and is not given. ``fits`` or ``unfit``: it has the unit that is asked
    for, or another one. ``counts`` or ``miscounts``: it counts what is to be counted, or something else. ``timely``
    or ``untimely``: it holds at the time that is named, or does not. ``named``: all whom the question names are
    there. ``crowd``: other figures stand in the same sentence; ``outdone``: the clause of another one of these has
    more of the question. ``ranked`` to ``intent``: what speaks for its sentence (``Signals``). ``familiar``: how likely
    the question asks for it, by known questions, ``part``: which part it is of all that the question may ask for;
    ``remembered``: how likely it asks for something of its sentence.
    """

    measure: float
    sentence: float
    near: float
    deal: float
    own: float
    stranger: float
    per: float
    given: float
    before: float
    earlier: float
    most: float
    each: float
    apiece: float
    ending: float
    doubt: float
    partial: float
    joint: float
    allowed: float
    fits: float
    unfit: float
    counts: float
    miscounts: float
    timely: float
    untimely: float
    named: float
    crowd: float
    outdone: float
    ranked: float
    source: float
    own_words: float
    local: float
    local_before: float
    local_context: float
    words: float
    names: float
    names_around: float
    rival: float
    intent: float
    familiar: float
    part: float
    remembered: float
