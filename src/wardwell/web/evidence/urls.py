"""Addresses of evidence."""

from django.urls import path

from wardwell.web.evidence import (
    breaks,
    describing,
    expected,
    issues,
    kept,
    mapping,
    periods,
    portal,
    sending,
    supply,
    templates_given,
)

urlpatterns = [
    path("", portal.evidence, name="evidence"),
    path("/calendar", expected.calendar, name="evidence_calendar"),
    path("/timeliness", expected.timeliness, name="evidence_timeliness"),
    path("/datasets/<slug:code>", supply.dataset, name="evidence_dataset"),
    path("/datasets/<slug:code>/template.csv", templates_given.as_csv, name="evidence_template_csv"),
    path("/datasets/<slug:code>/template.xlsx", templates_given.as_workbook, name="evidence_template_xlsx"),
    path("/datasets/<slug:code>/mapping", mapping.mapping, name="evidence_mapping"),
    path("/datasets/<slug:code>/edit", describing.describe, name="evidence_describe"),
    path("/datasets/<slug:code>/periods/<str:month>", periods.period, name="evidence_period"),
    path("/datasets/<slug:code>/periods/<str:month>/chase", periods.chase, name="evidence_chase"),
    path("/datasets/<slug:code>/periods/<str:month>/excuse", periods.excuse, name="evidence_excuse"),
    path("/send", sending.send, name="evidence_send"),
    path("/submissions", sending.submissions, name="evidence_submissions"),
    path("/submissions/<uuid:submission_id>", sending.submission, name="evidence_submission"),
    path("/snapshots/<uuid:snapshot_id>", kept.snapshot, name="evidence_snapshot"),
    path("/snapshots/<uuid:snapshot_id>/reconciliation.csv", kept.reconciliation, name="evidence_reconciliation"),
    path("/snapshots/<uuid:snapshot_id>/quarantine", kept.quarantine, name="evidence_quarantine"),
    path("/snapshots/<uuid:snapshot_id>/rows", kept.rows, name="evidence_rows"),
    path("/issues", issues.issues, name="evidence_issues"),
    path("/issues/look", issues.look, name="evidence_look"),
    path("/issues/<uuid:issue_id>", issues.issue, name="evidence_issue"),
    path("/issues/<uuid:issue_id>/take-up", issues.take_up, name="evidence_take_up"),
    path("/breaks", breaks.breaks, name="evidence_breaks"),
    path("/breaks/record", breaks.record, name="evidence_record_break"),
    path("/breaks/<slug:code>", breaks.one_break, name="evidence_break"),
    path("/files/<str:sha256>", kept.file, name="evidence_file"),
]
