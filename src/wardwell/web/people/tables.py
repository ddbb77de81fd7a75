"""Who has access, as a table."""

from __future__ import annotations

from wardwell.access.queries import GrantView
from wardwell.web.components import Column, Empty, Table, Tag

COLUMNS = (
    Column[GrantView](name="worker_name", label="Name"),
    Column[GrantView](name="job_title", label="Works as"),
    Column[GrantView](name="role", label="Role"),
    Column[GrantView](name="reason", label="Why"),
    Column[GrantView](name="active_from", label="From", kind="date"),
    Column[GrantView](
        name="active_until", label="Until", kind="date", value=lambda row: row.active_until or "No end set"
    ),
    Column[GrantView](name="given_by", label="Given by"),
    Column[GrantView](
        name="is_synthetic",
        label="Person",
        value=lambda row: _sort_of_person(row),
        tag=lambda row: None if _sort_of_person(row) == "Real" else Tag(_sort_of_person(row), "grey"),
    ),
)

END = Column[GrantView](
    name="id",
    label="Change",
    value=lambda row: f"End {row.worker_name}’s access",
    link=lambda row: f"/people/{row.id}/end",
)

OWN = Table[GrantView](
    caption="The roles you hold",
    is_caption_hidden=True,
    columns=tuple(
        column for column in COLUMNS if column.name in {"role", "reason", "active_from", "active_until", "given_by"}
    ),
    empty=Empty(
        heading="You hold no role here", text="Without a role, nothing of the partnership’s work is shown to you."
    ),
)


def access_table(*, caption: str, can_end: bool) -> Table[GrantView]:
    """The table of who has access; with a way to end each, for whoever may."""
    empty = Empty(heading="Nobody", text="Nobody else’s access is shown to your role.")
    columns = (*COLUMNS, END) if can_end else COLUMNS
    return Table(caption=caption, columns=columns, empty=empty, is_caption_hidden=True)


def _sort_of_person(row: GrantView) -> str:
    if row.is_service:
        return "Service"
    return "Invented" if row.is_synthetic else "Real"
