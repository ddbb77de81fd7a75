"""The formula of an estimate: plus, minus, times, divided by, over named inputs; nothing else, and never `eval`."""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable, Mapping
from fractions import Fraction

LONGEST = 300
TOO_LARGE = 10**18
_WORKINGS: dict[type[ast.operator], tuple[Callable[[Fraction, Fraction], Fraction], str]] = {
    ast.Add: (operator.add, "+"),
    ast.Sub: (operator.sub, "−"),
    ast.Mult: (operator.mul, "×"),
    ast.Div: (operator.truediv, "÷"),
}


class UnableToWorkOut(ValueError):
    """Why a formula gives no value, in a sentence for the screen."""


def names_in(formula: str) -> tuple[str, ...]:
    """The names a formula uses, in the order of the text.

    >>> names_in("households * (rate + rate) / 1000")
    ('households', 'rate')
    """
    found = [node for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Name)]
    return tuple(dict.fromkeys(node.id for node in sorted(found, key=lambda node: node.col_offset)))


def worked_out(formula: str, inputs: Mapping[str, Fraction]) -> Fraction:
    """The value of a formula, exactly. Raises UnableToWorkOut.

    It is raised for an unknown name, anything but + - * /, division by nought, and a value too large to be printed.

    >>> worked_out("a * b / 100", {"a": Fraction(250), "b": Fraction(3)})
    Fraction(15, 2)
    >>> worked_out("__import__('os')", {})
    Traceback (most recent call last):
    wardwell.assessment.rules.formulas.UnableToWorkOut: A formula may use names, numbers, brackets and + - * / only.
    """
    value = _value(_parsed(formula).body, inputs)
    if abs(value) >= TOO_LARGE:
        raise UnableToWorkOut("The value of the formula is too large to be printed.")
    return value


def written(formula: str) -> str:
    """A formula as it is printed.

    >>> written("a*(b - 2)/100")
    'a × (b − 2) ÷ 100'
    """
    return _written(_parsed(formula).body)


def _parsed(formula: str) -> ast.Expression:
    if len(formula) > LONGEST:
        raise UnableToWorkOut(f"A formula has at most {LONGEST} characters.")
    try:
        # Python warns of what it reads but would not write, such as 1if; whether it is a formula is decided below.
        with warnings.catch_warnings(action="ignore", category=SyntaxWarning):
            return ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise UnableToWorkOut(f"“{formula}” cannot be read as a formula.") from problem


def _value(node: ast.expr, inputs: Mapping[str, Fraction]) -> Fraction:
    if isinstance(node, ast.BinOp) and type(node.op) in _WORKINGS:
        left, right = _value(node.left, inputs), _value(node.right, inputs)
        if isinstance(node.op, ast.Div) and right == 0:
            raise UnableToWorkOut("The formula divides by nought.")
        return _WORKINGS[type(node.op)][0](left, right)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, inputs)
    if isinstance(node, ast.Name):
        if node.id not in inputs:
            raise UnableToWorkOut(f"The formula uses “{node.id}”, which is not among its inputs.")
        return inputs[node.id]
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        if abs(node.value) >= TOO_LARGE:
            raise UnableToWorkOut("A number in the formula is too large to be printed.")
        return Fraction(str(node.value))
    raise UnableToWorkOut("A formula may use names, numbers, brackets and + - * / only.")


def _written(node: ast.expr, within: bool = False) -> str:
    if isinstance(node, ast.BinOp) and type(node.op) in _WORKINGS:
        sums = isinstance(node.op, ast.Add | ast.Sub)
        right_inside = not isinstance(node.op, ast.Add) and isinstance(node.right, ast.BinOp)
        right = _written(node.right)
        right = f"({right})" if right_inside else right
        text = f"{_written(node.left, not sums)} {_WORKINGS[type(node.op)][1]} {right}"
        return f"({text})" if within and sums else text
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return f"−{_written(node.operand, True)}"
    if isinstance(node, ast.Name | ast.Constant):
        return ast.unparse(node)
    raise UnableToWorkOut("A formula may use names, numbers, brackets and + - * / only.")
