"""The whole thread as one story, told through the site's own doors.

A supplier sends a police file in; the analyst drafts, writes what counts cannot say, and submits; the Board signs off; the manager
publishes; a resident, who has never signed in, follows a number to its figure and its source; the manager has it all counted again.
On the way, every page is looked at for barriers, at a desk and on a phone.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import holding
from tests.browser.bench import Visit
from tests.browser.holding import hold_evidence, work_the_queue

JANUARY = holding.STREET / "2014-01" / "2014-01-btp-street.csv"
PHONE, DESK = {"width": 375, "height": 740}, {"width": 1280, "height": 900}
Begin = Callable[..., Visit]

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(autouse=True)
def _held(address: str) -> None:
    hold_evidence()


def without_barriers(here: Visit, name: str) -> None:
    """What stands on the page can be read and used by everybody, at a desk and on a phone."""
    for size, width in ((DESK, "desk"), (PHONE, "phone")):
        here.page.set_viewport_size(size)
        here.picture(f"journey-{name}-{width}")
        assert here.barriers() == [], (name, width)
        assert here.sideways() == 0, (name, width)
    here.page.set_viewport_size(DESK)


def press(page: Page, name: str) -> None:
    """Press a button, or what looks like one, and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_from_a_police_file_to_a_number_that_a_resident_can_follow(visit: Begin) -> None:
    sam_sends_a_police_file(visit("sam"))
    assessment = anil_drafts(visit("anil"))
    anil_writes_what_counts_cannot_say(visit("anil"), assessment)
    beth_signs_off(visit("beth"), assessment)
    document = maya_publishes(visit("maya"), assessment)
    a_resident_follows_a_number_to_its_source(visit(), document)
    maya_has_it_counted_again(visit("maya"), document.rsplit("/", 1)[-1])


def sam_sends_a_police_file(here: Visit) -> None:
    here.to("/evidence/send")
    here.page.get_by_role("radio", name="Street-level crime").check()
    here.page.get_by_label("File", exact=True).set_input_files(JANUARY)
    here.page.get_by_label("Edition").fill("sent by Sam for the story")
    press(here.page, "Send the file")
    work_the_queue()
    expect(here.page.locator("#progress")).to_contain_text("Imported", timeout=15_000)


def anil_drafts(here: Visit) -> str:
    here.to("/assessments")
    press(here.page, "Draft an assessment")
    expect(here.page.locator("main")).to_contain_text("Crime counted by small area")
    without_barriers(here, "draft")
    here.page.get_by_label("Year to assess").select_option(label="November 2024 to October 2025")
    press(here.page, "Draft it")
    expect(here.page.get_by_role("alert")).to_contain_text("Drafted, with 13 figures")
    expect(here.page.get_by_role("heading", level=1)).to_contain_text("November 2024 to October 2025")
    without_barriers(here, "assessment")
    return here.page.url


def anil_writes_what_counts_cannot_say(here: Visit, assessment: str) -> None:
    here.to(f"{assessment}/edit")
    without_barriers(here, "editor")
    for head in ("What people think should be prioritised", "How far the last plan was carried out"):
        panel = here.page.get_by_role("region", name=head, exact=True)
        with here.page.expect_navigation():
            panel.get_by_role("button", name="Say why it is empty").click()
        here.page.get_by_label("Why nothing stands here").fill("It is told apart from this, to the Board in February.")
        press(here.page, "Save the reason")
    here.page.get_by_role("region", name="Why the changes happened", exact=True).get_by_role(
        "button", name="Add a finding"
    ).click()
    anil_writes_with_the_keyboard_alone(here)
    press(here.page, "Save the finding")
    expect(here.page.locator("main")).to_contain_text("Nothing: every head is answered or explained")
    press(here.page, "Submit for review")
    without_barriers(here, "submit")
    press(here.page, "Submit for review")
    expect(here.page.get_by_role("alert")).to_contain_text("Submitted for review")


