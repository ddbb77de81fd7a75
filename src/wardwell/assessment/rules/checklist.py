"""What the law asks a strategic assessment to contain, as at a date.

Crime and Disorder (Formulation and Implementation of Strategy) Regulations 2007 (SI 2007/1830), in force 1 August 2007: the
partnership assesses its area once a year, under six heads. What the heads are *about* has grown with section 6 of the Crime and
Disorder Act 1998: re-offending joined on 1 April 2010 (Policing and Crime Act 2009, section 108), serious violence on
31 January 2023 (Police, Crime, Sentencing and Courts Act 2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

REGULATIONS = "Crime and Disorder (Formulation and Implementation of Strategy) Regulations 2007 (SI 2007/1830)"
IN_FORCE_FROM = date(2007, 8, 1)


@dataclass(frozen=True, slots=True)
class Subject:
    """Something the assessment must be about, from the date on which the law says so."""

    name: str
    active_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Head:
    """One head of the checklist: its wording for given subjects, and what may be said where nothing is known.

    `suggestion` is only ever offered: a reason becomes the partnership's own when somebody states it.
    """

    code: str
    name: str
    wording: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Item:
    """A head of the checklist as it reads at a date."""

    code: str
    name: str
    wording: str
    suggestion: str
    source: str = REGULATIONS


SUBJECTS = (
    Subject("crime and disorder, including anti-social behaviour", IN_FORCE_FROM, "Crime and Disorder Act 1998, s. 6"),
    Subject("substance misuse", IN_FORCE_FROM, "Crime and Disorder Act 1998, s. 6"),
    Subject("re-offending", date(2010, 4, 1), "Policing and Crime Act 2009, s. 108"),
    Subject("serious violence", date(2023, 1, 31), "Police, Crime, Sentencing and Courts Act 2022"),
)

HEADS = (
    Head(
        "levels-and-patterns",
        "Levels and patterns",
        "The levels and patterns of {subjects}.",
        "The partnership holds no evidence on levels and patterns for this period.",
    ),
    Head(
        "changes",
        "Changes since last time",
        "Changes in those levels and patterns since the last strategic assessment.",
        "The evidence does not reach back to the period of the last strategic assessment.",
    ),
    Head(
        "reasons",
        "Why the changes happened",
        "Why those changes have happened.",
        "Police counts show what was recorded and not why. The agencies have not yet been asked to explain the changes.",
    ),
    Head(
        "matters-to-prioritise",
        "Matters to prioritise",
        "The matters that the responsible authorities should prioritise.",
        "The evidence does not set any matter apart from the others in this period.",
    ),
    Head(
        "views-of-the-public",
        "What people think should be prioritised",
        "What people who live and work in the area think should be prioritised.",
        "No consultation has been held or recorded for this period. Police counts cannot answer this.",
    ),
    Head(
        "last-plan",
        "How far the last plan was carried out",
        "How far the partnership plan of the year before has been carried out.",
        "The progress of the last partnership plan is not recorded in this system yet. Police counts cannot answer this.",
    ),
)


def subjects(as_at: date) -> tuple[Subject, ...]:
    """What an assessment must be about, as at a date; nothing before the regulations came into force.

    >>> [subject.name for subject in subjects(date(2010, 3, 31))][1:]
    ['substance misuse']
    >>> [subject.name for subject in subjects(date(2023, 1, 31))][1:]
    ['substance misuse', 're-offending', 'serious violence']
    """
    return tuple(subject for subject in SUBJECTS if subject.active_from <= as_at)


def checklist(as_at: date) -> tuple[Item, ...]:
    """The six heads as they read at a date; none before 1 August 2007.

    >>> [item.code for item in checklist(date(2025, 12, 1))]
    ['levels-and-patterns', 'changes', 'reasons', 'matters-to-prioritise', 'views-of-the-public', 'last-plan']
    >>> checklist(date(2014, 4, 1))[0].wording
    'The levels and patterns of crime and disorder, including anti-social behaviour; substance misuse; and re-offending.'
    >>> checklist(date(2007, 7, 31))
    ()
    """
    names = [subject.name for subject in subjects(as_at)]
    if not names:
        return ()
    listed = "; ".join(names[:-1]) + f"; and {names[-1]}"
    return tuple(Item(head.code, head.name, head.wording.format(subjects=listed), head.suggestion) for head in HEADS)
