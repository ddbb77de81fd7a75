"""Words that a published assessment explains to its readers, where it uses them."""

from __future__ import annotations

from wardwell.publication.documents.document import Term

TERMS = (
    Term(
        "95% interval",
        "The range within which the true rate or change would lie in 19 of 20 years like this one, if nothing but chance moved "
        "the count.",
    ),
    Term(
        "Anti-social behaviour",
        "Incidents that the police publish beside crimes. They are not crimes and are never added to them.",
    ),
    Term("Crime", "An offence as the police recorded and published it. Much crime is not reported and not counted."),
    Term("LSOA", "Lower layer Super Output Area: a neighbourhood of about 1,500 residents, drawn for statistics."),
    Term(
        "Not significantly different",
        "The counts differ by no more than chance and the ordinary variation of months would explain.",
    ),
    Term("Priority Area", "A neighbourhood in which the partnership works first."),
    Term("Quotient", "An area's share of the crimes divided by its share of the residents: 1 is as many as elsewhere."),
    Term("Rate", "Crimes for every 1,000 residents in a year, so that places of different size can be compared."),
    Term("Resident", "Somebody whose usual home was here on census day."),
    Term("Ward", "An area that elects councillors, with its boundaries of the year named."),
)


def terms_in(text: str) -> tuple[Term, ...]:
    """The terms that a text uses, in whatever case.

    >>> [term.word for term in terms_in("In every ward the rate fell.")]
    ['Rate', 'Ward']
    """
    words = text.casefold()
    return tuple(term for term in TERMS if term.word.casefold() in words)
