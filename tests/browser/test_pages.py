"""Every page that the access matrix lets somebody see is free of barriers, at a desk and on a phone, and never scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access.objects import OBJECTS
from tests.access.test_matrix import MATRIX, Row
from tests.browser.bench import Visit
from tests.world import find_world

FIRST_CHOICE = ("maya", "anil", "beth", "sam", "dora", "ravi", "public")
NOT_PAGES = (
    "audit_csv",
    "identity_sheet",
    "evidence_reconciliation",
    "explorer_boundaries",
    "evidence_template_csv",
    "evidence_template_xlsx",
    "explorer_csv",
    "explorer_drawing",
    "explorer_image",
    "explorer_workbook",
    "explorer_metadata",
    "explorer_picture",
    "assessment_figure_copy",
    "assessment_figure_numbers",
    "assessment_figure_picture",
    "published_file",
)
PAGES = [row for row in MATRIX if row.method == "get" and 200 in row.statuses.values() and row.address not in NOT_PAGES]


def _path(row: Row) -> str:
    if row.address not in OBJECTS:
        return reverse(row.address)
    with transaction.atomic():
        return reverse(row.address, kwargs=OBJECTS[row.address](find_world()))


@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.address)
def test_has_no_barrier(row: Row, width: str, visit: Callable[..., Visit]) -> None:
    who = next(one for one in FIRST_CHOICE if row.statuses[one] == 200)
    here = visit(who, width=width).to(_path(row))
    here.picture(f"{row.address}-{width}")
    assert here.barriers() == []
    assert here.sideways() == 0


@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/"])
def test_the_way_in_has_no_barrier(path: str, width: str, visit: Callable[..., Visit]) -> None:
    here = visit(width=width).to(path)
    here.picture(f"{path.strip('/').replace('/', '-')}-{width}")
    assert here.barriers() == []
    assert here.sideways() == 0
