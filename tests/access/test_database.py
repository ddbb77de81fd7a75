"""The tests themselves run as the application's role, under row security."""

import pytest
from django.db import ProgrammingError, connection, transaction

from wardwell.access.database import drifted, protected_models
from wardwell.jobs.migrate import role

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


class TestTheApplicationsRole:
    def test_is_what_the_tests_run_as(self) -> None:
        assert role() == "app"

    def test_finds_row_security_on_every_protected_table(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
            secured = {row[0] for row in cursor.fetchall()}
        assert secured == {model._meta.db_table for model in protected_models()}

    def test_finds_policies_that_say_what_the_table_says(self) -> None:
        assert drifted() == ()

    @pytest.mark.parametrize("model", protected_models(), ids=lambda model: model._meta.label)
    def test_sees_no_row_while_nobody_is_named(self, model: type, world: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('wardwell.actor', '', true), set_config('wardwell.at', '', true)")
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
            assert cursor.fetchone()[0] == 0

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_event SET sentence = 'nothing happened'",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event",
            "UPDATE audit_chain SET length = 0",
            "ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE mine (id int)",
        ],
    )
    def test_is_refused(self, statement: str) -> None:
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
