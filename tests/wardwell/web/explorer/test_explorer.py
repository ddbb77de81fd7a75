"""The explorer: real counts by place, time and type, never more of them than may be printed."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from functools import partial
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests import holding
from tests.wardstats.measures.conftest import members, real_counts
from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World
from wardwell.access.actor import Actor
from wardwell.evidence.queries import evidence
from wardwell.web.explorer import holdings

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


def text_of(client: Client, path: str = "/explorer") -> str:
    """A page with its entities as the signs they stand for."""
    return html.unescape(page_of(client, path))


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    """A CSV of the explorer."""
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


class TestThePage:
    def test_begins_with_the_latest_twelve_months_of_the_district(self, anil: Client) -> None:
        page = text_of(anil)
        assert "All crime in Wolverhampton, November 2024 to October 2025" in page
        assert "26,627" in page
        assert "99.8 to 102.2, 95% interval" in page
        assert "−11.7%" in page
        assert "From 30,162 to 26,627; " in page

    def test_says_in_words_what_its_pictures_show(self, anil: Client) -> None:
        page = text_of(anil)
        assert re.search(r'<img src="/explorer/by-month\.svg\?[^"]+" alt="Crimes by month in Wolverhampton', page)
        assert 'srcset="/explorer/by-month.svg?' in page

    def test_always_carries_its_caveats(self, anil: Client) -> None:
        page = text_of(anil)
        assert "They are not police recorded crime" in page
        assert "are provisional: later downloads revise them" in page

    def test_says_where_its_numbers_come_from(self, anil: Client, held: World) -> None:
        page = text_of(anil)
        assert "data.police.uk, counted by LSOA, month and type" in page
        assert holding.EDITION in page
        assert "crime-monthly, version 2" in page
        assert "November 2024 to October 2025" in page
        (digest,) = set(re.findall(r'href="/evidence/files/(\w{64})">data\.police', page))
        assert anil.get(f"/evidence/files/{digest}").status_code == 302

    def test_says_that_small_counts_are_not_shown(self, anil: Client, settings: Any) -> None:
        assert "Counts from 1 to 4 are not shown" in text_of(anil)
        settings.SMALL_NUMBER_THRESHOLD = 10
        assert "Counts from 1 to 9 are not shown" in text_of(anil)

    def test_writes_down_what_was_asked(self, anil: Client, held: World) -> None:
        page_of(anil, "/explorer?type=Burglary")
        audit = text_of(anil, "/audit")
        assert "Anil Sandhu explored burglary in Wolverhampton, November 2024 to October 2025" in audit


class TestTheQuestion:
    def test_can_be_about_one_area_type_and_period(self, anil: Client) -> None:
        ward = code_of_ward(anil, "Bushbury North")
        page = text_of(anil, f"/explorer?area={ward}&from=2025-01&to=2025-03&type=Burglary")
        assert "Burglary in Bushbury North, January 2025 to March 2025" in page

    def test_can_be_about_a_priority_area(self, anil: Client) -> None:
        page = text_of(anil, "/explorer?area=P1&level=priority-areas")
        assert "All crime in Alder" in page
        assert "The boundaries of these areas are illustrative" in page
        assert "/explorer/boundaries/E08000031/priority-areas.geojson" in page

    def test_keeps_incidents_apart_from_crimes(self, anil: Client) -> None:
        page = text_of(anil, "/explorer?type=Anti-social+behaviour")
        assert "This looks like a change in recording and is not evidence of an improvement." in page
        assert "Per 1,000 residents" not in page
        assert "Change on a year before" not in page

    def test_compares_a_long_period_with_one_that_does_not_overlap(self, anil: Client) -> None:
        page = text_of(anil, "/explorer?from=2023-06&to=2025-10")
        assert "Nothing was submitted for" in page

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("from=1999-01", "There is nothing for January 1999. There is evidence from May 2023 to October 2025."),
            ("to=2031-01", "There is nothing for January 2031. There is evidence from May 2023 to October 2025."),
            ("from=2025-03&to=2025-01", "The period must begin before it ends."),
            ("from=yesterday", "“yesterday” is not a month such as 2025-10."),
            ("area=E05000000", "No area with the code “E05000000” is known in Wolverhampton."),
            ("type=Piracy", "There is no type “Piracy”."),
        ],
    )
    def test_that_cannot_be_answered_says_what_there_is(self, anil: Client, query: str, sentence: str) -> None:
        page = text_of(anil, f"/explorer?{query}")
        assert page.count(sentence) >= 2
        assert "This cannot be shown" in page
        assert "There is a problem" in page

    def test_takes_the_usual_answer_for_what_makes_no_sense(self, anil: Client) -> None:
        assert "by ward in Wolverhampton" in text_of(anil, "/explorer?level=planets&by=colour")


def code_of_ward(client: Client, name: str) -> str:
    """The code of a ward, as the form offers it."""
    found = re.search(rf'value="(E05\d+)"[^>]*>Ward: {name}<', page_of(client, "/explorer"))
    assert found is not None
    return found.group(1)


class TestDisclosure:
    PATH = "/explorer/by-area.csv?level=lsoa21&type=Robbery&by=count&from=2025-08&to=2025-10"

    def test_prints_no_small_count_in_page_or_file(self, anil: Client) -> None:
        counts = [row["count"] for row in rows_of(anil, self.PATH)]
        assert "[c]" in counts
        assert not {"1", "2", "3", "4"} & set(counts)

    def test_hatches_suppressed_areas_and_gives_the_script_nothing_of_them(self, anil: Client) -> None:
        page = page_of(anil, self.PATH.replace("/by-area.csv", ""))
        (values,) = re.findall(r'<script id="map-[^"]+-values" type="application/json">(.*?)</script>', page)
        areas = json.loads(values)
        hidden = [area for area in areas.values() if area["class"] == "suppressed"]
        assert hidden
        assert {area["text"] for area in hidden} == {"[c]"}
        assert "Not shown: the number is small, or would reveal a small one" in page

    def test_adds_up_to_the_file_all_the_same(self, anil: Client) -> None:
        whole = sum(
            row["count"]
            for row in real_counts()
            if row["crime_type"] == "Robbery" and f"{row['month']:%Y-%m}" in ("2025-08", "2025-09", "2025-10")
        )
        assert rows_of(anil, self.PATH)[-1]["count"] == str(whole)


class TestFiles:
    def test_csv_is_described(self, anil: Client) -> None:
        answer = anil.get("/explorer/by-month.csv?type=Burglary")
        assert 'rel="describedby"' in answer["Link"]
        described = anil.get(answer["Link"].split(">")[0].strip("<")).json()
        assert described["provenance"]["lineage"]["measure"] == "crime-monthly"
        assert [column["name"] for column in described["tableSchema"]["columns"]][:2] == ["month", "count"]

    def test_picture_may_be_kept_for_good_when_its_address_names_the_evidence(self, anil: Client) -> None:
        (address, *_) = re.findall(r'src="(/explorer/by-month\.svg\?[^"]+)"', text_of(anil))
        drawn = anil.get(address)
        assert drawn["Content-Type"] == "image/svg+xml"
        assert drawn["Cache-Control"] == "private, max-age=31536000, immutable"
        assert anil.get(address, headers={"If-None-Match": drawn["ETag"]}).status_code == 304
        assert anil.get("/explorer/by-month.svg")["Cache-Control"] == "private, no-cache"

    def test_picture_is_drawn_narrow_for_a_phone(self, anil: Client) -> None:
        (address, *_) = re.findall(r'srcset="(/explorer/by-month\.svg\?[^"]+)"', text_of(anil))
        drawn = re.search(r'width="(\d+)', anil.get(address).content.decode())
        assert drawn is not None
        assert int(drawn.group(1)) <= 375

    def test_boundaries_of_an_edition_may_be_kept_for_good(self, anil: Client) -> None:
        answer = anil.get("/explorer/boundaries/E08000031/ward25.geojson")
        assert len(answer.json()["features"]) == 20
        assert "immutable" in answer["Cache-Control"]
        again = anil.get("/explorer/boundaries/E08000031/ward25.geojson", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304

    @pytest.mark.parametrize(
        "path",
        [
            "/explorer/nothing.csv",
            "/explorer/total.svg",
            "/explorer/by-area.csv?type=Anti-social+behaviour",
            "/explorer/by-month.csv?from=1999-01",
            "/explorer/boundaries/E08000018/ward25.geojson",
            "/explorer/boundaries/E08000031/planets.geojson",
        ],
    )
    def test_what_there_is_not_is_not_there(self, anil: Client, path: str) -> None:
        assert anil.get(path).status_code == 404


class TestTheWall:
    def test_shows_the_neighbour_nothing(self, held: World, anil: Client) -> None:
        page_of(anil, "/explorer")
        page = text_of(visitor(held, "rhona"))
        assert "There is no evidence to explore yet" in page
        assert "26,627" not in page
        assert visitor(held, "rhona").get("/explorer/by-month.csv").status_code == 404

    def test_is_not_there_for_whoever_sees_no_evidence(self, held: World) -> None:
        for who in ("nora", "dora", "ravi", "leon"):
            assert [visitor(held, who).get(path).status_code for path in ("/explorer", "/explorer/by-month.svg")] == [
                404,
                404,
            ]

    def test_leads_whoever_has_not_signed_in_to_the_door(self, held: World) -> None:
        assert visitor(held, "public").get("/explorer").status_code == 302
        assert visitor(held, "public").get("/explorer/by-month.svg").status_code == 404


class TestMemory:
    def test_lets_the_least_recently_used_go(self) -> None:
        memory: holdings.Memory[str, int] = holdings.Memory(2)
        made = [memory.get(name, partial(int, at)) for at, name in enumerate("abacab")]
        assert made == [0, 1, 0, 3, 0, 5]

    def test_reads_again_what_newer_evidence_supersedes(self, held: World, anil: Client) -> None:
        assert "26,627" in text_of(anil)
        actor = held.actor("anil")
        before = key_of(actor)
        holding.keep_rows(actor, at=actor.at, code="members", rows=members()[:3])
        assert key_of(held.actor("anil")) != before


def key_of(actor: Actor) -> str:
    """Under what an actor's evidence is remembered."""
    return holdings.key_of(evidence(actor), "E08000031")


