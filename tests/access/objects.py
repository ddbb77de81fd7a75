"""What each address of the matrix is about: a function that gives the parts of its path, made in the world if need be.

A new address about one thing gets a function here; addresses without one have no parts. `SENT` is what is posted where an
empty form would not do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests import holding, writing
from tests.world import World
from wardwell.access.queries import grants
from wardwell.assessment import operations as assessing
from wardwell.assessment import queries as assessments
from wardwell.evidence import operations as evidence_operations
from wardwell.evidence import queries as evidence

Parts = dict[str, Any]


def _anils_grant(world: World) -> Parts:
    held = grants(world.actor("maya"))
    return {"grant_id": next(one.id for one in held if one.worker_id == world.workers["anil"])}


def _held(world: World) -> None:
    """Safer Wolverhampton holds its evidence, from now on."""
    anil = world.actor("anil")
    if not evidence.datasets(anil):
        holding.keep_evidence(anil, at=anil.at)


def _dataset(world: World) -> Parts:
    _held(world)
    return {"code": "counts"}


def _period(world: World) -> Parts:
    """A month that is expected of the police and has not come."""
    _held(world)
    holding.expect_counts(world.actor("anil"), at=world.at)
    return {"code": "counts", "month": "2025-11"}


def _submission(world: World) -> Parts:
    _held(world)
    return {"submission_id": evidence.submissions(world.actor("anil"))[0].id}


def _snapshot(world: World) -> Parts:
    _held(world)
    return {"snapshot_id": evidence.snapshots(world.actor("anil"), dataset_code="counts").snapshots[0].id}


def _issue(world: World) -> Parts:
    _held(world)
    anil = world.actor("anil")
    evidence_operations.look_for_issues(actor=anil, at=anil.at)
    return {"issue_id": evidence.issues(anil)[0].id}


def _break(world: World) -> Parts:
    _held(world)
    holding.record_a_break(world.actor("anil"))
    return {"code": "burglary-recording"}


def _file(world: World) -> Parts:
    _held(world)
    return {"sha256": evidence.snapshots(world.actor("anil"), dataset_code="counts").snapshots[0].sha256}


def _by_month(world: World) -> Parts:
    _held(world)
    return {"name": "by-month"}


def _ward(world: World) -> Parts:
    _held(world)
    return {"code": "E05014839"}


def _saved(world: World) -> Parts:
    """A question that Anil saved, on the list."""
    anil = world.actor("anil")
    found = assessments.saved_questions(anil)
    if found:
        return {"question_id": found[0].id}
    kept = assessing.save_question(
        actor=anil,
        at=anil.at,
        name="Burglary by month",
        asked={"type": "Burglary"},
        in_words="burglary in Wolverhampton",
    )
    return {"question_id": kept}


def _saved_and_removed(world: World) -> Parts:
    parts, anil = _saved(world), world.actor("anil")
    assessing.remove_question(actor=anil, at=anil.at, **parts)
    return parts


def _held_alone(world: World) -> Parts:
    _held(world)
    return {}


def _draft_and_saved(world: World) -> Parts:
    _held(world)
    _saved(world)
    return _draft(world)


def _draft(world: World) -> Parts:
    return {"assessment_id": writing.draft_by_hand(world)}


def _finding(world: World, heading: str = "Who lives here") -> Parts:
    parts = _draft(world)
    view = assessments.assessment(world.actor("anil"), **parts)
    assert view is not None
    found = (one for item in view.items for one in item.findings if one.heading == heading)
    return {**parts, "finding_id": next(found).id}


def _moved(world: World) -> Parts:
    return {**_finding(world), "way": "down"}


def _typed(world: World) -> Parts:
    return _finding(world, "Who works here")


def _removed(world: World) -> Parts:
    parts = _finding(world, "Who works here")
    anil = world.actor("anil")
    assessing.remove_finding(actor=anil, at=anil.at, finding_id=parts["finding_id"])
    return parts


def _head(world: World) -> Parts:
    return {**_draft(world), "code": "reasons"}


def _cited(world: World) -> Parts:
    return {**_draft(world), "slug": writing.CITED}


def _spare(world: World) -> Parts:
    return {**_draft(world), "slug": writing.SPARE}


def _drawn(world: World) -> Parts:
    """A figure with a picture: that takes evidence."""
    _held(world)
    anil = world.actor("anil")
    parts = _draft(world)
    view = assessments.assessment(anil, **parts)
    assert view is not None
    if all(one.slug != "by-type" for one in view.figures):
        assessing.add_figure(
            actor=anil, at=anil.at, slug="by-type", measure="crime-by-type", parameters={}, title="By type", **parts
        )
    return {**parts, "slug": "by-type"}


def _in_review(world: World) -> Parts:
    return {"assessment_id": writing.in_review_by_hand(world)}


def _signed_off(world: World) -> Parts:
    return {"assessment_id": writing.signed_off_by_hand(world)}


def _release(world: World) -> Parts:
    return {"reference": writing.release_by_hand(world)}


def _document(world: World) -> Parts:
    return {"code": "swp", **_release(world)}


OBJECTS: dict[str, Callable[[World], Parts]] = {
    "partnership": lambda world: {"code": "swp"},
    "end_access": _anils_grant,
    "evidence_dataset": _dataset,
    "evidence_describe": _dataset,
    "evidence_period": _period,
    "evidence_chase": _period,
    "evidence_excuse": _period,
    "evidence_template_csv": _dataset,
    "evidence_template_xlsx": _dataset,
    "evidence_mapping": _dataset,
    "evidence_submission": _submission,
    "evidence_snapshot": _snapshot,
    "evidence_reconciliation": _snapshot,
    "evidence_quarantine": _snapshot,
    "evidence_rows": _snapshot,
    "evidence_file": _file,
    "evidence_issue": _issue,
    "evidence_take_up": _issue,
    "evidence_break": _break,
    "explorer_boundaries": lambda world: {"district": "E08000031", "level": "ward25"},
    "explorer_picture": _by_month,
    "explorer_drawing": _by_month,
    "explorer_image": _by_month,
    "explorer_workbook": _by_month,
    "explorer_csv": _by_month,
    "explorer_metadata": _by_month,
    "explorer_save": _held_alone,
    "explorer_saved_one": _saved,
    "explorer_saved_remove": _saved,
    "explorer_saved_restore": _saved_and_removed,
    "explorer_ward": _ward,
    "figure_from_saved": _draft_and_saved,
    "identity_sheet": lambda world: {"colour": "12394a"},
    **dict.fromkeys(
        (
            "assessment",
            "assessment_edit",
            "assessment_submit",
            "figure_add",
            "figure_cite",
            "figure_estimate",
            "figures_compute_again",
        ),
        _draft,
    ),
    "absence": _head,
    "finding_new": _head,
    "finding": _finding,
    "finding_move": _moved,
    "finding_remove": _finding,
    "finding_restore": _removed,
    "finding_number": _typed,
    "assessment_figure": _cited,
    "assessment_figure_picture": _drawn,
    "assessment_figure_numbers": _cited,
    "assessment_figure_copy": _cited,
    "figure_compute_again": _cited,
    "figure_leave": _cited,
    "figure_remove": _spare,
    "assessment_return": _in_review,
    "assessment_sign_off": _in_review,
    "assessment_revise": _signed_off,
    "publish": _signed_off,
    "release": _release,
    "release_verify": _release,
    "release_withdraw": _release,
    "published_documents": lambda world: {"code": "swp"},
    "published_document": _document,
    "published_figure": lambda world: {**_document(world), "slug": writing.CITED},
    "published_file": lambda world: {**_document(world), "name": f"data/{writing.CITED}.csv"},
}

SENT: dict[str, dict[str, str]] = {
    "work_for": {"partnership": "swp"},
    "explorer_save": {"name": "Everything"},
    "explorer_saved_one": {"name": "Burglary by month"},
}
