"""What holds for many figures, said once: the caveats they share, and the files and questions behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from string import ascii_uppercase

from wardstats import asked_in_words
from wardwell.publication.documents.document import Document, Figure, Source

SHARED_BY = 3
"""A caveat of fewer figures than this stands beside each of them."""


@dataclass(frozen=True, slots=True)
class SharedCaveat:
    """A caveat of several figures, and which they are; empty when it holds for every one that was counted."""

    sentence: str
    figures: str


@dataclass(frozen=True, slots=True)
class KeptFileView:
    """A file that figures were counted from, under the letter by which the figures name it."""

    letter: str
    name: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where one figure comes from: which files, which measure, asked what."""

    anchor: str
    number: str
    slug: str
    title: str
    files: str
    measure: str
    asked: str
    library: str


def shared_caveats(document: Document) -> tuple[SharedCaveat, ...]:
    """The caveats that three figures or more carry, in the order in which the figures bring them."""
    carried: dict[str, list[int]] = {}
    counted = [figure for figure in document.figures if figure.kind == "computed"]
    for figure in sorted(counted, key=lambda one: document.number_of(one.slug)):
        for caveat in figure.disclosed.caveats:
            carried.setdefault(caveat.sentence, []).append(document.number_of(figure.slug))
    return tuple(
        SharedCaveat(sentence, "" if len(numbers) == len(counted) else figures_in_words(numbers))
        for sentence, numbers in carried.items()
        if len(numbers) >= SHARED_BY
    )


def figures_in_words(numbers: Sequence[int]) -> str:
    """Numbers of figures, in ascending order, as a reader would list them.

    >>> figures_in_words([1, 3, 4, 5, 8]), figures_in_words([2])
    ('Figures 1, 3 to 5 and 8', 'Figure 2')
    """
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and stretches[-1][-1] == number - 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    said = [part for one in stretches for part in _stretch(one)]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"{'Figure' if len(numbers) == 1 else 'Figures'} {listed}"


def _stretch(numbers: Sequence[int]) -> list[str]:
    return [f"{numbers[0]} to {numbers[-1]}"] if len(numbers) > 2 else [str(number) for number in numbers]


def kept_files(document: Document) -> tuple[KeptFileView, ...]:
    """Every file behind a figure, lettered in the order in which the figures need them."""
    return tuple(
        KeptFileView(letter, f"{source.name}, {source.edition}", source.licence, source.sha256)
        for letter, source in _lettered(document).values()
    )


def origins(document: Document) -> tuple[OriginView, ...]:
    """Where each computed figure comes from, in the order of their numbers."""
    letters = {sha256: letter for sha256, (letter, _) in _lettered(document).items()}
    return tuple(_origin(document, figure, letters) for figure in _in_order(document) if figure.origin)


def _origin(document: Document, figure: Figure, letters: dict[str, str]) -> OriginView:
    assert figure.origin is not None  # noqa: S101  # only those that have one are asked for
    asked = [f"{name.lower()} {value}" for name, value in asked_in_words(figure.origin.parameters)]
    return OriginView(
        anchor=origin_anchor(figure.slug),
        number=str(document.number_of(figure.slug)),
        slug=figure.slug,
        title=figure.title,
        files=", ".join(sorted(letters[source.sha256] for source in figure.origin.sources)),
        measure=f"{figure.origin.measure}, version {figure.origin.version}",
        asked="; ".join(asked) or "nothing further",
        library=figure.origin.library,
    )


def origin_anchor(slug: str) -> str:
    """Where the annex says where a figure comes from."""
    return f"origin-{slug}"


def _lettered(document: Document) -> dict[str, tuple[str, Source]]:
    found: dict[str, tuple[str, Source]] = {}
    names = _letters()
    for figure in _in_order(document):
        for source in figure.origin.sources if figure.origin else ():
            if source.sha256 not in found:
                found[source.sha256] = (next(names), source)
    return found


def _letters() -> Iterator[str]:
    yield from ascii_uppercase
    yield from (f"A{number}" for number in count(1))


def _in_order(document: Document) -> list[Figure]:
    return sorted(document.figures, key=lambda figure: document.number_of(figure.slug))
