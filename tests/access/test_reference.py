"""The reference page of access names every rule and every address."""

from __future__ import annotations

from tests.access.test_matrix import MATRIX
from wardwell.access.policy import POLICY, Role
from wardwell.jobs.reference_pages.access_matrix import access_matrix


def test_names_every_role_rule_and_address() -> None:
    page = access_matrix()
    assert all(role.meaning in page for role in Role)
    assert all(f"| `{rule.kind}` | {rule.role} |" in page for rule in POLICY)
    assert all(f"| `{row.address}` |" in page for row in MATRIX)
    assert "| `/home` | `home` | whoever has signed in |" in page
