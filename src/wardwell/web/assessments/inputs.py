"""The inputs of an estimate as they are typed: one on each line, a name, a number, what it is and where it is from."""

from __future__ import annotations

import re

from wardwell.assessment.rules.sourced import Input

_LINE = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>\{\{.*?\}\}|[^;]+?)\s*;(?P<rest>.*)\Z")
_NUMBER_OF_A_FIGURE = re.compile(r"\{\{\s*(?P<figure>[a-z0-9-]+)\.(?P<fact>[a-z0-9_]+)\s*\}\}\Z")

GRAMMAR = (
    "One on each line: name = number; what it is; where it is from. A number of a figure stands in double braces and needs no "
    "source. For example: residents = {{ crime-rate.residents }}; people who live here"
)


class UnableToReadInputs(ValueError):
    """A line is not an input; the message says which, and how one is written."""


def inputs_of(text: str) -> tuple[Input, ...]:
    """The inputs in a text. Raises UnableToReadInputs.

    >>> [one.name for one in inputs_of("people = {{ crime-rate.residents }}; residents")]
    ['people']
    >>> inputs_of("cost = 1,200; pounds a burglary; Home Office 2018")[0].source
    'Home Office 2018'
    >>> inputs_of("cost: 1200")
    Traceback (most recent call last):
    wardwell.web.assessments.inputs.UnableToReadInputs: “cost: 1200” is not understood. Write: name = number; what it is; source.
    """
    return tuple(_input(line.strip()) for line in text.splitlines() if line.strip())


def _input(line: str) -> Input:
    found = _LINE.match(line)
    if found is None:
        raise UnableToReadInputs(f"“{line}” is not understood. Write: name = number; what it is; source.")
    meaning, _, source = (part.strip() for part in found["rest"].partition(";"))
    cited = _NUMBER_OF_A_FIGURE.match(found["value"])
    if cited:
        return Input(found["name"], meaning, None, figure=cited["figure"], fact=cited["fact"])
    return Input(found["name"], meaning, found["value"], source=source)