class TestOthers:
    @pytest.fixture
    def analyst(self, anil: Client, held: World) -> Client:
        actor = held.actor("anil")
        holding.keep_national(actor, at=actor.at)
        return anil

    def test_are_not_spoken_of_where_none_are_kept(self, anil: Client) -> None:
        page = text_of(anil)
        assert "Compare with" not in page
        assert anil.get("/explorer/compared.csv").status_code == 404

    def test_of_the_same_force_are_compared_by_rate(self, analyst: Client) -> None:
        page = text_of(analyst)
        assert "Crimes per 1,000 residents: Wolverhampton and the districts of West Midlands" in page
        rows = rows_of(analyst, "/explorer/compared.csv")
        assert [row["area"] for row in rows[:2]] == ["Birmingham", "Wolverhampton"]
        assert {row["judgement"] for row in rows[:-1]} <= {"higher", "similar", "lower"}

    def test_with_holes_are_left_out_and_named(self, analyst: Client) -> None:
        page = text_of(analyst, "/explorer?peers=metropolitan-districts")
        assert "10 districts are left out, 26 are compared. Bolton, Bury, Manchester" in page
        assert "Greater Manchester Police has sent no crimes to data.police.uk since July 2019" in page

    def test_are_not_compared_with_one_ward(self, analyst: Client) -> None:
        ward = code_of_ward(analyst, "Bushbury North")
        assert analyst.get(f"/explorer/compared.csv?area={ward}").status_code == 404
        assert "Wolverhampton and the districts of" not in text_of(analyst, f"/explorer?area={ward}")


