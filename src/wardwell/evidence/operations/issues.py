"""What looks wrong with the evidence is found, looked into, and closed with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wardstats import Finding, Reader, UnableToCompute, findings
from wardwell.access.actor import Actor
from wardwell.access.queries import partnership
from wardwell.audit.gate import Done, operation
from wardwell.evidence.models import Issue
from wardwell.evidence.queries import evidence
from wardwell.evidence.rules import CLOSED, IssueState, counted, state_when_seen_again


class UnableToChangeIssue(ValueError):
    """Why an issue cannot be changed so, in a sentence for the screen."""


@operation(verb="add", kind="evidence.Issue")
def look_for_issues(*, actor: Actor, at: datetime) -> Done[int]:
    """Go through the whole of the evidence by every rule. Returns how many issues are new or open again.

    An issue that the rules no longer find, and that nobody has closed, is closed as mended: the evidence has changed.

    Raises UnableToChangeIssue when the evidence cannot be read as one district's.
    """
    here = partnership(actor)
    try:
        found = findings(Reader(evidence(actor), here.lad_code if here else None))
    except UnableToCompute as reason:
        raise UnableToChangeIssue(str(reason)) from reason
    known = {row.key: row for row in Issue.objects.visible_to(actor).filter(partnership_id=actor.here)}
    new = [_issue(actor, at, one) for one in found if one.key not in known]
    Issue.objects.visible_to(actor).bulk_create(new)
    seen = [(known[one.key], one) for one in found if one.key in known]
    again = sum(_seen_again(row, one, at) for row, one in seen)
    gone = [row for key, row in known.items() if key not in {one.key for one in found} and row.closed_at is None]
    for row in gone:
        _close(row, IssueState.MENDED, "The rules no longer find it.", at)
    Issue.objects.visible_to(actor).bulk_update(
        [*(row for row, _one in seen), *gone],
        ["sentence", "period_until", "state", "seen_at", "closed_at", "reason"],
        batch_size=1000,
    )
    says = f"looked for what is wrong with the evidence: {counted(len(new), 'new issue')}"
    says += f", {again} open again, {len(gone)} no longer found"
    return Done(actor.here, says, len(new) + again)


@operation(verb="change", kind="evidence.Issue")
def take_up_issue(*, actor: Actor, at: datetime, issue_id: UUID) -> Done[None]:
    """The actor looks into an issue from now on, whoever did before.

    Raises UnableToChangeIssue for an issue that the actor does not see, or one that is closed.
    """
    row = _open(actor, issue_id)
    row.state, row.owner_id = IssueState.LOOKED_INTO, actor.worker_id
    row.save(update_fields=["state", "owner"])
    return Done(row.id, f"looks into an issue: {row.sentence}", None)


@operation(verb="change", kind="evidence.Issue")
def close_issue(*, actor: Actor, at: datetime, issue_id: UUID, state: IssueState, reason: str) -> Done[None]:
    """Close an issue as explained, mended or no fault, with the reason that the next analyst will read.

    Raises UnableToChangeIssue for an issue that is closed or not seen, without a reason, or for a state that closes nothing.
    """
    row = _open(actor, issue_id)
    if state not in CLOSED or not reason.strip():
        raise UnableToChangeIssue("An issue is closed as explained, mended or no fault, with a reason.")
    _close(row, state, reason.strip(), at)
    row.owner_id = row.owner_id or actor.worker_id
    row.save(update_fields=["state", "owner", "closed_at", "reason"])
    return Done(row.id, f"closed an issue as {state}: {row.sentence} {reason.strip()}", None)


@operation(verb="change", kind="evidence.Issue")
def reopen_issue(*, actor: Actor, at: datetime, issue_id: UUID) -> Done[None]:
    """Open a closed issue again. Raises UnableToChangeIssue for one that is open or not seen."""
    row = _issue_of(actor, issue_id)
    if row.closed_at is None:
        raise UnableToChangeIssue("This issue is open already.")
    row.state, row.closed_at, row.reason = IssueState.OPEN, None, ""
    row.save(update_fields=["state", "closed_at", "reason"])
    return Done(row.id, f"opened an issue again: {row.sentence}", None)


def _issue_of(actor: Actor, issue_id: UUID) -> Issue:
    row = Issue.objects.visible_to(actor).filter(id=issue_id, partnership_id=actor.here).select_for_update().first()
    if row is None:
        raise UnableToChangeIssue("There is no such issue.")
    return row


def _open(actor: Actor, issue_id: UUID) -> Issue:
    row = _issue_of(actor, issue_id)
    if row.closed_at is not None:
        raise UnableToChangeIssue(f"This issue is closed as {row.state}. Open it again first.")
    return row


def _issue(actor: Actor, at: datetime, one: Finding) -> Issue:
    return Issue(
        partnership_id=actor.here,
        key=one.key,
        fault=one.fault.name,
        area_code=one.area_code,
        area_name=one.area_name,
        crime_type=one.crime_type or "",
        period_from=one.period.since,
        period_until=one.period.until,
        sentence=one.sentence,
        state=IssueState.OPEN,
        found_at=at,
        seen_at=at,
    )


def _seen_again(row: Issue, one: Finding, at: datetime) -> bool:
    """Write down that it was found again; whether that opens it again."""
    before = IssueState(row.state)
    row.sentence, row.period_until, row.seen_at = one.sentence, one.period.until, at
    row.state = state_when_seen_again(before)
    if row.state != before:
        row.closed_at, row.reason = None, ""
    return row.state != before


def _close(row: Issue, state: IssueState, reason: str, at: datetime) -> None:
    row.state, row.closed_at, row.reason = state, at, reason
