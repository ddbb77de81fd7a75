"""Evidence as PostgreSQL knows it: datasets, what was sent in, the immutable snapshots that were kept, and what is in them.

The rows themselves lie in Parquet files named by the digest of their bytes (`evidence.store`); nothing here repeats them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wardwell.access.protection import ProtectedModel
from wardwell.evidence.periods import DueRule, Sensitivity
from wardwell.evidence.rules import Cadence, IssueState, State, UnitOfFiles

CRIME_TABLES = ("street_crime", "area_month_counts")
OF_ITS_DATASET = ("dataset_id", "evidence.Dataset")


class Dataset(ProtectedModel):
    """A table of evidence that a partnership holds, with where it comes from and on what terms.

    `supplier` is the agency of which it is expected, and whose own people may see it; `gateway` the legal basis by which it
    comes. Periods are expected from `expected_from` on (none while that is empty), each by the day that `due_rule` gives.
    `table` names a contract of `wardstats.tables`. At most one dataset of crime a grain is `used_for_measures`: street rows
    and counts of the same months tell of the same crimes and must never be added up.
    """

    agency_column = "supplier_id"
    classification = {
        "operational": "id partnership code name table grain supplier source licence cadence due_days_after unit_of_files "
        "used_for_measures note prescribed_set publisher gateway due_rule expected_from expected_until is_sparse "
        "retention sensitivity known_faults is_synthetic described_at",
        "personal": "owner described_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField()
    name = models.CharField(max_length=200)
    table = models.CharField(max_length=40)
    grain = models.CharField("what one area is, such as LSOA", max_length=20, blank=True)
    supplier = models.ForeignKey("agencies.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField("statement of the source, as printed under a figure", max_length=300)
    licence = models.CharField(max_length=200)
    cadence = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Cadence])
    due_days_after = models.PositiveSmallIntegerField("days after the period's end by which it is expected", default=60)
    unit_of_files = models.CharField(max_length=40, choices=[(one.value, one.value) for one in UnitOfFiles])
    used_for_measures = models.BooleanField(default=True)
    note = models.TextField(blank=True)
    prescribed_set = models.CharField(
        "set that the law prescribes, by its code in wardstats", max_length=40, blank=True
    )
    publisher = models.CharField("who publishes it, where that is not the supplier", max_length=200, blank=True)
    gateway = models.CharField("legal basis by which it comes", max_length=300, blank=True)
    due_rule = models.CharField(
        max_length=40, choices=[(one.value, one.value) for one in DueRule], default=DueRule.DAYS_AFTER
    )
    expected_from = models.DateField("first day of the first period expected", null=True)
    expected_until = models.DateField("from when on nothing more is expected", null=True)
    is_sparse = models.BooleanField("a month without a row is no fault", default=False)
    owner = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    retention = models.CharField("how long it is kept, and why", max_length=300, blank=True)
    sensitivity = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in Sensitivity], default=Sensitivity.OPEN
    )
    known_faults = models.TextField("what is known to be wrong with it, one a line", blank=True)
    is_synthetic = models.BooleanField("invented for a demonstration", default=False)
    described_at = models.DateTimeField("when its description was last changed", null=True)
    described_by = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="one_dataset_a_code"),
            models.UniqueConstraint(
                fields=["partnership", "grain"],
                condition=Q(used_for_measures=True, table__in=CRIME_TABLES),
                name="one_dataset_of_crime_measured_a_grain",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Submission(ProtectedModel):
    """A file that somebody sent in, and what became of it.

    Exactly one of `spooled` (a copy below the spool folder, for what came through the browser) and `in_place` (a path on
    this machine, for what the command line named) says where it is read from; neither, of a health file that was refused before
    anything of it was put anywhere.
    """

    own_column = "sent_by_id"
    agency_through = OF_ITS_DATASET
    classification = {
        "operational": "id partnership dataset edition file_name door spooled in_place bytes state words done total refusal "
        "sent_at finished_at",
        "personal": "sent_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="submissions")
    edition = models.CharField(max_length=100)
    file_name = models.CharField(max_length=255)
    door = models.CharField("by which door it came", max_length=40)
    spooled = models.CharField(max_length=400, blank=True)
    in_place = models.CharField(max_length=1000, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.RECEIVED)
    words = models.CharField("how far it is, or what came of it", max_length=1000, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    refusal = models.JSONField("sentence, file, row, column, found, expected, what to do", null=True)
    sent_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["partnership", "-sent_at"], name="submissions_latest")]
        constraints = [
            models.CheckConstraint(
                name="submission_is_read_from_one_place",
                condition=(Q(spooled="") & ~Q(in_place=""))
                | (~Q(spooled="") & Q(in_place=""))
                | Q(spooled="", in_place="", state=State.REFUSED.value),
            ),
            models.CheckConstraint(
                name="refusal_says_why", condition=~Q(state=State.REFUSED.value) | Q(refusal__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class SavedMapping(ProtectedModel):
    """A version of how the columns of a supplier's own file become a dataset's fields. The newest is used by itself.

    `content` is `wardstats.sources.ColumnMapping` as plain values; without fields, files are read by the template again.
    """

    agency_through = ("dataset_id", "evidence.Dataset")
    classification = {
        "operational": "id partnership dataset version content saved_at",
        "personal": "saved_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="mappings")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    saved_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["dataset", "-version"]
        constraints = [models.UniqueConstraint(fields=["dataset", "version"], name="one_mapping_a_version")]

    def __str__(self) -> str:
        return f"version {self.version}"


class Snapshot(ProtectedModel):
    """Accepted rows, kept for good: one Parquet file, known by the digest of its bytes."""

    agency_through = OF_ITS_DATASET
    classification = {
        "operational": "id partnership dataset submission edition source licence period_from period_until files rows "
        "quarantined sha256 quarantine_sha256 content_digest bytes notes taken_at mapping",
        "personal": "taken_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="snapshots")
    submission = models.OneToOneField(Submission, null=True, on_delete=models.PROTECT, related_name="snapshot")
    mapping = models.ForeignKey(SavedMapping, null=True, on_delete=models.PROTECT, related_name="+")
    edition = models.CharField(max_length=100)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=200)
    period_from = models.DateField("first month", null=True)
    period_until = models.DateField("first day after the last month", null=True)
    files = models.PositiveIntegerField()
    rows = models.PositiveBigIntegerField("rows kept")
    quarantined = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    quarantine_sha256 = models.CharField(max_length=64, blank=True)
    content_digest = models.CharField("digest of the rows, whatever the file's layout", max_length=128)
    bytes = models.PositiveBigIntegerField()
    notes = models.JSONField("what was observed", default=list)
    taken_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at", "-id"]
        indexes = [
            models.Index(fields=["partnership", "sha256"], name="snapshot_by_digest"),
            models.Index(fields=["dataset", "-taken_at"], name="snapshots_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} ({self.sha256[:12]})"


class Part(ProtectedModel):
    """One month of one file within a snapshot: what supersedes and is superseded.

    `unit` is what a newer edition must match together with the month (`rules.superseding_unit`); `source_file` is the stem that
    the kept rows carry. Tables without months have one part without a month.
    """

    agency_through = OF_ITS_DATASET
    classification = {
        "operational": "id partnership dataset snapshot unit month source_file file_name sha256 rows_in accepted "
        "quarantined superseded_by"
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="+")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="parts")
    unit = models.CharField(max_length=200)
    month = models.DateField(null=True)
    source_file = models.CharField(max_length=255)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField("digest of the file's decompressed bytes", max_length=64)
    rows_in = models.PositiveBigIntegerField()
    accepted = models.PositiveBigIntegerField()
    quarantined = models.PositiveBigIntegerField()
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="supersedes")

    class Meta:
        ordering = ["month", "source_file"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "unit", "month"],
                condition=Q(superseded_by__isnull=True),
                nulls_distinct=False,
                name="one_current_part_a_unit_and_month",
            ),
            models.CheckConstraint(name="part_adds_up", condition=Q(rows_in=F("accepted") + F("quarantined"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.month}"


class Reconciliation(ProtectedModel):
    """Rows in, accepted and quarantined of one crime type in one part. It always adds up: the database says so too.

    Month and type are as the rows state them; a quarantined row may tell of another month than its file, or of none.
    """

    agency_through = ("part_id", "evidence.Part")
    classification = {"operational": "id partnership part month crime_type rows_in accepted quarantined"}

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="reconciliation")
    month = models.DateField(null=True)
    crime_type = models.CharField(max_length=200, blank=True)
    rows_in = models.PositiveBigIntegerField()
    accepted = models.PositiveBigIntegerField()
    quarantined = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["crime_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "month", "crime_type"], nulls_distinct=False, name="reconciled_once_a_month_and_type"
            ),
            models.CheckConstraint(
                name="reconciliation_adds_up", condition=Q(rows_in=F("accepted") + F("quarantined"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crime_type}: {self.accepted} of {self.rows_in}"


class Issue(ProtectedModel):
    """Something that looks wrong with the evidence: found by a rule, looked into by somebody, closed with a reason.

    `key` is the rule's own: the same fault found again is the same issue.
    """

    classification = {
        "operational": "id partnership key fault area_code area_name crime_type period_from period_until sentence state "
        "found_at seen_at closed_at reason",
        "personal": "owner",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    fault = models.CharField(max_length=40)
    area_code = models.CharField(max_length=20)
    area_name = models.CharField(max_length=200)
    crime_type = models.CharField(max_length=200, blank=True)
    period_from = models.DateField("first month")
    period_until = models.DateField("first day after the last month")
    sentence = models.CharField(max_length=600)
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in IssueState])
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField("when the rules last found it")
    owner = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    reason = models.CharField("why it was closed", max_length=600, blank=True)

    class Meta:
        ordering = ["-period_from", "area_name", "crime_type"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "key"], name="one_issue_a_fault"),
            models.CheckConstraint(
                name="issue_is_closed_with_a_reason",
                condition=Q(closed_at__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.sentence


class Reminder(ProtectedModel):
    """Somebody was told that the data of a period are due, or late: by rule once each, or in a manager's own words."""

    class Kind(models.TextChoices):
        REMINDER = "reminder"
        CHASER = "chaser"
        OWN_WORDS = "own words"

    agency_through = OF_ITS_DATASET
    own_column = "sent_by_id"
    classification = {
        "operational": "id partnership dataset period_from kind words due_on mailed_to sent_at",
        "personal": "sent_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="reminders")
    period_from = models.DateField("first day of the period")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.CharField(max_length=1000)
    due_on = models.DateField("the day by which it was due, as reckoned then")
    mailed_to = models.PositiveSmallIntegerField("addresses it was also e-mailed to", default=0)
    sent_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "period_from", "kind"],
                condition=~Q(kind="own words"),
                name="reminded_once_and_chased_once_a_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.period_from:%B %Y}"


class Excuse(ProtectedModel):
    """The data of a period are no longer expected, for a reason: they no longer count as late, nor as due."""

    agency_through = OF_ITS_DATASET
    classification = {
        "operational": "id partnership dataset period_from reason excused_at",
        "personal": "excused_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="excuses")
    period_from = models.DateField("first day of the period")
    reason = models.CharField(max_length=500)
    excused_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    excused_at = models.DateTimeField()

    class Meta:
        ordering = ["-period_from"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "period_from"], name="excused_once_a_period"),
            models.CheckConstraint(name="excuse_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.period_from:%B %Y}: {self.reason}"