class TestTakingAway:
    def test_a_workbook_has_numbers_and_notes_and_no_formula(self, anil: Client) -> None:
        answer = anil.get("/explorer/by-type.xlsx")
        assert answer["Content-Disposition"] == 'attachment; filename="by-type.xlsx"'
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        rows = list(book["Table"].iter_rows(values_only=True))
        assert sum(row[1] for row in rows[1:-1] if isinstance(row[1], int)) == rows[-1][1] == 26_627
        notes = " ".join(str(row[1]) for row in book["Notes"].iter_rows(values_only=True))
        assert "They are not police recorded crime" in notes
        assert "crime-by-type, version" in notes
        assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]

    def test_a_workbook_hides_what_the_page_hides(self, anil: Client) -> None:
        ward = code_of_ward(anil, "Bushbury North")
        asked = f"area={ward}&from=2025-01&to=2025-01"
        book = openpyxl.load_workbook(io.BytesIO(anil.get(f"/explorer/by-type.xlsx?{asked}").content))
        table = [[str(value) for value in row] for row in book["Table"].iter_rows(values_only=True)][1:]
        printed = rows_of(anil, f"/explorer/by-type.csv?{asked}")
        assert [row[1] for row in table] == [row["count"] for row in printed]
        assert "[c]" in {row[1] for row in table}

    def test_a_picture_carries_its_caveats_and_its_source(self, anil: Client) -> None:
        answer = anil.get("/explorer/by-month-with-notes.svg")
        words = " ".join(re.findall(r"<text[^>]*>([^<]+)</text>", answer.content.decode()))
        assert "Crimes by month in Wolverhampton" in words
        assert "They are not police recorded crime" in words
        assert "Measure crime-monthly, version 2, computed by wardstats" in words
        assert "<script" not in answer.content.decode()

    def test_a_picture_can_be_a_photograph(self, anil: Client) -> None:
        answer = anil.get("/explorer/by-month.png")
        assert answer.content.startswith(b"\x89PNG")
        assert answer["Content-Disposition"] == 'attachment; filename="by-month.png"'

    def test_is_written_down(self, anil: Client) -> None:
        anil.get("/explorer/by-type.xlsx")
        assert "took away all crime in Wolverhampton, November 2024 to October 2025, by-type, as XLSX" in text_of(
            anil, "/audit"
        )

    def test_what_is_a_number_alone_has_no_picture(self, anil: Client) -> None:
        assert anil.get("/explorer/total.png").status_code == 404
