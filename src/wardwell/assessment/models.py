"""Assessments: the statutory checklist, findings under it, and the figures that the findings cite."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wardwell.access.protection import ProtectedModel
from wardwell.assessment.rules.lifecycle import State

OPEN = [State.DRAFT.value, State.IN_REVIEW.value]


class Assessment(ProtectedModel):
    """A question answered from evidence, once a year: what goes on here, what changed, why, and what matters most.

    `period_until` is exclusive. `edition` counts the revisions of one period; `follows` is the edition that this one revises.
    """

    classification = {
        "operational": "id partnership kind title period_from period_until as_at edition follows state drafted_at submitted_at"
        " returned_at return_reason signed_off_at sign_off_reason decision_id",
        "personal": "author submitted_by returned_by signed_off_by",
    }

    class Kind(models.TextChoices):
        STRATEGIC = "strategic", "strategic assessment"

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.STRATEGIC)
    title = models.CharField(max_length=200)
    period_from = models.DateField()
    period_until = models.DateField("exclusive")
    as_at = models.DateField("date at which the law is read")
    edition = models.PositiveSmallIntegerField(default=1)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=[(state.value, state.value) for state in State], default=State.DRAFT
    )
    author = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    signed_off_by = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    sign_off_reason = models.TextField(blank=True)
    decision_id = models.UUIDField("the decision as minuted", null=True)

    class Meta:
        ordering = ["-period_until", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "kind", "period_from", "period_until", "edition"],
                name="one_assessment_an_edition",
            ),
            models.UniqueConstraint(
                fields=["partnership", "kind", "period_from", "period_until"],
                condition=Q(state__in=OPEN),
                name="one_open_assessment_a_period",
            ),
            models.CheckConstraint(
                name="assessment_ends_after_it_begins", condition=Q(period_until__gt=F("period_from"))
            ),
            models.CheckConstraint(
                name="signed_off_by_somebody_else_with_a_reason",
                condition=Q(state__in=OPEN, signed_off_by__isnull=True)
                | Q(
                    ~Q(signed_off_by=F("author")),
                    ~Q(signed_off_by=F("submitted_by")),
                    ~Q(sign_off_reason=""),
                    state__in=[State.SIGNED_OFF.value, State.SUPERSEDED.value],
                    signed_off_by__isnull=False,
                    submitted_by__isnull=False,
                    signed_off_at__isnull=False,
                    decision_id__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ChecklistItem(ProtectedModel):
    """A head of the statutory checklist, worded as the law read at the assessment's date; or why nothing stands under it."""

    classification = {
        "operational": "id partnership assessment position code name wording source absence_reason explained_at",
        "personal": "explained_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField()
    name = models.CharField(max_length=100)
    wording = models.TextField()
    source = models.CharField(max_length=200)
    absence_reason = models.TextField(blank=True)
    explained_by = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    explained_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["assessment", "code"], name="one_item_a_code")]

    def __str__(self) -> str:
        return self.name


class Finding(ProtectedModel):
    """What was found, in plain paragraphs that cite figures. `version` counts its changes, so that two editors do not collide.

    `explained_numbers` are numbers typed by hand, each with its sentence and the reason given for it.
    """

    classification = {
        "operational": "id partnership assessment item position heading text version is_as_drafted explained_numbers"
        " written_at removed_at",
        "personal": "written_by removed_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    item = models.ForeignKey(ChecklistItem, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    is_as_drafted = models.BooleanField("drafted from the evidence and not edited since", default=False)
    explained_numbers = models.JSONField(default=list)
    written_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    removed_by = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["item__position", "position"]
        indexes = [models.Index(fields=["assessment", "item", "position"], name="finding_in_order")]

    def __str__(self) -> str:
        return self.heading


class Figure(ProtectedModel):
    """A number, table or chart that findings cite: computed from evidence, estimated by a formula, or cited from a source.

    Computed: `measure`, `parameters` and `evidence` (each kept file's digest and the parts of it that were current) are all
    that it takes to compute `result` again. Estimate: `formula` over named `inputs`, each with its source. Cited: `value` as
    the source prints it, with the words around it kept (`excerpt`) and, where there is one, a copy of the source.
    """

    classification = {
        "operational": "id partnership assessment position slug kind title version measure measure_version parameters result"
        " evidence evidence_digest computed_at drift_digest drift_reason formula inputs value decimals unit statement source"
        " source_on excerpt excerpt_sha256 copy_name copy_sha256",
        "personal": "made_by",
    }

    class Kind(models.TextChoices):
        COMPUTED = "computed"
        ESTIMATE = "estimate"
        CITED = "cited"

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField()
    # computed
    measure = models.CharField(max_length=60, blank=True)
    measure_version = models.PositiveIntegerField(null=True)
    parameters = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    evidence_digest = models.CharField(max_length=64, blank=True)
    drift_digest = models.CharField("evidence that was seen and left aside", max_length=64, blank=True)
    drift_reason = models.TextField(blank=True)
    # estimate
    formula = models.CharField(max_length=300, blank=True)
    inputs = models.JSONField(default=list)
    decimals = models.PositiveSmallIntegerField(default=0)
    # estimate and cited
    value = models.CharField("as printed", max_length=60, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    statement = models.TextField("what the value is", blank=True)
    # cited
    source = models.CharField(max_length=300, blank=True)
    source_on = models.DateField(null=True)
    excerpt = models.TextField(blank=True)
    excerpt_sha256 = models.CharField(max_length=64, blank=True)
    copy_name = models.CharField(max_length=200, blank=True)
    copy_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "slug"], name="one_figure_a_slug"),
            models.CheckConstraint(
                name="figure_can_be_checked",
                condition=(Q(kind="computed") & ~Q(measure="") & ~Q(evidence_digest=""))
                | (Q(kind="estimate") & ~Q(formula="") & ~Q(value=""))
                | (Q(kind="cited", source_on__isnull=False) & ~Q(value="") & ~Q(source="") & ~Q(excerpt="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SavedQuestion(ProtectedModel):
    """A question put to the evidence, kept under a name: what was asked, never an answer. A removed one can be restored.

    `asked` is the question as the explorer's address carries it, `in_words` the same as a sentence says it.
    """

    classification = {
        "operational": "id partnership name asked in_words saved_at removed_at",
        "personal": "saved_by removed_by",
    }

    partnership = models.ForeignKey("access.Partnership", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    asked = models.JSONField(default=dict)
    in_words = models.CharField(max_length=300)
    saved_by = models.ForeignKey("access.Worker", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    removed_by = models.ForeignKey("access.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"],
                condition=Q(removed_at__isnull=True),
                name="one_saved_question_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name
