"""The job that takes in what was sent in by the browser, in the name of whoever sent it; and the one that looks after it."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from wardwell.access.queries import actor_for
from wardwell.evidence import operations
from wardwell.evidence.handing_on import TASK

QUEUE = "imports"
STALLED_AFTER_SECONDS = 60


@app.task(
    name=TASK,
    queue=QUEUE,
    retry=RetryStrategy(max_attempts=5, exponential_wait=5, retry_exceptions=(operations.UnableToTakeIn,)),
)
def take_in_submission(submission: str, worker: str, partnership: str) -> None:
    """Take a submission in. Its arguments are keys only: the tables of jobs are behind no wall.

    The sender's own access is asked for again at this moment; whoever has lost it since has nothing taken in.
    """
    at = timezone.now()
    actor = actor_for(worker_id=UUID(worker), at=at, partnership_code=partnership)
    operations.take_in(actor=actor, at=at, submission_id=UUID(submission))


@app.periodic(cron="*/5 * * * *")
@app.task(name="evidence: hand on again what a killed worker left", queue=QUEUE, queueing_lock="stalled imports")
async def hand_on_stalled(timestamp: int) -> None:
    """Let the jobs of a worker that was killed run again: taking in is safe to run twice."""
    stalled = await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=STALLED_AFTER_SECONDS)
    for job in stalled:
        await app.job_manager.retry_job(job)
