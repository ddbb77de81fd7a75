"""An assessment for its readers: cover, the heads of the checklist, findings and figures, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from wardwell.access.actor import Actor
from wardwell.assessment.queries import AssessmentView, FindingView, ItemView
from wardwell.assessment.rules.lifecycle import Obstacle, State
from wardwell.meetings.queries import DecisionView
from wardwell.publication.queries import publishing
from wardwell.web.assessments.exhibits import exhibit
from wardwell.web.assessments.found import LIST, address
from wardwell.web.assessments.prose import Reading
from wardwell.web.assessments.states import head_tag, period_of, state_tag
from wardwell.web.components import (
    Bullets,
    Component,
    Details,
    Event,
    Events,
    Inset,
    Link,
    Notice,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Tag,
    Task,
    Tasks,
    Verb,
)

OPEN = (State.DRAFT, State.IN_REVIEW)


def reader(actor: Actor, view: AssessmentView) -> Page:
    """The whole assessment on one page."""
    reading = Reading(view)
    items = [_item(item, reading) for item in view.items]
    return Page(
        title=view.summary.title,
        section="assessments",
        caption="Strategic assessment" if view.summary.edition == 1 else f"Edition {view.summary.edition}",
        status=state_tag(view.summary.state),
        breadcrumbs=[LIST],
        notices=list(_notices(view)),
        verbs=verbs(actor, view),
        opening=[Panel(heading="What the law asks for", contents=[_checklist(view)])],
        panels=[*items, *_other_figures(view, reading), *_decisions(view)],
        aside=list(_aside(view)),
    )


def verbs(actor: Actor, view: AssessmentView) -> tuple[Verb, ...]:
    """What could be done next in this state, and why it cannot."""
    state = view.summary.state
    if state == State.DRAFT:
        return (
            Verb.after(
                view.step("submit for review"), text="Submit for review", href=address("assessment_submit", view)
            ),
            Verb.after(view.step("change"), text="Edit", href=address("assessment_edit", view), style="secondary"),
        )
    if state == State.IN_REVIEW:
        back = address("assessment_return", view)
        return (
            Verb.after(view.step("sign off"), text="Sign off", href=address("assessment_sign_off", view)),
            Verb.after(view.step("return to draft"), text="Return to draft", href=back, style="secondary"),
        )
    again = address("assessment_revise", view)
    revise = Verb.after(view.step("revise"), text="Begin a new edition", href=again, method="post", style="secondary")
    if state == State.SUPERSEDED:
        return (revise,)
    out = reverse("publish", kwargs={"assessment_id": view.summary.id})
    return (Verb.after(publishing(actor, assessment_id=view.summary.id), text="Publish", href=out), revise)


def stands_in_the_way(view: AssessmentView) -> Component:
    """Everything that must be put right before sign-off, each with the place where it is put right."""
    if not view.obstacles:
        return Paragraph.of("Nothing: every head is answered or explained, and every number has its source.")
    return Bullets(items=tuple(Paragraph.of(Link(text=one.sentence, href=_where(view, one))) for one in view.obstacles))


def _where(view: AssessmentView, obstacle: Obstacle) -> str:
    if obstacle.kind == "figure":
        return address("assessment_figure", view, slug=obstacle.about)
    for item in view.items:
        if obstacle.kind == "checklist item" and item.name == obstacle.about:
            return f"#{item.code}"
        for number, finding in enumerate(item.findings, start=1):
            if finding.heading == obstacle.about:
                return f"#{item.code}-{number}"
    return address("assessment", view)


def _notices(view: AssessmentView) -> Iterator[Notice]:
    summary = view.summary
    if summary.state == State.DRAFT and summary.returned_by:
        yield Notice(heading=f"{summary.returned_by} returned it to draft", text=summary.return_reason)
    if summary.state == State.SUPERSEDED:
        yield Notice(text="A later edition of this assessment has been signed off.", link=LIST)
    behind = [one for one in view.figures if one.is_behind_evidence and not one.is_drift_acknowledged]
    if behind and summary.state in OPEN:
        many = "1 figure" if len(behind) == 1 else f"{len(behind)} figures"
        yield Notice(
            heading="The evidence has moved on",
            text=f"It has changed since {many} of this assessment were computed. The numbers here are those of before.",
        )


def _checklist(view: AssessmentView) -> Tasks:
    return Tasks(
        name="checklist",
        items=[
            Task(title=item.name, hint=item.wording, href=f"#{item.code}", status=head_tag(item)) for item in view.items
        ],
    )


def _item(item: ItemView, reading: Reading) -> Panel:
    findings = [_finding(item, number, finding, reading) for number, finding in enumerate(item.findings, start=1)]
    absence: list[Component] = []
    if not findings:
        absence.append(Inset(item.absence_reason or "Nothing stands here yet, and nobody has said why."))
    return Panel(
        heading=item.name, name=item.code, contents=[Paragraph.of(item.wording, style="small"), *absence, *findings]
    )


def _finding(item: ItemView, number: int, finding: FindingView, reading: Reading) -> Panel:
    return Panel(
        heading=finding.heading,
        name=f"{item.code}-{number}",
        level=3,
        contents=[*reading.of(finding.text), *problems_of(finding)],
    )


def problems_of(finding: FindingView) -> Iterator[Component]:
    """What does not hold in a finding, the numbers without a figure, and those that somebody has explained."""
    wrong = [problem.sentence for problem in finding.problems]
    wrong += [f"“{one.number}” was typed by hand and no figure gives it." for one in finding.unexplained]
    if wrong:
        yield Paragraph.of(Tag("To put right", "red"))
        yield Bullets.of(*wrong)
    if finding.explained:
        reasons = [f"“{one.number}”: {reason}" for one, reason in finding.explained]
        yield Details("Numbers that no figure gives, and why they stand here", [Bullets.of(*reasons)])


def _other_figures(view: AssessmentView, reading: Reading) -> list[Panel]:
    figures: list[Component] = [exhibit(view, one) for one in reading.unplaced]
    return [Panel(heading="Figures that the text does not place", contents=figures)] if figures else []


def _decisions(view: AssessmentView) -> list[Panel]:
    return [Panel(heading="Decisions", contents=[_decision(one) for one in view.decisions])] if view.decisions else []


def _decision(one: DecisionView) -> Summary:
    return Summary(
        [
            SummaryRow(key="Decision", value=one.summary),
            SummaryRow(key="By", value=f"{one.group} ({one.taken_by})"),
            SummaryRow(key="On", value=one.taken_at, kind="moment"),
            SummaryRow(key="Because", value=one.reason),
            SummaryRow(key="Present", value=one.present),
            SummaryRow(key="Interests declared", value=one.interests),
            SummaryRow(key="Regard to equality", value=one.equality),
        ]
    )


def _aside(view: AssessmentView) -> Iterator[Panel]:
    if view.summary.state in OPEN:
        yield Panel(heading="What stands in the way of sign-off", contents=[stands_in_the_way(view)], style="quiet")
    yield Panel(heading="About this assessment", contents=[_about(view)], style="quiet")
    yield Panel(heading="What happened", contents=[Events(_events(view))], style="quiet")


def _about(view: AssessmentView) -> Summary:
    summary = view.summary
    findings = sum(len(item.findings) for item in view.items)
    return Summary(
        [
            SummaryRow(key="Period", value=period_of(summary)),
            SummaryRow(key="Law as it read on", value=summary.as_at, kind="date"),
            SummaryRow(key="Edition", value=str(summary.edition)),
            SummaryRow(key="Findings and figures", value=f"{findings} findings, {len(view.figures)} figures"),
        ]
    )


def _events(view: AssessmentView) -> list[Event]:
    summary = view.summary
    told = [Event(text="Drafted", by=summary.author, at=summary.drafted_at)]
    if summary.submitted_at:
        told.append(Event(text="Submitted for review", by=summary.submitted_by, at=summary.submitted_at))
    if summary.returned_at:
        returned = Event(
            text="Returned to draft", by=summary.returned_by, at=summary.returned_at, because=summary.return_reason
        )
        told.append(returned)
    if summary.signed_off_at:
        signed = Event(
            text="Signed off", by=summary.signed_off_by, at=summary.signed_off_at, because=summary.sign_off_reason
        )
        told.append(signed)
    return sorted(told, key=lambda one: one.at, reverse=True)
