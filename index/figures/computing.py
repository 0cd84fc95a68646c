"""Figures computed from others: the value, what bound it has, and the formula that is shown with it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import prod

from index.figures.deals import ComputedFigure, CuratedFigure
from index.figures.kinds import Bound, Commitment, Operation
from index.model import Figure

_ORDER_OF_COMMITMENT = list(Commitment)
_SIGNS = {Operation.SUM: "+", Operation.DIFFERENCE: "-", Operation.PRODUCT: "*", Operation.QUOTIENT: "/"}
_INVERTING = (Operation.DIFFERENCE, Operation.QUOTIENT)


def compute(operation: Operation, values: Sequence[Decimal]) -> Decimal:
    """Return the result of an operation on values from left to right. Raises ``ValueError`` on a division by zero."""
    first, *rest = values
    match operation:
        case Operation.SUM:
            return sum(values, Decimal(0))
        case Operation.PRODUCT:
            return prod(values, start=Decimal(1))
        case Operation.DIFFERENCE:
            return first - sum(rest, Decimal(0))
        case Operation.QUOTIENT:
            divisor = prod(rest, start=Decimal(1))
            if not divisor:
                raise ValueError("it divides by zero")
            return first / divisor


def formula(figure: ComputedFigure, operands: Sequence[CuratedFigure | Figure]) -> str:
    """Return how a figure is computed, in plain base units: ``8 * 50000 = 400000``."""
    values = [operand.value for operand in operands if operand.value is not None]
    return written(figure.operation, values, figure.value or Decimal(0))


def written(operation: Operation, values: Sequence[Decimal], result: Decimal) -> str:
    """Return a computation in plain base units, its result rounded where that is what it takes."""
    sign = "=" if compute(operation, values) == result else "≈"
    return f"{f' {_SIGNS[operation]} '.join(f'{value:f}' for value in values)} {sign} {result:f}"


def check(figure: ComputedFigure, operands: Sequence[CuratedFigure]) -> None:
    """Refuse a computed figure that does not follow from its operands: ``ValueError`` with the reason."""
    values = [operand.value for operand in operands if operand.value is not None]
    if len(values) < len(operands):
        raise ValueError("it is computed from a figure that has no single value")
    bounds = {operand.bound for operand in operands} - {Bound.EXACT}
    if figure.operation in _INVERTING and bounds - {Bound.ABOUT}:
        raise ValueError("a difference or quotient of figures that are bounded on one side has no bound of its own")
    result = compute(figure.operation, values)
    if result != figure.value:
        raise ValueError(f"its value is {figure.value}, and its formula gives {result}")
    if figure.counted is not None and figure.counted not in {operand.counted for operand in operands}:
        raise ValueError(f"it counts {figure.counted!r}, and none of its operands does")
    if bounds - {figure.bound} or (not bounds and figure.bound is not Bound.EXACT):
        raise ValueError(f"its bound is {figure.bound.value!r}, which does not follow from its operands'")


def computed_figure(operands: tuple[Figure, ...], how: str, own: Mapping[str, object]) -> Figure:
    """Return a figure that follows from others by a formula: no more certain than the least certain of them.

    ``own``: the fields that the computation gives; the first operand lends all others.
    """
    least = min((operand.commitment for operand in operands), key=_ORDER_OF_COMMITMENT.index)
    told = tuple(dict.fromkeys(why for operand in operands for why in operand.inferred))
    made = {"formula": how, "operands": operands, "commitment": least, "inferred": told}
    return operands[0].model_copy(update={**own, **made})
