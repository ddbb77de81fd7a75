"""What must be complete in the whole house. Each test states one thing that nobody may forget."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from wardwell.config import settings as wardwell_settings
from wardwell.records.classification import classification

HOME = Path(__file__).resolve().parents[2]
SOURCE = HOME / "src"
OURS = [model for model in apps.get_models() if model.__module__.startswith("wardwell.")]
SPINE = [
    "access", "audit", "records", "areas", "agencies", "meetings", "people", "casework", "neighbourhoods", "evidence",
    "consultation", "programmes", "assessment", "priorities", "plan", "commissioning", "delivery", "performance",
    "publication", "duties",
]  # fmt: skip
FORBIDDEN_NAMES = {
    "utils", "helpers", "common", "core", "misc", "shared", "base", "lib", "managers", "mixins", "handlers", "constants",
    "exceptions", "types", "services",
}  # fmt: skip


def modules() -> Iterator[Path]:
    return (path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts and "built" not in path.parts)


class TestEveryModel:
    @pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
    def test_classifies_every_field(self, model: type[models.Model]) -> None:
        assert classification(model)

    @pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
    def test_holds_no_workflow(self, model: type[models.Model]) -> None:
        assert not {"save", "delete", "clean"} & vars(model).keys()


class TestEveryPackage:
    def test_reads_and_writes_only_its_own_models(self) -> None:
        guilty = []
        for path in (SOURCE / "wardwell").rglob("*.py"):
            own = path.relative_to(SOURCE / "wardwell").parts[0]
            for module in _imports(path):
                found = re.match(r"wardwell\.(\w+)\.models", module)
                if found and found.group(1) != own:
                    guilty.append(f"{path.relative_to(SOURCE)} imports {module}")
        assert guilty == []

    def test_migrates_in_the_order_of_the_spine(self) -> None:
        guilty = []
        for key, migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
            for app, _ in migration.dependencies:
                if key[0] in SPINE and app in SPINE and SPINE.index(app) > SPINE.index(key[0]):
                    guilty.append((key, app))
        assert guilty == []

    def test_has_one_leaf_of_migrations(self) -> None:
        assert MigrationLoader(None, ignore_no_migrations=True).detect_conflicts() == {}


class TestEveryModule:
    def test_has_a_name_that_says_what_it_holds(self) -> None:
        assert [
            str(path) for path in modules() if path.stem in FORBIDDEN_NAMES or path.parent.name in FORBIDDEN_NAMES
        ] == []

    def test_hides_no_import_inside_a_function_without_saying_why(self) -> None:
        guilty = []
        for path in modules():
            lines = path.read_text(encoding="utf-8").splitlines()
            for node in ast.walk(ast.parse("\n".join(lines))):
                if isinstance(node, ast.FunctionDef):
                    guilty += [
                        f"{path.relative_to(SOURCE)}:{inner.lineno}"
                        for inner in ast.walk(node)
                        if isinstance(inner, ast.Import | ast.ImportFrom)
                        and "noqa: PLC0415  # " not in lines[inner.lineno - 1]
                    ]
        assert guilty == []

    def test_documents_every_public_function_of_queries_operations_and_rules(self) -> None:
        guilty = []
        for path in modules():
            if {"queries", "operations", "rules"} & {path.stem, path.parent.name}:
                guilty += [f"{path.relative_to(SOURCE)}: {name}" for name in _undocumented(path)]
        assert guilty == []


class TestEveryOperation:
    def test_passes_the_gate(self) -> None:
        """What `operations` offers is guarded; there is no other way in. (A folder offers what its `__init__` names.)"""
        guilty = []
        for path in (SOURCE / "wardwell").rglob("*.py"):
            if "operations" in {path.stem, path.parent.name}:
                offered = _offered(path.parent / "__init__.py") if path.parent.name == "operations" else None
                for node in ast.parse(path.read_text(encoding="utf-8")).body:
                    if isinstance(node, ast.FunctionDef) and not _is_guarded(node) and _is_public(node.name, offered):
                        guilty.append(f"{path.relative_to(SOURCE)}: {node.name}")
        assert guilty == []

    def test_never_reads_the_clock(self) -> None:
        clock = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(")
        inside = [
            path
            for path in (SOURCE / "wardwell").rglob("*.py")
            if path.relative_to(SOURCE / "wardwell").parts[0] in SPINE
        ]
        assert [
            str(path.relative_to(SOURCE)) for path in inside if clock.search(path.read_text(encoding="utf-8"))
        ] == []


class TestTheRepository:
    @pytest.mark.parametrize(
        "lock", ["requirements.txt", "requirements-dev.txt", "requirements-engines.txt", "requirements-bench.txt"]
    )
    def test_names_no_address_in_its_locks(self, lock: str) -> None:
        text = (HOME / lock).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text

    def test_names_no_download_in_its_front_end_lock(self) -> None:
        assert '"resolved"' not in (HOME / "package-lock.json").read_text(encoding="utf-8")

    def test_gives_every_dependency_its_reason(self) -> None:
        reasons = (HOME / "docs" / "decisions" / "0003-dependencies.md").read_text(encoding="utf-8").lower()
        wanted = [
            re.split(r"[\[=<>~ ]", line)[0].lower()
            for name in (
                "requirements-library.in",
                "requirements-application.in",
                "requirements-dev.in",
                "requirements-bench.in",
            )
            for line in (HOME / name).read_text(encoding="utf-8").splitlines()
            if line and not line.startswith(("#", "-"))
        ]
        assert [name for name in wanted if f"`{name}`" not in reasons] == []

    def test_numbers_its_decisions_without_a_gap(self) -> None:
        numbers = sorted(int(path.name[:4]) for path in (HOME / "docs" / "decisions").glob("0*.md"))
        assert all(later == earlier + 1 for earlier, later in pairwise(numbers))

    def test_documents_every_setting(self) -> None:
        page = (HOME / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
        assert [one.name for one in wardwell_settings.env.documented if f"`{one.name}`" not in page] == []


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def _undocumented(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ):
            yield node.name


def _offered(init: Path) -> frozenset[str]:
    for node in ast.parse(init.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def _is_public(name: str, offered: frozenset[str] | None) -> bool:
    return not name.startswith("_") if offered is None else name in offered


def _is_guarded(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Call) and getattr(one.func, "id", getattr(one.func, "attr", "")) == "operation"
        for one in node.decorator_list
    )
