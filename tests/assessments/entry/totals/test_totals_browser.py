"""While totals are typed the sum follows, and the server says what does not add up."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.assessments.year import opened


@pytest.mark.usefixtures("reference")
def test_sums_and_findings_follow_what_is_typed(page_of, world):
    entry = opened(world)
    page = page_of(entry.officer, reverse("assessments:totals_unit", args=[2015, "A"]))
    row = page.locator("[data-row='grassroots']")
    expect(page.locator("[data-changed]")).to_be_hidden()
    page.locator("[name='grassroots-TSVM']").fill("1.020")
    page.locator("[name='grassroots-total']").fill("1019")
    expect(row.locator("[data-sum]")).to_have_text("1.020")
    expect(page.locator("[data-findings='grassroots'] li")).to_contain_text("1019")
    expect(page.locator("[data-changed]")).to_be_visible()
    page.locator("[name='grassroots-total']").fill("x")
    expect(page.locator("[name='grassroots-total']")).to_have_attribute("aria-invalid", "")
