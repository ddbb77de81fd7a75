"""Why may I see this, and who else may? The policy's decisions, turned into sentences."""

from __future__ import annotations

from dataclasses import dataclass

from wardwell.access.actor import Actor
from wardwell.access.policy import POLICY, Role, Rule, Scope, rules_for


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule as a sentence, whether it reaches this actor, and its legal reason."""

    who: str
    verbs: str
    kind: str
    scope: str
    because: str
    reaches_you: bool


def explain(actor: Actor, *, kind: str) -> tuple[Explanation, ...]:
    """Every rule about a kind of record, those that reach the actor first."""
    rows = [_explained(rule, actor) for rule in rules_for(kind)]
    return tuple(sorted(rows, key=lambda row: (not row.reaches_you, row.who)))


def kinds() -> tuple[str, ...]:
    """Every kind of record in the table, in its order."""
    return tuple(dict.fromkeys(rule.kind for rule in POLICY))


def _explained(rule: Rule, actor: Actor) -> Explanation:
    reaches = rule.role in actor.roles or (
        rule.role == Role.PUBLIC and (rule.scope != Scope.OWN or not actor.is_public)
    )
    return Explanation(
        who=rule.role.value,
        verbs=", ".join(rule.verbs),
        kind=rule.kind,
        scope=rule.scope.value,
        because=rule.because,
        reaches_you=reaches,
    )
