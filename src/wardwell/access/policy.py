"""Who may do what to which records, and why: the one table of access.

A row reads as a sentence: *an analyst · may see, add, change · evidence snapshots · of the same partnership · because …*.
The table is rendered twice: as a filter on every query (`protection.visible_to`) and as PostgreSQL row security
(`database.render`). Kinds are names of models, not imported classes, so this module needs nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

SEE, ADD, CHANGE, REMOVE = "see", "add", "change", "remove"


class Role(StrEnum):
    """A part somebody plays in a partnership, given by a dated grant with a reason."""

    PUBLIC = "public"
    MANAGER = "partnership manager"
    ANALYST = "analyst"
    BOARD = "board member"
    SUPPLIER = "data supplier"
    DATA_PROTECTION = "data protection officer"
    ADMINISTRATOR = "administrator"
    STAFF_SESSION = "administrator in a staff session"
    IMPORT_SERVICE = "import service"

    @property
    def meaning(self) -> str:
        """Who gets this role and what for, in one plain sentence."""
        return ROLE_MEANINGS[self]


ROLE_MEANINGS = {
    Role.PUBLIC: "Anybody, without signing in: reads what the partnership has published.",
    Role.MANAGER: "Runs the yearly cycle for the partnership: drafts, reviews and publishes.",
    Role.ANALYST: "Brings in the agencies' data, checks it and builds the assessments.",
    Role.BOARD: "Holds a seat on the Board: reads assessments and signs them off.",
    Role.SUPPLIER: "Sends an agency's data in and follows what became of it.",
    Role.DATA_PROTECTION: "Sees who looked at and changed what; changes nothing.",
    Role.ADMINISTRATOR: "May open a staff session, with a reason and an end; sees people and grants.",
    Role.STAFF_SESSION: "Gives and ends access, for as long as the stated reason lasts.",
    Role.IMPORT_SERVICE: "The job that reads in a submitted file on somebody's behalf.",
}


class Scope(StrEnum):
    """The few ways in which a row can be yours; each is one condition in `scopes`."""

    PARTNERSHIP = "of the same partnership"
    OWN_AGENCY = "of the agency you work for"
    PUBLISHED = "once published"
    OWN = "about yourself"
    IN_OWN_NAME = "in your own name"


class Sensitivity(StrEnum):
    """How much harm a leak can do: the classification of the most sensitive field of the kind."""

    PUBLIC = "public"
    OPERATIONAL = "operational"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table. `name` is what the audit trail quotes."""

    role: Role
    verbs: tuple[str, ...]
    kind: str
    scope: Scope
    up_to: Sensitivity
    because: str

    @property
    def name(self) -> str:
        return f"{self.role}: {', '.join(self.verbs)} {self.kind} {self.scope}"


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer of the policy, with the sentence for the screen and the rule's name for the audit trail."""

    allowed: bool
    because: str
    rule: str = ""


CRIME_AND_DISORDER = "Crime and Disorder Act 1998, sections 5 to 7: the partnership's own strategic work."
PUBLISHED = "Published by the partnership for everybody to read."
ACCOUNTABILITY = "UK GDPR articles 5(2) and 32: to show who had access to what, and why."
OWN_ACCESS = "Everybody may see what access they themselves hold."
OWN_SUPPLY = (
    "Crime and Disorder Act 1998, sections 17A and 115: an agency follows what it discloses, and nobody else's."
)

WORKERS = (
    Role.MANAGER,
    Role.ANALYST,
    Role.BOARD,
    Role.SUPPLIER,
    Role.DATA_PROTECTION,
    Role.ADMINISTRATOR,
    Role.STAFF_SESSION,
)


def _rows(
    roles: Iterable[Role], verbs: tuple[str, ...], kinds: Iterable[str], scope: Scope, up_to: Sensitivity, because: str
) -> tuple[Rule, ...]:
    return tuple(Rule(role, verbs, kind, scope, up_to, because) for kind in kinds for role in roles)


