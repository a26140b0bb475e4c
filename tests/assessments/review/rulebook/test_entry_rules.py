"""The rules of entry are read by all, and switched by the Board for one open year."""

import pytest
from django.urls import reverse

from accounts.actors import Actor
from assessments.entry.grid.actions import save_rating
from assessments.review.rulebook.switch_actions import switch_rule
from assessments.review.submitting.actions import submit
from assessments.review.submitting.refused import NotComplete
from assessments.review.years.actions import close_year
from assessments.rules.catalog import RULES, soft_codes
from assessments.rules.models.switches import RuleSwitch
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from orgs.models import AuditEntry
from resolution03.lib.errors import Refusal
from tests.assessments.registers.confirming import send
from tests.assessments.year import opened

WHY = "Năm đầu dùng bộ mức mới"


@pytest.fixture
def entry(world):
    return opened(world)


def asked(year=2018):
    return rules_of(RatingYear.objects.get(pk=year)).asked


def switch(entry, rule="jump", is_on=False, reason=WHY, year=2018):
    switch_rule(by=Actor.of(entry.board), year=year, rule=rule, is_on=is_on, reason=reason)


def test_a_rule_is_switched_off_and_on_with_a_reason_in_the_trail(entry):
    switch(entry)
    assert "jump" not in asked()
    switch(entry, is_on=True, reason="Xem lại")
    assert asked() == soft_codes(2018)
    trail = AuditEntry.objects.filter(action="rules.switch").order_by("pk")
    assert [(row.object_code, row.after["is_on"], row.reason) for row in trail] == [
        ("jump", False, WHY),
        ("jump", True, "Xem lại"),
    ]


def test_a_switch_holds_for_its_year_only(entry, world):
    opened(world, 2019)
    switch(entry)
    assert "jump" in asked(2019)


def test_the_same_again_leaves_no_trace(entry):
    switch(entry, is_on=True)
    switch(entry)
    switch(entry)
    assert AuditEntry.objects.filter(action="rules.switch").count() == 1


@pytest.mark.parametrize(
    "values",
    [{"rule": "blank"}, {"rule": "nothing"}, {"reason": "  "}, {"reason": "x" * 301}],
)
def test_hard_and_unknown_rules_and_missing_reasons_are_refused(entry, values):
    with pytest.raises(Refusal):
        switch(entry, **values)
    assert not RuleSwitch.objects.exists()


def test_a_closed_year_keeps_its_rules(entry):
    close_year(2018, by=Actor(name="x"), reason="thử")
    with pytest.raises(Refusal):
        switch(entry)
    assert asked() == soft_codes(2018)


def test_a_unit_submits_without_the_reason_once_the_rule_is_off(entry):
    for line in (entry.line, *entry.cells, *entry.members):
        save_rating(
            by=Actor.of(entry.officer),
            line=line,
            version=0,
            changes={"decided": "HTNV", "self_rated": "KHTNV" if line == entry.line else "HTNV"},
        )
    with pytest.raises(NotComplete):
        submit(by=Actor.of(entry.officer), submission=entry.submission)
    switch(entry, rule="above_self")
    assert submit(by=Actor.of(entry.officer), submission=entry.submission).state == "submitted"


@pytest.mark.parametrize("who", ["officer", "clerk", "board", "viewer"])
def test_all_who_work_with_figures_read_every_rule(client, entry, who):
    client.force_login(getattr(entry, who))
    page = client.get(reverse("assessments:entry_rules")).content.decode()
    for rule in RULES.values():
        assert f'id="{rule.code}"' in page
    assert "HD 16-HD/BTCTW, 24/9/2018" in page
    assert ("tắt…" in page) == (who == "board")


def test_the_rules_are_read_before_any_year_is_opened(client_as, world):
    page = client_as("board", world.province).get("/rules/entry/").content.decode()
    assert "Quy tắc nhập xếp loại" in page and "tắt…" not in page


def test_the_board_switches_on_the_page_and_all_read_why(client, entry):
    client.force_login(entry.board)
    address = reverse("assessments:entry_rule", args=[2018, "jump"])
    form = client.get(address).context["form"]
    assert form["is_on"].value() is False
    assert send(client, address, {"is_on": "False", "reason": WHY}).status_code == 302
    assert "jump" not in asked()
    client.force_login(entry.officer)
    page = client.get(reverse("assessments:entry_rules_year", args=[2018])).content.decode()
    assert WHY in page and "1 quy tắc đã tắt" in page
    client.force_login(entry.board)
    assert client.get(address).context["form"]["is_on"].value() is True
    send(client, address, {"is_on": "True", "reason": "Xem lại"})
    assert asked() == soft_codes(2018)


def test_a_refusal_stands_on_the_page_with_what_was_typed(client, entry):
    client.force_login(entry.board)
    address = reverse("assessments:entry_rule", args=[2018, "jump"])
    assert send(client, address, {"is_on": "False", "reason": ""}).context["form"].errors
    close_year(2018, by=Actor(name="x"), reason="thử")
    answer = send(client, address, {"is_on": "False", "reason": WHY})
    assert answer.status_code == 200 and WHY in answer.content.decode()
    assert not RuleSwitch.objects.exists()


def test_only_the_board_switches_and_only_soft_rules(client, entry):
    address = reverse("assessments:entry_rule", args=[2018, "jump"])
    for user in (entry.officer, entry.clerk, entry.viewer):
        client.force_login(user)
        assert send(client, address, {"is_on": "False", "reason": WHY}).status_code == 403
    client.force_login(entry.board)
    for args in ([2018, "blank"], [2018, "nothing"], [2019, "jump"]):
        assert client.get(reverse("assessments:entry_rule", args=args)).status_code == 404
