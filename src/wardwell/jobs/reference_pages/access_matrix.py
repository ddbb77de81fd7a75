"""The reference page of access, made from the policy and the addresses of the site.

What each of the cast gets at each address is checked by `tests/access/test_matrix.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from wardwell.access.explain import kinds
from wardwell.access.policy import Role, Rule, rules_for

SIGNING_IN = ("accounts/",)

OPENING = """# Who may see and do what

This page is made by `wardwell reference` from the one table of access (`src/wardwell/access/policy.py`) and from the
addresses of the site. PostgreSQL enforces the same table for every row, whatever a page forgets.
"""

ROLES = """## Roles

A role is given for one partnership, by a dated grant with a reason. Nobody holds a role for ever by default, and there is no
role that may do everything.
"""

RULES = """## Rules

Every line is one rule, with its reason. What no line allows is not allowed.
"""

ADDRESSES = """## Addresses

Whoever has not signed in is asked to on a page of the application. What somebody may not see is not there for them (404).
What they may see and not change says so, in the policy's own words (403).
"""


def access_matrix() -> str:
    """The page as Markdown."""
    return "\n".join((OPENING, ROLES, *_roles(), "", RULES, *_rules(), "", ADDRESSES, *_addresses(), ""))


def _roles() -> Iterator[str]:
    yield from ("| Role | What it is for |", "| --- | --- |")
    for role in Role:
        yield f"| {role.value} | {role.meaning} |"


def _rules() -> Iterator[str]:
    yield from ("| Kind of record | Who | May | Which | Up to | Because |", "| --- | --- | --- | --- | --- | --- |")
    for kind in kinds():
        for rule in rules_for(kind):
            yield _rule(rule)


def _rule(rule: Rule) -> str:
    cells = (f"`{rule.kind}`", rule.role, ", ".join(rule.verbs), rule.scope, rule.up_to, rule.because)
    return f"| {' | '.join(cells)} |"


def _addresses() -> Iterator[str]:
    yield from ("| Address | Name | Open to |", "| --- | --- | --- |")
    for path, pattern in _patterns(get_resolver()):
        yield f"| `/{path}` | `{pattern.name}` | {getattr(pattern.callback, 'door', '')} |"


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern).lstrip("^").rstrip("$")
        if isinstance(one, URLResolver):
            yield from _patterns(one, path)
        elif not path.startswith(SIGNING_IN):
            yield path, one