def anil_writes_with_the_keyboard_alone(here: Visit) -> None:
    """A heading, a sentence with a number out of the palette, and a look at how it prints: no mouse is needed."""
    page = here.page
    page.get_by_label("Heading").focus()
    page.keyboard.type("What the agencies say")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert here.ask("document.activeElement.id") == "finding-text"
    page.keyboard.type("The agencies were shown the ")
    page.locator(".wardwell-palette summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert here.focused().startswith("{{ crime-rate.")
    page.get_by_role("button", name="{{ crime-rate.count }}", exact=True).focus()
    page.keyboard.press("Enter")
    assert here.ask("document.activeElement.id") == "finding-text"
    page.keyboard.type(" crimes, and about 40 reasons were given.")
    page.get_by_role("button", name="See how it prints").focus()
    page.keyboard.press("Enter")
    preview = page.locator("#preview")
    expect(preview).to_contain_text("The agencies were shown the 26,627 crimes")
    expect(preview).to_contain_text("“40” is typed by hand")
    expect(page.get_by_label("Text", exact=True)).to_have_value(
        "The agencies were shown the {{ crime-rate.count }} crimes, and about 40 reasons were given."
    )
    without_barriers(here, "finding")
    page.get_by_label("Text", exact=True).fill("The agencies were shown the {{ crime-rate.count }} crimes.")


def beth_signs_off(here: Visit, assessment: str) -> None:
    here.to("/home")
    expect(here.page.locator("main")).to_contain_text("Waits for the Board’s sign-off.".replace("’", "'"))
    here.to(assessment)
    press(here.page, "Sign off")
    without_barriers(here, "sign-off")
    press(here.page, "Sign off for the Board")
    expect(here.page.get_by_role("alert").first).to_contain_text("There is a problem")
    here.page.get_by_label("Why it is signed off").fill("Every head is answered and the figures hold.")
    here.page.get_by_label("Who was present").fill("Nine of the seventeen seats")
    here.page.get_by_label("Interests declared").fill("None")
    here.page.get_by_label("Regard to equality").fill("The effect on each protected characteristic was considered.")
    here.page.get_by_label("The Board has read this assessment").check()
    press(here.page, "Sign off for the Board")
    expect(here.page.get_by_role("alert")).to_contain_text("Signed off. The decision is minuted")
    without_barriers(here, "signed-off")


def maya_publishes(here: Visit, assessment: str) -> str:
    here.to("/releases")
    here.page.get_by_role("link", name="November 2024 to October 2025").first.click()
    expect(here.page.get_by_role("heading", level=1)).to_have_text("Publish the assessment")
    without_barriers(here, "publish")
    here.page.get_by_label("What you checked before it goes out").fill("Every finding against its figure.")
    here.page.get_by_label("It goes out to everybody now").check()
    # What is said while the answer is awaited is kept by the page itself, for it may be gone before anybody could ask for it.
    here.ask(
        "void addEventListener('submit', () => setTimeout(() => sessionStorage.setItem('said', document.body.innerText)))"
    )
    with here.page.expect_navigation():
        here.page.get_by_role("button", name="Publish it").click()
    assert "counting every number again" in here.ask("sessionStorage.getItem('said')")
    expect(here.page.get_by_role("alert")).to_contain_text("Everybody can read it now.")
    without_barriers(here, "release")
    link = here.page.get_by_role("link", name="View the public page").get_attribute("href")
    assert link
    return link


def a_resident_follows_a_number_to_its_source(here: Visit, document: str) -> None:
    here.to("/partnerships/swp")
    here.page.get_by_role("link", name="November 2024 to October 2025").click()
    assert here.page.url.endswith(document)
    without_barriers(here, "document")
    here.page.emulate_media(media="print")
    assert here.ask("getComputedStyle(document.querySelector('.wardwell-taking')).display") == "none"
    here.page.emulate_media(media="screen")
    here.page.get_by_role("link", name="26,627").first.click()
    expect(here.page.get_by_role("heading", level=1)).to_contain_text("Crimes in Wolverhampton")
    expect(here.page.locator("main")).to_contain_text("data.police.uk, counted by LSOA, month and type")
    expect(here.page.locator("main")).to_contain_text("Open Government Licence v3.0")
    without_barriers(here, "figure")
    with here.page.expect_download() as taken:
        here.page.get_by_role("link", name="numbers as CSV").click()
    assert "26627" in taken.value.path().read_text(encoding="utf-8")


def maya_has_it_counted_again(here: Visit, reference: str) -> None:
    here.to(f"/releases/{reference}")
    press(here.page, "Verify now")
    expect(here.page.locator("#verification")).to_contain_text("It holds: every number came out again")
    without_barriers(here, "verified")
