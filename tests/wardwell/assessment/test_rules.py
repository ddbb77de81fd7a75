"""The rules by themselves: truth tables of the life cycle, and texts of any kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardwell.assessment.rules.checklist import checklist, subjects
from wardwell.assessment.rules.lifecycle import (
    MOVES,
    FigureStanding,
    FindingStanding,
    ItemStanding,
    Standing,
    State,
    can_change,
    can_return_to_draft,
    can_sign_off,
    can_submit,
    obstacles,
)
from wardwell.assessment.rules.text import (
    Fact,
    Malformed,
    Place,
    Problem,
    Words,
    figures_named,
    parse,
    problems,
    typed_numbers,
)

ANIL, BETH = UUID(int=1), UUID(int=2)
COMPLETE = Standing(
    state=State.IN_REVIEW,
    contributors=frozenset({ANIL}),
    items=(ItemStanding("Levels", 1, ""), ItemStanding("Views", 0, "No consultation yet.")),
    findings=(FindingStanding("How much", (), ()),),
    figures=(FigureStanding("crimes", False), FigureStanding("old", True, True)),
)
NUMBER = typed_numbers("About 40 people came.")
UNKNOWN = (Problem("unknown figure", "x", "There is no figure “x” in this assessment."),)


class TestSigningOff:
    def test_is_possible_once_everything_is_answered_and_somebody_else_wrote_it(self) -> None:
        assert can_sign_off(COMPLETE, by=BETH, reason="Complete.").allowed
        assert can_sign_off(COMPLETE, by=BETH).allowed

    @pytest.mark.parametrize(
        ("standing", "by", "reason", "because"),
        [
            (replace(COMPLETE, state=State.DRAFT), BETH, "Yes.", "must be in review"),
            (replace(COMPLETE, state=State.SIGNED_OFF), BETH, "Yes.", "must be in review"),
            (COMPLETE, ANIL, "Yes.", "Somebody else"),
            (COMPLETE, BETH, " ", "Say why"),
            (replace(COMPLETE, items=(ItemStanding("Views", 0, " "),)), BETH, "Yes.", "no finding and no reason"),
            (replace(COMPLETE, findings=(FindingStanding("A", UNKNOWN, ()),)), BETH, "Yes.", "no figure “x”"),
            (replace(COMPLETE, findings=(FindingStanding("A", (), NUMBER),)), BETH, "Yes.", "“40” was typed by hand"),
            (replace(COMPLETE, figures=(FigureStanding("a", True),)), BETH, "Yes.", "evidence behind the figure “a”"),
        ],
    )
    def test_is_impossible(self, standing: Standing, by: UUID, reason: str, because: str) -> None:
        decision = can_sign_off(standing, by=by, reason=reason)
        assert not decision.allowed
        assert because in decision.because

    def test_says_how_many_things_stand_in_the_way(self) -> None:
        standing = replace(COMPLETE, figures=(FigureStanding("a", True), FigureStanding("b", True)))
        assert can_sign_off(standing, by=BETH).because.endswith("(and 1 more)")
        assert len(obstacles(standing)) == 2


class TestTheLifeCycle:
    @pytest.mark.parametrize("state", State)
    def test_lets_only_a_draft_be_changed_or_submitted(self, state: State) -> None:
        assert can_change(state).allowed == (state == State.DRAFT)
        assert can_submit(replace(COMPLETE, state=state)).allowed == (state == State.DRAFT)

    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize("reason", ["", "Say more."])
    def test_returns_only_what_is_in_review_and_only_with_a_reason(self, state: State, reason: str) -> None:
        assert can_return_to_draft(state, reason=reason).allowed == (state == State.IN_REVIEW and bool(reason))

    def test_refuses_to_submit_nothing_or_what_cites_nothing(self) -> None:
        draft = replace(COMPLETE, state=State.DRAFT)
        assert not can_submit(replace(draft, findings=())).allowed
        assert not can_submit(replace(draft, findings=(FindingStanding("A", UNKNOWN, ()),))).allowed

    def test_reaches_every_state_from_the_draft(self) -> None:
        reached = {State.DRAFT}
        for _ in State:
            reached |= {move.after for move in MOVES if move.before in reached}
        assert reached == set(State)


class TestTheChecklist:
    @pytest.mark.parametrize(
        ("as_at", "heads", "about"),
        [
            (date(2007, 7, 31), 0, 0),
            (date(2007, 8, 1), 6, 2),
            (date(2010, 3, 31), 6, 2),
            (date(2010, 4, 1), 6, 3),
            (date(2023, 1, 30), 6, 3),
            (date(2023, 1, 31), 6, 4),
        ],
    )
    def test_reads_as_the_law_did(self, as_at: date, heads: int, about: int) -> None:
        assert (len(checklist(as_at)), len(subjects(as_at))) == (heads, about)


SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
PLAIN = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="{}\n\r"), max_size=30)


class TestAnyText:
    @given(st.text(max_size=200))
    def test_is_understood_or_said_to_be_malformed_and_nothing_of_it_is_lost(self, text: str) -> None:
        for paragraph in parse(text):
            assert paragraph.parts
            for part in paragraph.parts:
                assert isinstance(part, Words | Fact | Place | Malformed)
        kept = "".join(
            part.text if isinstance(part, Words | Malformed) else "" for one in parse(text) for part in one.parts
        )
        assert all(sign in kept or "{{" in text for sign in text if not sign.isspace())

    @given(PLAIN, SLUGS, NAMES, PLAIN)
    def test_gives_back_the_tokens_that_were_put_in(self, before: str, slug: str, name: str, after: str) -> None:
        text = f"{before}{{{{ {slug}.{name} }}}}{after}\n\n{{{{ figure {slug} }}}}"
        parts = [part for paragraph in parse(text) for part in paragraph.parts]
        assert Fact(slug, name) in parts
        assert Place(slug) in parts
        assert figures_named(text) == {slug}
        assert problems(text, {slug: {name}}) == ()
        assert problems(text, {}) != ()

    @given(st.integers(min_value=0, max_value=10**9).filter(lambda n: not 1900 <= n < 2100))
    def test_shows_every_number_typed_by_hand(self, number: int) -> None:
        assert [one.number for one in typed_numbers(f"Some {number:,} of them.")] == [f"{number:,}"]

    @pytest.mark.parametrize(
        "text",
        [
            "Since 1 April 2014.",
            "In the 12 months to October 2025.",
            "Between 2014/15 and 2024-25.",
            "In 2023, on 31 January.",
            "From 2023-05 to 2025-10-31.",
            "Under section 17 of the Act 1998 and regulation 5.",
            "A rate for every 1,000 residents (95% interval).",
            "LSOA E01010435, Wolverhampton 020F, of the 2021 Census.",
            "{{ crimes.count_2014 }} in {{ crimes.period }}",
        ],
    )
    def test_may_name_years_dates_periods_sections_and_codes(self, text: str) -> None:
        assert typed_numbers(text) == ()

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("There were 2014 burglaries.", "2014"),
            ("It fell by 12.5%.", "12.5%"),
            ("It fell by 8 per cent.", "8 per cent"),
            ("It cost £1.2m.", "£1.2m"),
            ("Burglary doubled.", "doubled"),
            ("Two thirds in ten streets, one in five of them.", "one in five"),
            ("Twenty per cent more.", "Twenty per cent"),
            ("12 months passed.", "12"),
        ],
    )
    def test_may_not_type_what_is_to_be_counted(self, text: str, number: str) -> None:
        assert number in [one.number for one in typed_numbers(text)]
