"""The text of a finding: plain paragraphs, in which every number comes from a figure.

`{{ slug.fact }}` prints one number of a figure; `{{ figure slug }}` on a line of its own places the whole figure there. A number
typed by hand is found and shown to its author: it is cited from a figure, or somebody says why it stands there by itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_TOKEN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_FACT = re.compile(rf"\s*({SLUG})\.([a-z0-9_]+)\s*\Z")
_PLACE = re.compile(rf"\s*figure\s+({SLUG})\s*\Z")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words as the author typed them."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a figure."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """The place where a whole figure goes."""

    slug: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """Something between double braces that is neither a number of a figure nor a figure; or braces that do not match."""

    text: str


Part = Words | Fact | Place | Malformed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, in parts."""

    parts: tuple[Part, ...]

    @property
    def places(self) -> tuple[str, ...]:
        """Slugs of the figures placed in this paragraph."""
        return tuple(part.slug for part in self.parts if isinstance(part, Place))


class Figure(Protocol):
    """What a text needs of a figure: its numbers as they may be printed (a suppressed one prints as `[c]`)."""

    def fact(self, name: str) -> str: ...

    @property
    def facts(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a text that its author must put right, with the words it is about."""

    kind: str  # "malformed" | "unknown figure" | "unknown number"
    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number typed by hand, and the sentence it stands in (with the tokens as typed)."""

    number: str
    sentence: str


def parse(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text. Nothing is lost: what is not understood is `Malformed`.

    >>> parse("There were {{ crime.total }} crimes.")[0].parts
    (Words(text='There were '), Fact(slug='crime', name='total'), Words(text=' crimes.'))
    >>> parse("One.\\n\\n{{ figure crime }}")[1].places
    ('crime',)
    >>> parse("{{ crime }")[0].parts
    (Malformed(text='{{ crime }'),)
    """
    blocks = (block.strip() for block in _BLANK_LINE.split(text.replace("\r\n", "\n")))
    return tuple(Paragraph(tuple(_parts(block))) for block in blocks if block)


def _parts(block: str) -> Iterable[Part]:
    end = 0
    for found in _TOKEN.finditer(block):
        if found.start() > end:
            yield _words(block[end : found.start()])
        yield _token(found.group(1), found.group(0))
        end = found.end()
    if end < len(block):
        yield _words(block[end:])


def _words(text: str) -> Part:
    return Malformed(text) if "{{" in text or "}}" in text else Words(text)


def _token(inner: str, whole: str) -> Part:
    if fact := _FACT.match(inner):
        return Fact(fact.group(1), fact.group(2))
    if place := _PLACE.match(inner):
        return Place(place.group(1))
    return Malformed(whole)


def figures_named(text: str) -> frozenset[str]:
    """Slugs of every figure that a text prints or places.

    >>> sorted(figures_named("{{ a.total }} and {{ figure b }}"))
    ['a', 'b']
    """
    return frozenset(
        part.slug for paragraph in parse(text) for part in paragraph.parts if isinstance(part, Fact | Place)
    )


def as_numbered(texts: Iterable[str], slugs: Sequence[str], inputs: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Figures in the order of their printed numbers, in the draft as in what is published: as the texts place them, then those
    that a text takes numbers from, directly or through an estimate's `inputs`, then those that nobody uses.

    >>> as_numbered(["{{ a.total }} {{ figure c }}", "{{ figure b }}"], ["unused", "a", "b", "c"], {})
    ('c', 'b', 'a', 'unused')
    """
    texts = tuple(texts)
    places = [slug for text in texts for paragraph in parse(text) for slug in paragraph.places]
    named = frozenset[str]().union(*(figures_named(text) for text in texts))
    named |= {each for slug in named for each in inputs.get(slug, ())}
    ranked = {slug: at for at, slug in enumerate(dict.fromkeys(places))}
    return tuple(sorted(slugs, key=lambda slug: (ranked.get(slug, len(ranked)), slug not in named)))


def problems(text: str, facts: Mapping[str, Collection[str]]) -> tuple[Problem, ...]:
    """What does not hold in a text, given the figures there are and the names of their numbers.

    >>> problems("{{ crime.totl }} {{ figure robbery }}", {"crime": ["total"]})[0].sentence
    'The figure “crime” has no number “totl”: it has total.'
    """
    parts = [part for paragraph in parse(text) for part in paragraph.parts]
    return tuple(problem for part in parts if (problem := _problem(part, facts)))


def _problem(part: Part, facts: Mapping[str, Collection[str]]) -> Problem | None:
    if isinstance(part, Malformed):
        sentence = f"“{part.text}” is not understood. Write {{{{ slug.number }}}} or {{{{ figure slug }}}}."
        return Problem("malformed", part.text, sentence)
    if isinstance(part, Words):
        return None
    if part.slug not in facts:
        return Problem("unknown figure", part.slug, f"There is no figure “{part.slug}” in this assessment.")
    if isinstance(part, Fact) and part.name not in facts[part.slug]:
        known = ", ".join(sorted(facts[part.slug])) or "none"
        sentence = f"The figure “{part.slug}” has no number “{part.name}”: it has {known}."
        return Problem("unknown number", f"{part.slug}.{part.name}", sentence)
    return None


@dataclass(frozen=True, slots=True)
class Printed:
    """A piece of a finding ready to be printed: a paragraph of words, or the figure that goes here."""

    kind: str  # "paragraph" | "figure"
    text: str = ""
    slug: str = ""


def printed(text: str, figures: Mapping[str, Figure]) -> tuple[Printed, ...]:
    """A text with its numbers filled in from disclosed figures. A token that names nothing stays as typed, to be seen.

    Numbers come only through `Figure.fact`, so that whatever disclosure holds back is held back here too.
    """
    pieces: list[Printed] = []
    for paragraph in parse(text):
        words: list[str] = []
        for part in paragraph.parts:
            if isinstance(part, Place) and part.slug in figures:
                pieces += _flushed(words)
                words = []
                pieces.append(Printed("figure", slug=part.slug))
            else:
                words.append(_printed_part(part, figures))
        pieces += _flushed(words)
    return tuple(pieces)


def _flushed(words: list[str]) -> list[Printed]:
    text = " ".join("".join(words).split())
    return [Printed("paragraph", text=text)] if text else []


def _printed_part(part: Part, figures: Mapping[str, Figure]) -> str:
    if isinstance(part, Words | Malformed):
        return part.text
    if isinstance(part, Place):
        return f"{{{{ figure {part.slug} }}}}"
    figure = figures.get(part.slug)
    if figure is None or part.name not in figure.facts:
        return f"{{{{ {part.slug}.{part.name} }}}}"
    return figure.fact(part.name)


# -- Numbers typed by hand ------------------------------------------------------------------------------------------------

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_COUNTED = (
    r"(?:crimes?|offences?|offenders?|incidents?|burglar\w+|robber\w+|thefts?|reports?|records?|people|persons|residents?"
    r"|victims?|cases?|calls?|households?|vehicles?|assaults?|per\s+cent|percent|times)"
)
_YEAR = rf"(?:19|20)\d\d(?!\d)(?:\s*[-–/]\s*(?:(?:19|20)?\d\d)(?!\d))?(?!\s+{_COUNTED}\b)(?![.,]\d)(?!\s*%)"
_ALLOWED = re.compile(
    rf"""
      \b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b(?:\s+(?:19|20)\d\d)?       # 31 January 2023
    | \b{_MONTH}\s+(?:19|20)\d\d\b                                        # January 2023
    | \b(?:19|20)\d\d-\d\d(?:-\d\d)?\b(?![.,]\d)                          # 2023-01, 2023-01-31, 2014-17
    | (?<![\w.,£$€])(?<!\d\s){_YEAR}                                      # 2023, 2014/15; not 2014 burglaries
    | \b\d{{1,2}}\s+months\s+(?:to|ending|until|from|before|after|of|earlier)\b   # the 12 months to October
    | \b(?:per|every|each)\s+1,?000(?:,000)?\s+\w+                           # per 1,000 residents
    | \b9[059](?:\.\d)?\s?%\s+(?:confidence\s+)?(?:intervals?|limits?)\b       # 95% interval
    | \b(?:[Ss]ections?|[Rr]egulations?|[Aa]rticles?|[Ss]chedules?|s\.|reg\.)\s*\d+[A-Z]*(?:\(\w+\))*    # section 17A
    """,
    re.VERBOSE,
)
_SPELT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half|third|thirds|quarter|quarters|tenths"
)
_NUMBER = re.compile(
    rf"""
      (?<![\w.,])[£$€]?\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s?%|\s?(?:per\s+cent|percent|times|thousand|million|bn|m|k)\b|(?![\w]))
    | \b(?:{_SPELT})(?:[\s-](?:{_SPELT}))*(?:\s+(?:per\s+cent|percent|times|thousand|million)|\s+in\s+(?:{_SPELT}))\b
    | \b(?:doubled|trebled|tripled|quadrupled|halved)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def typed_numbers(text: str) -> tuple[TypedNumber, ...]:
    """Numbers that somebody typed and no figure gives. Years, dates, periods and sections of law are not among them.

    >>> [one.number for one in typed_numbers("In 2025 there were 1,204 crimes, 12% more than in 2014/15.")]
    ['1,204', '12%']
    >>> typed_numbers("On 31 January 2023, in the 12 months to October 2025: {{ crime.total }} (section 17A).")
    ()
    >>> [one.number for one in typed_numbers("Burglary doubled; two in ten were repeats. LSOA E01010435, Wolverhampton 020F.")]
    ['doubled', 'two in ten']
    """
    return tuple(
        TypedNumber(found.group(0).strip(), sentence)
        for sentence in _sentences(text)
        for found in _NUMBER.finditer(_without_what_is_allowed(sentence))
    )


def _sentences(text: str) -> list[str]:
    blocks = _BLANK_LINE.split(text.replace("\r\n", "\n"))
    return [" ".join(one.split()) for block in blocks for one in _SENTENCE_END.split(block.strip()) if one.strip()]


def _without_what_is_allowed(sentence: str) -> str:
    without_tokens = _TOKEN.sub(lambda found: " " * len(found.group(0)), sentence)
    return _ALLOWED.sub(lambda found: "·" * len(found.group(0)), without_tokens)


def unexplained(text: str, explained: Collection[TypedNumber]) -> tuple[TypedNumber, ...]:
    """Typed numbers for which nobody has said why. A reason holds for the sentence it was given for: change it, and ask again.

    >>> number = typed_numbers("About 40 people came.")[0]
    >>> unexplained("About 40 people came.", [number]), len(unexplained("Some 40 people came.", [number]))
    ((), 1)
    """
    return tuple(number for number in typed_numbers(text) if number not in explained)
