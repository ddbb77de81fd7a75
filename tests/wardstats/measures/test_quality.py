"""What looks wrong with the real published counts, and that nothing is found where nothing is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.wardstats.measures.conftest import DISTRICT, broken
from wardstats import Evidence, Fault, Reader, Snapshot, findings


@pytest.fixture(scope="session")
def reader(evidence: Evidence, national: tuple[Snapshot, ...], register: Snapshot) -> Reader:
    return Reader(Evidence((*evidence.snapshots, *national, register)), DISTRICT)


class TestFindings:
    def test_finds_the_fall_of_recorded_incidents_in_september_2025(self, reader: Reader) -> None:
        (found,) = [
            one
            for one in findings(reader)
            if one.fault is Fault.SUDDEN
            and one.crime_type == "Anti-social behaviour"
            and one.period.since >= date(2025, 8, 1)
        ]
        assert found.period.since in (date(2025, 8, 1), date(2025, 9, 1))
        assert "a year earlier had" in found.sentence

    def test_finds_the_holes_of_others_that_the_register_does_not_know(self, reader: Reader) -> None:
        others = [one for one in findings(reader) if one.fault is Fault.HOLE]
        names = {one.area_name for one in others}
        assert "Adur" in names  # August 2023, the month after the one in the register
        assert any(name.startswith("Devon") for name in names)  # 2023, when Devon and Cornwall changed their system
        assert not names & {"Gwent", "Dyfed-Powys", "Newport", "Powys", "Manchester", "Greater Manchester"}

    def test_without_the_register_the_known_holes_are_found(
        self,
        evidence: Evidence,
        national: tuple[Snapshot, ...],
    ) -> None:
        found = findings(Reader(Evidence((*evidence.snapshots, *national)), DISTRICT))
        holes = {(one.area_name, one.period.since): one for one in found if one.fault is Fault.HOLE}
        assert ("Gwent", date(2025, 9, 1)) in holes
        assert holes["Dyfed-Powys", date(2024, 1, 1)].period.until == date(2024, 5, 1)
        assert holes["Adur", date(2023, 7, 1)].sentence.endswith("183% to 237% of its usual crimes.")

    def test_knows_a_fault_again(self, reader: Reader) -> None:
        keys = [one.key for one in findings(reader)]
        assert len(set(keys)) == len(keys)
        assert keys == [one.key for one in findings(reader)]

    def test_does_not_tell_again_what_the_register_explains(self, evidence: Evidence, tmp_path: Path) -> None:
        hole = {"kind": "partial", "since": date(2025, 9, 1), "until": date(2025, 11, 1)}
        found = findings(broken(tmp_path, evidence, **hole))
        assert not [one for one in found if one.period.since >= date(2025, 9, 1)]

    @pytest.mark.parametrize("fault", list(Fault))
    def test_every_rule_has_words(self, fault: Fault) -> None:
        assert fault.value[0].islower()
