"""A submission is handed on to the job that reads it; `jobs.importing` has the job, known here by its name alone."""

from __future__ import annotations

from procrastinate.contrib.django import app

from wardwell.access.actor import Actor
from wardwell.access.queries import partnership
from wardwell.evidence.models import Submission

TASK = "evidence: take in a submission"


def hand_on(actor: Actor, submission: Submission) -> None:
    """Ask the job, by keys only, to take a submission in as its sender; undone with the transaction."""
    here = partnership(actor)
    app.configure_task(TASK, allow_unknown=True).defer(
        submission=str(submission.id), worker=str(submission.sent_by_id), partnership=here.code if here else ""
    )