_PARTNERSHIP_KINDS = ("meetings.Group", "meetings.Seat", "meetings.SeatHolding", "neighbourhoods.PriorityArea")
_EVIDENCE_KINDS = (
    "evidence.Dataset",
    "evidence.Submission",
    "evidence.SavedMapping",
    "evidence.Snapshot",
    "evidence.Part",
    "evidence.Reconciliation",
)
_EXPECTATION_KINDS = ("evidence.Reminder", "evidence.Excuse")
_ASSESSMENT_KINDS = ("assessment.Assessment", "assessment.ChecklistItem", "assessment.Finding", "assessment.Figure")
_RELEASE_KINDS = ("publication.Release", "publication.Output", "publication.ReleasedFigure")

OPERATIONAL, PERSONAL, OPEN = Sensitivity.OPERATIONAL, Sensitivity.PERSONAL, Sensitivity.PUBLIC

POLICY: tuple[Rule, ...] = (
    # The partnership itself, its groups and its seats: public bodies, publicly listed.
    Rule(Role.PUBLIC, (SEE,), "access.Partnership", Scope.PUBLISHED, OPEN, PUBLISHED),
    *_rows((Role.PUBLIC,), (SEE,), _PARTNERSHIP_KINDS, Scope.PUBLISHED, OPEN, PUBLISHED),
    *_rows(WORKERS, (SEE,), ("access.Partnership", *_PARTNERSHIP_KINDS), Scope.PARTNERSHIP, OPEN, CRIME_AND_DISORDER),
    *_rows((Role.MANAGER,), (ADD, CHANGE), _PARTNERSHIP_KINDS, Scope.PARTNERSHIP, OPEN, CRIME_AND_DISORDER),
    *_rows(
        (Role.MANAGER, Role.ANALYST, Role.BOARD),
        (SEE,),
        ("meetings.Decision",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows((Role.BOARD,), (ADD, "decide"), ("meetings.Decision",), Scope.PARTNERSHIP, OPERATIONAL, CRIME_AND_DISORDER),
    # People and access.
    Rule(Role.PUBLIC, (SEE,), "access.Grant", Scope.OWN, PERSONAL, OWN_ACCESS),
    *_rows(
        (Role.MANAGER, Role.DATA_PROTECTION, Role.ADMINISTRATOR, Role.STAFF_SESSION),
        (SEE,),
        ("access.Grant",),
        Scope.PARTNERSHIP,
        PERSONAL,
        ACCOUNTABILITY,
    ),
    Rule(Role.ADMINISTRATOR, ("open a staff session",), "access.Grant", Scope.PARTNERSHIP, PERSONAL, ACCOUNTABILITY),
    Rule(
        Role.STAFF_SESSION, ("give access", "end access"), "access.Grant", Scope.PARTNERSHIP, PERSONAL, ACCOUNTABILITY
    ),
    *_rows(
        (Role.DATA_PROTECTION, Role.STAFF_SESSION, Role.MANAGER),
        (SEE,),
        ("audit.Event",),
        Scope.PARTNERSHIP,
        PERSONAL,
        ACCOUNTABILITY,
    ),
    Rule(Role.PUBLIC, (SEE,), "audit.Event", Scope.OWN, PERSONAL, "Everybody may see what they themselves did."),
    Rule(Role.PUBLIC, (ADD,), "audit.Event", Scope.IN_OWN_NAME, PERSONAL, ACCOUNTABILITY),
    # Evidence. Suppliers see what is of the agency they work for, and of no other.
    *_rows(
        (Role.ANALYST, Role.MANAGER, Role.BOARD),
        (SEE,),
        (*_EVIDENCE_KINDS, *_EXPECTATION_KINDS),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows(
        (Role.SUPPLIER,), (SEE,), (*_EVIDENCE_KINDS, *_EXPECTATION_KINDS), Scope.OWN_AGENCY, OPERATIONAL, OWN_SUPPLY
    ),
    *_rows(
        (Role.ANALYST, Role.IMPORT_SERVICE),
        (SEE, ADD, CHANGE, "import"),
        _EVIDENCE_KINDS,
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    # What looks wrong with the evidence, and the register of breaks, which is evidence itself.
    *_rows(
        (Role.ANALYST, Role.MANAGER, Role.BOARD),
        (SEE,),
        ("evidence.Issue",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows(
        (Role.ANALYST, Role.MANAGER),
        (ADD, CHANGE),
        ("evidence.Issue",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    # A supplier's file that passes every check is kept at once, in the supplier's own name.
    Rule(Role.SUPPLIER, (ADD, CHANGE, "import"), "evidence.Submission", Scope.OWN_AGENCY, OPERATIONAL, OWN_SUPPLY),
    *_rows(
        (Role.SUPPLIER,),
        (ADD,),
        ("evidence.Snapshot", "evidence.Reconciliation"),
        Scope.OWN_AGENCY,
        OPERATIONAL,
        OWN_SUPPLY,
    ),
    Rule(Role.SUPPLIER, (ADD, CHANGE), "evidence.Part", Scope.OWN_AGENCY, OPERATIONAL, OWN_SUPPLY),
    # What is expected of whom: described by those who look after it; only the manager chases and excuses.
    *_rows(
        (Role.MANAGER, Role.ANALYST),
        (CHANGE, "describe"),
        ("evidence.Dataset",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    Rule(
        Role.MANAGER,
        (ADD, "remind", "chase"),
        "evidence.Reminder",
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    Rule(Role.MANAGER, (ADD, "excuse"), "evidence.Excuse", Scope.PARTNERSHIP, OPERATIONAL, CRIME_AND_DISORDER),
    # Assessments: drafted by analysts, reviewed by the manager, signed off by the Board.
    *_rows(
        (Role.ANALYST, Role.MANAGER, Role.BOARD),
        (SEE,),
        _ASSESSMENT_KINDS,
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows(
        (Role.ANALYST, Role.MANAGER),
        (ADD, CHANGE, REMOVE, "submit for review"),
        _ASSESSMENT_KINDS,
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows(
        (Role.BOARD,),
        ("sign off",),
        ("assessment.Assessment",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows(
        (Role.MANAGER, Role.BOARD),
        ("return to draft",),
        ("assessment.Assessment",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    # Questions put to the evidence and saved under a name: made by analysts and the manager, read by the Board.
    *_rows(
        (Role.ANALYST, Role.MANAGER, Role.BOARD),
        (SEE,),
        ("assessment.SavedQuestion",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows(
        (Role.ANALYST, Role.MANAGER),
        (ADD, CHANGE, REMOVE),
        ("assessment.SavedQuestion",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    # Releases: frozen by the manager, read by everybody once published.
    *_rows((Role.PUBLIC,), (SEE,), _RELEASE_KINDS, Scope.PUBLISHED, OPEN, PUBLISHED),
    *_rows(
        (Role.ANALYST, Role.MANAGER, Role.BOARD),
        (SEE,),
        _RELEASE_KINDS,
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows(
        (Role.MANAGER,),
        (ADD, CHANGE, "publish", "withdraw"),
        _RELEASE_KINDS,
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
    *_rows(
        (Role.MANAGER, Role.ANALYST),
        ("verify",),
        ("publication.Release",),
        Scope.PARTNERSHIP,
        OPERATIONAL,
        CRIME_AND_DISORDER,
    ),
)


def rules_for(kind: str, verb: str | None = None) -> tuple[Rule, ...]:
    """The rows about one kind of record, or about one verb on it."""
    return tuple(rule for rule in POLICY if rule.kind == kind and (verb is None or verb in rule.verbs))


def changing_rules_for(kind: str) -> tuple[Rule, ...]:
    """The rows that let somebody change a record: by the plain verb, or by one of the domain's own such as *sign off*."""
    return tuple(rule for rule in rules_for(kind) if set(rule.verbs) - {SEE, ADD, REMOVE})


def may(*, roles: frozenset[Role], verb: str, kind: str) -> Decision:
    """May somebody with these roles do this to this kind of record at all?

    Which *rows* they may do it to is answered by `protection.visible_to` and by PostgreSQL.
    """
    rules = rules_for(kind, verb)
    for rule in rules:
        if rule.role in roles or rule.role == Role.PUBLIC:
            return Decision(allowed=True, because=rule.because, rule=rule.name)
    who = ", ".join(sorted({rule.role.value for rule in rules})) or "nobody"
    return Decision(allowed=False, because=f"Only these may {verb} here: {who}.", rule=f"no rule: {verb} {kind}")
