"""The Offender Group Reconviction Scale: against the Ministry of Justice's own test records and other calculators."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import (
    Ogrs3Facts,
    Ogrs3Offence,
    Ogrs4Facts,
    Ogrs4Offence,
    Ogrs4Score,
    RiskBand,
    Sex,
    is_as_imported,
    ogrs3,
    ogrs4,
)

OFFICIAL_OGRS4 = (
    (Sex.MALE, Ogrs4Offence.SEXUAL_AGAINST_CHILD, 27, 27, 18, 2, 2, 36, 0.05373699777470424, 0.00945711788345216),
    (Sex.MALE, Ogrs4Offence.VIOLENCE_OR_WEAPONS, 26, 26, 18, 3, 0, 36, 0.06981147266578173, 0.020647451602471174),
    (Sex.MALE, Ogrs4Offence.VEHICLE_RELATED_THEFT, 31, 30, 20, 2, 2, 36, 0.04446710942305149, 0.022417932341865905),
    (Sex.MALE, Ogrs4Offence.DRUNKENNESS, 25, 25, 20, 2, 2, 36, 0.10982387319816185, 0.07807984853286043),
    (
        Sex.FEMALE,
        Ogrs4Offence.SEXUAL_NOT_AGAINST_CHILD,
        35,
        34,
        21,
        2,
        2,
        36,
        0.025430915159888694,
        0.010356468860445384,
    ),
    (
        Sex.FEMALE,
        Ogrs4Offence.PUBLIC_ORDER_OR_HARASSMENT,
        39,
        38,
        24,
        4,
        3,
        13,
        0.15261876301310806,
        0.11315302199723647,
    ),
    (Sex.FEMALE, Ogrs4Offence.FRAUD_OR_FORGERY, 40, 37, 24, 4, 3, 36, 0.036761311262841996, 0.02242031250431696),
    (Sex.FEMALE, Ogrs4Offence.ABSCONDING_OR_BAIL, 36, 34, 19, 2, 1, 36, 0.02675137500443937, 0.01198553606745208),
    (Sex.FEMALE, Ogrs4Offence.BURGLARY_DOMESTIC, 39, 39, 27, 3, 2, 36, 0.048981526327320286, 0.028150330290681275),
    (Sex.FEMALE, Ogrs4Offence.OTHER, 28, 28, 28, 1, 1, 36, 0.01817719996914929, 0.01333844618980125),
    (Sex.MALE, Ogrs4Offence.WELFARE_FRAUD, 23, 23, 23, 1, 1, 36, 0.012674353352857527, 0.0072922687195159765),
    (Sex.MALE, Ogrs4Offence.CRIMINAL_DAMAGE, 20, 20, 20, 1, 1, 36, 0.05491987161740473, 0.03272696706003807),
    (Sex.FEMALE, Ogrs4Offence.HANDLING_STOLEN_GOODS, 21, 20, 20, 3, 0, 36, 0.09137740019545555, 0.013395232074482665),
    (Sex.MALE, Ogrs4Offence.ROBBERY, 19, 18, 18, 2, 0, 36, 0.10677222634500547, 0.02869200088168722),
    (Sex.MALE, Ogrs4Offence.DRINK_DRIVING, 17, 16, 16, 2, 0, 36, 0.11004889753249067, 0.02974238695899558),
    (Sex.FEMALE, Ogrs4Offence.BURGLARY_OTHER, 23, 23, 22, 3, 0, 36, 0.09532320124201071, 0.014270714583019912),
    (Sex.FEMALE, Ogrs4Offence.THEFT_NOT_MOTOR, 21, 21, 20, 2, 0, 36, 0.0667919020156727, 0.010956265517055268),
    (Sex.FEMALE, Ogrs4Offence.DRUG_POSSESSION_OR_SUPPLY, 19, 19, 18, 2, 2, 36, 0.04507642171839719, 0.0322641621837438),
    (
        Sex.MALE,
        Ogrs4Offence.DRUG_IMPORT_EXPORT_OR_PRODUCTION,
        34,
        33,
        32,
        2,
        2,
        36,
        0.03066198833549424,
        0.02064039786373319,
    ),
    (Sex.FEMALE, Ogrs4Offence.MOTORING_NOT_DRINK, 34, 33, 32, 2, 2, 36, 0.03458442171609172, 0.022601969944535484),
    (Sex.FEMALE, Ogrs4Offence.SEXUAL_AGAINST_CHILD, 26, 25, 24, 2, 2, 36, 0.045051869825900266, 0.01251680020475017),
    (Sex.MALE, Ogrs4Offence.VIOLENCE_OR_WEAPONS, 25, 24, 23, 2, 1, 36, 0.06803413181887874, 0.03911698477939082),
    (Sex.FEMALE, Ogrs4Offence.SEXUAL_AGAINST_CHILD, 32, 30, 24, 21, 2, 36, 0.3649376253568904, 0.030994318106062825),
    (Sex.MALE, Ogrs4Offence.PUBLIC_ORDER_OR_HARASSMENT, 45, 44, 25, 5, 3, 36, 0.051678874142457226, 0.0353133763073155),
    (Sex.MALE, Ogrs4Offence.ROBBERY, 26, 26, 25, 2, 1, 0, 0.2793985196087591, 0.16153795960427952),
    (
        Sex.MALE,
        Ogrs4Offence.DRUG_IMPORT_EXPORT_OR_PRODUCTION,
        26,
        26,
        26,
        46,
        2,
        36,
        0.6909324114240778,
        0.13591371353572387,
    ),
    (Sex.FEMALE, Ogrs4Offence.VEHICLE_RELATED_THEFT, 36, 35, 18, 13, 1, 36, 0.20332266636258625, 0.03898730423636254),
    (Sex.MALE, Ogrs4Offence.DRUNKENNESS, 28, 28, 11, 41, 0, 3, 0.9080011595248987, 0.37380523051998027),
)
"""Invented people of v4_1_1_oasys_test_data in the Ministry of Justice's hmpps-arns-risk-actuarial-api, ids 0 to 21, then
5604, 5609, 5617, 5622, 5626 and 5627: sex, offence, age at follow-up, at sanction and at first sanction, sanctions,
violent ones, offence-free months, and the predictions in brief (static) of any and of violent reoffending."""

MAN = Ogrs3Facts(Sex.MALE, Ogrs3Offence.VIOLENCE, 20, 20, 20, 0)
WOMAN = Ogrs4Facts(Sex.FEMALE, Ogrs4Offence.OTHER, 28, 28, 28, 1, 1, 36)


def _logit(score: Ogrs4Score) -> float:
    return log(score.all_reoffending / (1 - score.all_reoffending))


class TestOgrs3:
    @pytest.mark.parametrize(
        ("previous", "one_year", "two_years"),
        [
            (0, 0.12161553504714574, 0.22130521140511314),
            (1, 0.3158120100020924, 0.48651769565917),
            (2, 0.43393890261473633, 0.6114342480551298),
            (3, 0.5235145926731711, 0.6928061177628605),
            (4, 0.5922581047904114, 0.7488430658491833),
        ],
    )
    def test_gives_what_the_prison_services_calculator_gives(
        self, previous: int, one_year: float, two_years: float
    ) -> None:
        """rsr-calculator (NOMS Digital Studio), its tests of the first five sanctions; its weights have five places."""
        found = ogrs3(replace(MAN, previous_sanctions=previous))
        assert (found.one_year, found.two_years) == pytest.approx((one_year, two_years), abs=4e-5)

    def test_gives_what_the_existing_tool_gives(self) -> None:
        """rsr-calculator: a woman of 43, fourth sanction for damage at 37, first at 14; its weights have nine places."""
        found = ogrs3(Ogrs3Facts(Sex.FEMALE, Ogrs3Offence.CRIMINAL_DAMAGE, 43, 37, 14, 3))
        assert (found.one_year, found.two_years) == pytest.approx((0.10966125120067906, 0.20180313320047943), rel=1e-12)

    @pytest.mark.parametrize(
        ("facts", "one_year", "two_years"),
        [
            (Ogrs3Facts(Sex.MALE, Ogrs3Offence.SOLICITING_OR_PROSTITUTION, 60, 59, 47, 1), 8, 16),
            (Ogrs3Facts(Sex.MALE, Ogrs3Offence.FRAUD_OR_FORGERY, 30, 30, 21, 1), 11, 20),
        ],
    )
    def test_gives_what_the_ministrys_code_is_tested_for(
        self, facts: Ogrs3Facts, one_year: int, two_years: int
    ) -> None:
        """hmpps-arns-risk-actuarial-api, OGRS3RiskProducerServiceTest, ACT-62, scenarios 1 and 2."""
        found = ogrs3(facts)
        assert (round(100 * found.one_year), round(100 * found.two_years)) == (one_year, two_years)
        assert found.band is RiskBand.LOW

    @pytest.mark.parametrize("age", range(10, 16))
    def test_has_lower_chances_for_girls_than_for_boys(self, age: int) -> None:
        """The trap: one official code base had the weights of girls of 10 to 15 positive."""
        girl = Ogrs3Facts(Sex.FEMALE, Ogrs3Offence.VIOLENCE, age, age, age, 0)
        assert ogrs3(girl).two_years < ogrs3(replace(girl, sex=Sex.MALE)).two_years - 0.05

    def test_counts_no_more_than_fifty_previous_sanctions(self) -> None:
        facts = Ogrs3Facts(Sex.MALE, Ogrs3Offence.THEFT_NOT_MOTOR, 45, 45, 14, 50)
        assert ogrs3(replace(facts, previous_sanctions=200)) == ogrs3(facts)
        assert ogrs3(facts).two_years > ogrs3(replace(facts, previous_sanctions=49)).two_years
        assert ogrs3(facts).band is RiskBand.HIGH

    @given(st.integers(10, 60), st.integers(0, 20), st.integers(1, 60), st.sampled_from(Ogrs3Offence))
    @settings(deadline=None, max_examples=60)
    def test_rises_with_sanctions_and_from_one_year_to_two(
        self, first: int, gap: int, previous: int, offence: Ogrs3Offence
    ) -> None:
        facts = Ogrs3Facts(Sex.MALE, offence, first + gap, first + gap, first, previous)
        found, more = ogrs3(facts), ogrs3(replace(facts, previous_sanctions=previous + 1))
        assert 0 < found.one_year < found.two_years < 1
        assert more.two_years >= found.two_years

    @pytest.mark.parametrize("name", ["sex", "offence", "age", "age_at_sanction", "age_at_first_sanction"])
    def test_refuses_a_missing_fact_by_name(self, name: str) -> None:
        with pytest.raises(ValueError, match=f"never guessed: {name}, previous_sanctions$"):
            ogrs3(replace(MAN, **{name: None, "previous_sanctions": None}))

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [
            (replace(MAN, age=19), "do not go down"),
            (replace(MAN, age_at_first_sanction=21), "do not go down"),
            (replace(MAN, age_at_first_sanction=9), "begin at 10"),
            (replace(MAN, age=121), "do not go down"),
            (replace(MAN, previous_sanctions=-1), "the current sanction"),
            (replace(MAN, age_at_first_sanction=19), "the only sanction is the first"),
        ],
    )
    def test_refuses_facts_that_contradict_each_other(self, facts: Ogrs3Facts, reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            ogrs3(facts)


class TestOgrs4:
    @pytest.mark.parametrize("row", OFFICIAL_OGRS4, ids=range(len(OFFICIAL_OGRS4)))
    def test_gives_the_official_predictions(
        self, row: tuple[Sex, Ogrs4Offence, int, int, int, int, int, int, float, float]
    ) -> None:
        *facts, all_reoffending, violent = row
        found = ogrs4(Ogrs4Facts(*facts))  # type: ignore[arg-type] # the row is typed as a whole
        assert found.all_reoffending == pytest.approx(all_reoffending, abs=1e-9)
        assert found.violent_reoffending == pytest.approx(violent, abs=1e-9)

    def test_weighs_the_years_from_first_to_second_sanction_as_the_ministrys_code(self) -> None:
        """hmpps-arns-risk-actuarial-api, AllReoffendingPredictorRiskProducerServiceTest: 16 years weigh -0.691283."""
        facts = Ogrs4Facts(Sex.MALE, Ogrs4Offence.ROBBERY, 34, 34, 18, 2, 2, 0)
        late, at_once = (_logit(ogrs4(replace(facts, age_at_first_sanction=first))) for first in (18, 34))
        assert late - at_once == pytest.approx(-0.69128294265893441, abs=1e-12)

    def test_counts_no_more_than_thirty_six_months_without_offence(self) -> None:
        assert ogrs4(replace(WOMAN, offence_free_months=400)) == ogrs4(WOMAN)
        assert ogrs4(replace(WOMAN, offence_free_months=0)).all_reoffending > ogrs4(WOMAN).all_reoffending

    def test_bands_violence_lower_than_all(self) -> None:
        """50, 75 and 90 per cent of any reoffending; 30, 60 and 80 of violent."""
        facts = Ogrs4Facts(Sex.MALE, Ogrs4Offence.DRUNKENNESS, 20, 20, 14, 20, 12, 0)
        found = ogrs4(facts)
        assert found.all_band is RiskBand.VERY_HIGH
        assert 0.8 <= found.violent_reoffending < 0.9
        assert found.violent_band is RiskBand.VERY_HIGH

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [
            (replace(WOMAN, sanctions=0), "the current sanction"),
            (replace(WOMAN, violent_sanctions=2), "cannot be for violence"),
            (replace(WOMAN, violent_sanctions=-1), "cannot be for violence"),
            (replace(WOMAN, offence_free_months=-1), "months are not negative"),
            (replace(WOMAN, age_at_sanction=29), "do not go down"),
            (replace(WOMAN, violent_sanctions=None, sex=None), "never guessed: sex, violent_sanctions$"),
        ],
    )
    def test_refuses_missing_and_contradicting_facts(self, facts: Ogrs4Facts, reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            ogrs4(facts)


class TestImported:
    @pytest.mark.parametrize(("imported", "agrees"), [(0.22, True), (0.225, True), (0.2262, True), (0.23, False)])
    def test_agrees_as_far_as_whole_per_cent_show(self, imported: float, agrees: bool) -> None:
        assert is_as_imported(0.2213, imported) is agrees

    @pytest.mark.parametrize("imported", [22.0, -0.1, float("nan")])
    def test_refuses_what_is_no_chance(self, imported: float) -> None:
        with pytest.raises(ValueError, match="from 0 to 1"):
            is_as_imported(0.22, imported)
