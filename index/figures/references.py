"""Figures by reference: how an answer that is kept names its figures, and how they are found again."""

from collections.abc import Sequence

from index.figures.comparing import relate
from index.figures.kinds import Operation
from index.figures.ledger import Ledger
from index.model import Figure

Reference = list[str]
"""The id of a figure; or an operation and the ids of two figures that it is computed from."""


def refer(figure: Figure) -> Reference:
    """Return how a figure is named."""
    if figure.operation in (Operation.QUOTIENT, Operation.DIFFERENCE):
        return [figure.operation.value, *(operand.id for operand in figure.operands)]
    return [figure.id]


def resolve(ledger: Ledger, reference: Sequence[str]) -> Figure | None:
    """Return the figure that is meant, as the sources have it now; None where one of them does not live any more."""
    if len(reference) == 1:
        return ledger.figure(reference[0])
    operation, *names = reference
    operands = [ledger.figures.get(name) for name in names]
    first, second = operands[0], operands[-1]
    return relate(Operation(operation), first, second) if first is not None and second is not None else None
