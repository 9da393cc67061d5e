"""What gets pasted by accident or by malice, in a real browser: huge texts, invisible marks, markup, addresses that run."""

import pytest
from playwright.sync_api import expect

from events.models.incident import Incident
from events.models.source import Document
from tests import builders

pytestmark = pytest.mark.browser
SENTENCE = "Made-up words: seven soldiers were killed in Testtown.\n"
HUGE = (SENTENCE * 40_000)[:2_000_000]
# Markup, an emoji of several letters, a mark that turns the direction, a zero-width space, Urdu.
ODD = '<img src=x onerror="window.bad=1"><script>window.bad=1</script>\'" 👩‍👩‍👧 \u202eabc\u202c a\u200bb {{7}} یہ فرضی ہے'
# Seconds of the longest time in which the page did nothing else, from the paste on.
PASTE = """async ([selector, text]) => {
    let last = performance.now(), longest = 0;
    const timer = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
    }, 10);
    const field = document.querySelector(selector);
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, clipboardData }));
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 4000));
    clearInterval(timer);
    return longest / 1000;
}"""


@pytest.fixture
def desk(site, sign_in, page):
    """Somebody at the desk: (page, address of the site, person)."""
    builders.places()
    builders.source("Test Gazette", domain="gazette.example", languages=["en"])
    return page, site, sign_in(page, "analyst")


@pytest.mark.parametrize("sheet", [True, False])
def test_two_million_characters_leave_the_page_alive(desk, watch, sheet):
    page, site, person = desk
    watch(page)
    prefix = "documents-0" if sheet else "citations-0"
    excerpt = "cards-0-says-0-excerpt" if sheet else "citations-0-excerpt"
    draft = builders.draft(person)
    page.goto(
        f"{site}/desk/log/" if sheet else f"{site}/desk/incidents/{draft.shown_uid}/claims/add/?aspect=casualties"
    )

    with page.expect_response("**/desk/assist/") as answer:
        longest = page.evaluate(PASTE, [f"[name={prefix}-captured_text]", HUGE])
    page.fill(f"[name={excerpt}]", "seven soldiers were killed")

    print(f"\n2 MB pasted: the page stood still for {longest:.2f} s at most")
    assert longest < 15  # laid out with dir="auto" it is more than thirty
    assert answer.value.ok
    page.get_by_text("Only the first 200000 characters were read").wait_for()
    expect(page.locator(f"[name={excerpt}] + .excerpt-check")).to_have_text("✓ found in the captured text")


def test_odd_characters_and_markup_in_every_field_of_the_sheet_stay_text(desk, watch):
    page, site, _ = desk
    watch(page)
    page.goto(f"{site}/desk/log/")
    for field in page.locator("form[data-sheet] :is(input[type=text], textarea):visible").all():
        field.fill(ODD[: int(field.get_attribute("maxlength") or 500)])
    page.fill("[name=documents-0-url]", "javascript:window.bad=1")
    page.get_by_text("is not the beginning of a page's address").wait_for()
    page.get_by_role("button", name="Read the text").click()
    page.locator("[data-assist-status]", has_text="Read:").wait_for()

    page.get_by_role("button", name="Save draft").last.click()
    page.locator(".error-summary").wait_for()

    assert page.evaluate("window.bad") is None
    assert Incident.objects.count() == Document.objects.count() == 0
    assert page.input_value("[name=documents-0-url]") == "javascript:window.bad=1"
    assert page.input_value("[name=documents-0-title]") == ODD
    assert page.input_value("[name=title]") == ODD
    assert page.locator(".error-summary").inner_text().count("page's address") >= 1


def test_what_is_kept_of_odd_characters_is_shown_as_text(desk):
    page, site, _ = desk
    odd = ODD.translate(dict.fromkeys(map(ord, "\u202e\u202c\u200b")))  # what nobody sees is taken out
    page.goto(f"{site}/desk/log/")
    page.fill("[name=title]", ODD)
    page.select_option("[name=kind]", "ambush")
    page.fill("[name=documents-0-url]", "https://gazette.example/2024/03/18/odd")
    page.fill("[name=documents-0-title]", ODD)
    page.fill("[name=documents-0-captured_text]", f"Before. {ODD} After.")
    page.locator("details.more > summary", has_text="words for them").first.click()
    page.fill("[name=cards-0-claimant_text]", ODD)
    page.select_option("[name=cards-0-says-0-aspect]", "casualties")
    page.fill("[name=cards-0-says-0-toll-killed-civilian-any]", "7")
    page.fill("[name=cards-0-says-0-excerpt]", ODD)
    expect(page.locator("[name=cards-0-says-0-excerpt] + .excerpt-check")).to_have_text("✓ found in the captured text")

    page.get_by_role("button", name="Save draft").last.click()
    page.wait_for_url("**/desk/incidents/**")

    incident = Incident.objects.get()
    claim = incident.claims.get()
    citation = claim.citations.get()
    kept = [incident.title, claim.claimant_text, citation.document.title, citation.excerpt]
    assert kept == [odd] * 4
    assert citation.document.captured_text == f"Before. {odd} After."
    assert "<script>window.bad=1</script>" in page.locator("main").inner_text()
    page.goto(f"{site}/desk/documents/{citation.document.shown_uid}/")
    assert "<script>window.bad=1</script>" in page.locator("main").inner_text()
    assert page.evaluate("window.bad") is None
