"""Addresses of evidence."""

from django.urls import path

from wardwell.web.evidence import kept, sending, supply

urlpatterns = [
    path("", supply.evidence, name="evidence"),
    path("/datasets/<slug:code>", supply.dataset, name="evidence_dataset"),
    path("/send", sending.send, name="evidence_send"),
    path("/submissions", sending.submissions, name="evidence_submissions"),
    path("/submissions/<uuid:submission_id>", sending.submission, name="evidence_submission"),
    path("/snapshots/<uuid:snapshot_id>", kept.snapshot, name="evidence_snapshot"),
    path("/snapshots/<uuid:snapshot_id>/reconciliation.csv", kept.reconciliation, name="evidence_reconciliation"),
    path("/snapshots/<uuid:snapshot_id>/quarantine", kept.quarantine, name="evidence_quarantine"),
    path("/snapshots/<uuid:snapshot_id>/rows", kept.rows, name="evidence_rows"),
    path("/files/<str:sha256>", kept.file, name="evidence_file"),
]
