"""Drafting: a new assessment with the standard figures and the sentences they allow; computed again; revised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardstats.disclosure import Disclosed
from wardstats.measures import Reader, standard_figures
from wardstats.tables import Evidence
from wardwell.access.actor import Actor
from wardwell.access.protection import time_ordered_key
from wardwell.access.queries import partnership
from wardwell.assessment.models import OPEN, Assessment, ChecklistItem, Figure, Finding
from wardwell.assessment.operations.computing import computed, fill_in, read_evidence, renew
from wardwell.assessment.operations.figures import district_of
from wardwell.assessment.operations.opening import UnableToAssess, opened, opened_draft
from wardwell.assessment.queries.figures import figures_of
from wardwell.assessment.rules.checklist import checklist
from wardwell.assessment.rules.drafting import drafted
from wardwell.assessment.rules.lifecycle import State, can_revise
from wardwell.assessment.rules.periods import said, year_before
from wardwell.audit.gate import Done, operation

KIND = "assessment.Assessment"


class UnableToDraft(UnableToAssess):
    """There is an assessment of this period already: `existing_id`, in `state`."""

    def __init__(self, sentence: str, *, existing_id: UUID, state: State) -> None:
        super().__init__(sentence)
        self.existing_id = existing_id
        self.state = state


@dataclass(frozen=True, slots=True)
class Drafted:
    """What drafting gave: how many figures and findings, and which standard figures the evidence does not allow and why."""

    assessment_id: UUID
    figures: int
    findings: int
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ComputedAgain:
    """What computing again gave: the figures that changed, and the findings that were edited by hand and so left alone."""

    assessment_id: UUID
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_alone: tuple[str, ...]


@operation(verb="add", kind=KIND)
def draft(
    *, actor: Actor, at: datetime, period_until: date, as_at: date | None = None, title: str = ""
) -> Done[Drafted]:
    """Draft the strategic assessment of the twelve months before `period_until` (the first day of a month) from the evidence.

    Raises UnableToDraft when there is one of the same period; UnableToAssess when the evidence allows no figure.
    """
    period_from = year_before(period_until)
    here = partnership(actor)
    if here is None:
        raise UnableToAssess("You work for no partnership at this moment.")
    _refuse_a_second(actor, period_from, period_until)
    row = Assessment(
        partnership_id=here.id,
        title=title.strip() or f"Strategic assessment, {said(period_from, period_until)}",
        period_from=period_from,
        period_until=period_until,
        as_at=as_at or at.date(),
        author_id=actor.self_id,
        drafted_at=at,
    )
    row.save(force_insert=True)
    heads = _add_heads(row)
    left_out = _add_standard_figures(actor, at, row)
    count = _add_drafted_findings(actor, at, row, heads)
    made = Figure.objects.visible_to(actor).filter(assessment_id=row.id).count()
    says = f"drafted {row.title} from the evidence, with {made} figures and {count} findings"
    return Done(row.id, says, Drafted(row.id, made, count, left_out))


@operation(verb="change", kind="assessment.Figure")
def compute_again(*, actor: Actor, at: datetime, assessment_id: UUID) -> Done[ComputedAgain]:
    """Compute every measure of a draft again, and draft again the findings that nobody has edited. Raises UnableToAssess."""
    row = opened_draft(actor, assessment_id=assessment_id)
    current, reader = read_evidence(actor, district=district_of(actor))
    figures = Figure.objects.visible_to(actor).filter(assessment_id=row.id, kind=Figure.Kind.COMPUTED)
    changed = [one.slug for one in figures if _computed_again(one, current, reader, actor=actor, at=at)]
    left_alone = _draft_again(actor, row)
    slugs = tuple(one.slug for one in figures)
    says = f"computed the {len(slugs)} figures of {row.title} again: {len(changed)} changed"
    unchanged = tuple(slug for slug in slugs if slug not in changed)
    return Done(row.id, says, ComputedAgain(row.id, tuple(changed), unchanged, left_alone))


@operation(verb="add", kind=KIND)
def revise(*, actor: Actor, at: datetime, assessment_id: UUID, as_at: date | None = None) -> Done[UUID]:
    """Begin a new edition of a signed assessment, with its findings and figures, worded as the law reads now.

    Reasons for empty heads are not carried over: they are asked again. Raises UnableToAssess.
    """
    before = opened(actor, assessment_id=assessment_id)
    decision = can_revise(State(before.state))
    if not decision.allowed:
        raise UnableToAssess(decision.because)
    _refuse_a_second_open(actor, before)
    row = Assessment(
        partnership_id=before.partnership_id,
        kind=before.kind,
        title=before.title,
        period_from=before.period_from,
        period_until=before.period_until,
        as_at=as_at or at.date(),
        edition=before.edition + 1,
        follows=before,
        author_id=actor.self_id,
        drafted_at=at,
    )
    row.save(force_insert=True)
    _copy(actor, before, row, _add_heads(row))
    return Done(row.id, f"began edition {row.edition} of {row.title}", row.id)


def _refuse_a_second(actor: Actor, period_from: date, period_until: date) -> None:
    rows = Assessment.objects.visible_to(actor).filter(
        partnership_id=actor.here, period_from=period_from, period_until=period_until
    )
    found = rows.exclude(state=State.SUPERSEDED).order_by("-edition").first()
    if found is not None:
        sentence = f"There is an assessment of {said(period_from, period_until)} already: it is {found.state}."
        raise UnableToDraft(sentence, existing_id=found.id, state=State(found.state))


def _refuse_a_second_open(actor: Actor, before: Assessment) -> None:
    found = Assessment.objects.visible_to(actor).filter(follows_id=before.id, state__in=OPEN).first()
    if found is not None:
        raise UnableToDraft(
            f"Edition {found.edition} has been begun already.", existing_id=found.id, state=State(found.state)
        )


def _add_heads(row: Assessment) -> dict[str, ChecklistItem]:
    heads = {
        item.code: ChecklistItem(
            partnership_id=row.partnership_id,
            assessment=row,
            position=position,
            code=item.code,
            name=item.name,
            wording=item.wording,
            source=item.source,
        )
        for position, item in enumerate(checklist(row.as_at), start=1)
    }
    for head in heads.values():
        head.save(force_insert=True)
    return heads


def _add_standard_figures(actor: Actor, at: datetime, row: Assessment) -> tuple[tuple[str, str], ...]:
    district = district_of(actor)
    current, reader = read_evidence(actor, district=district)
    left_out: list[tuple[str, str]] = []
    first = f"{reader.months[0]:%Y-%m}"
    for position, one in enumerate(standard_figures(district, f"{row.period_until:%Y-%m}", first=first), start=1):
        try:
            result = computed(one.code, reader, one.parameters)
        except UnableToAssess as problem:
            left_out.append((one.slug, str(problem)))
            continue
        figure = Figure(
            partnership_id=row.partnership_id, assessment=row, slug=one.slug, position=position, title=result.title
        )
        fill_in(figure, result, current, actor=actor, at=at)
        figure.save(force_insert=True)
    return tuple(left_out)


def _add_drafted_findings(actor: Actor, at: datetime, row: Assessment, heads: dict[str, ChecklistItem]) -> int:
    positions = dict.fromkeys(heads, 0)
    found = [one for one in drafted(_shown(actor, row)) if one.item in heads]
    for one in found:
        positions[one.item] += 1
        Finding(
            partnership_id=row.partnership_id,
            assessment=row,
            item=heads[one.item],
            position=positions[one.item],
            heading=one.heading,
            text=one.text,
            is_as_drafted=True,
            written_by_id=actor.self_id,
            written_at=at,
        ).save(force_insert=True)
    return len(found)


def _shown(actor: Actor, row: Assessment) -> dict[str, Disclosed]:
    return {one.slug: one.disclosed for one in figures_of(actor, assessment_id=row.id)}


def _computed_again(figure: Figure, current: Evidence, reader: Reader, *, actor: Actor, at: datetime) -> bool:
    return renew(figure, computed(figure.measure, reader, figure.parameters), current, actor=actor, at=at)


def _draft_again(actor: Actor, row: Assessment) -> tuple[str, ...]:
    texts = {(one.item, one.heading): one.text for one in drafted(_shown(actor, row))}
    left_alone = []
    findings = Finding.objects.visible_to(actor).filter(assessment_id=row.id, removed_at__isnull=True)
    for finding in findings.select_related("item"):
        text = texts.get((finding.item.code, finding.heading))
        if not finding.is_as_drafted:
            left_alone.append(finding.heading)
        elif text is not None and text != finding.text:
            finding.text = text
            finding.version += 1
            finding.save(update_fields=["text", "version"])
    return tuple(left_alone)


def _copy(actor: Actor, before: Assessment, row: Assessment, heads: dict[str, ChecklistItem]) -> None:
    for figure in Figure.objects.visible_to(actor).filter(assessment_id=before.id):
        figure.id, figure.assessment, figure.version = time_ordered_key(), row, 1
        figure.save(force_insert=True)
    findings = Finding.objects.visible_to(actor).filter(assessment_id=before.id, removed_at__isnull=True)
    for finding in findings.select_related("item"):
        finding.id, finding.assessment, finding.version = time_ordered_key(), row, 1
        finding.item = heads[finding.item.code]
        finding.save(force_insert=True)
