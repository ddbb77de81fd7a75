"""The Board as everybody may see it: seats by side, which are filled, and the statutory share."""

from __future__ import annotations

from wardwell.meetings.queries import BoardView, SeatView
from wardwell.web.components import Column, Component, Details, Fact, Facts, Panel, Paragraph, Table, Tag

RULE = "The partnership's own rule since July 2013: fewer than half of the filled seats are statutory."

SEATS = Table[SeatView](
    caption="Seats of the Board",
    is_caption_hidden=True,
    columns=(
        Column(name="line", label="Seat"),
        Column(name="side", label="Side", value=lambda row: row.side.capitalize()),
        Column(
            name="is_filled",
            label="Filled",
            kind="flag",
            tag=lambda row: None if row.is_filled else Tag("Vacant", "yellow"),
        ),
        Column(
            name="agencies",
            label="Held by",
            value=lambda row: "; ".join((*row.agencies, *([row.area] if row.area else []))),
        ),
    ),
)


def share_in_words(seats: BoardView) -> str:
    """Statutory seats among the filled ones, as printed: "8 of 17 filled (47%)"."""
    if seats.mix.share is None:
        return "no seat is filled"
    return f"{seats.mix.statutory} of {seats.mix.filled} filled ({float(seats.mix.share):.0%})"


def board_panel(seats: BoardView) -> Panel:
    """The Board under its name, with where it is known from: numbers of seats were chosen by us, and that is said."""
    facts = [
        Fact(label="Statutory seats", value=share_in_words(seats), note=RULE),
        Fact(label="Vacant", value=str(seats.mix.vacant)),
    ]
    contents: list[Component] = [Facts(facts), SEATS.of(seats.seats), *_known_from(seats)]
    return Panel(heading=seats.name, level=3, contents=contents)


def _known_from(seats: BoardView) -> list[Component]:
    bases = dict.fromkeys(seat.basis for seat in seats.seats if seat.basis)
    notes = dict.fromkeys(f"{seat.line}: {seat.note}" for seat in seats.seats if seat.note)
    words: list[Component] = [Paragraph.of(basis[:1].upper() + basis[1:]) for basis in bases]
    illustrative = [Tag("Part illustrative", "purple")] if any("illustrative" in basis for basis in bases) else []
    marked: list[Component] = [Paragraph((tag,)) for tag in illustrative]
    return [*marked, Details("Where this is known from", [*words, *(Paragraph.of(note) for note in notes)])]
