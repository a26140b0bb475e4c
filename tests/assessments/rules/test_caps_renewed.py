"""From rating year 2025 on organizations are capped by those rated HTTNV; what the Board changed stays
(migration 0018)."""

import pytest
from django.apps import apps

from accounts.actors import Actor
from assessments.review.rulebook.cap_actions import save_cap
from assessments.review.years.actions import close_year, open_year
from assessments.rules import reference
from assessments.rules.models.caps import Cap
from assessments.rules.models.years import RatingYear
from assessments.rules.of_year import rules_of
from tests.assessments.years import opened

pytestmark = pytest.mark.django_db
BY = Actor(name="thử nghiệm")
BEFORE, NEW = ("rated", "", 2019, 2024, True), ("level", "HTTNV", 2025, None, True)


def caps(subject: str) -> list[tuple]:
    rows = Cap.objects.filter(subject=subject).order_by("first_year")
    return [*rows.values_list("base", "base_level_code", "first_year", "last_year", "is_default")]


@pytest.fixture
def before():
    """The caps as they were installed before the migration."""
    reference.restore_caps(apps)
    Cap.objects.update(is_default=False)


def test_they_are_there_after_migrate_with_their_document():
    assert caps("grassroots") == caps("affiliated") == [BEFORE, NEW]
    assert caps("member") == [("level", "HTTNV", 2019, None, True)]
    new = Cap.objects.get(subject="grassroots", first_year=2025)
    assert (new.document, new.article) == ("QĐ 366-QĐ/TW, 30/8/2025 của Bộ Chính trị", "điều 11")
    assert (new.percent, new.group) == (20, "unit")


def test_what_the_board_left_alone_is_renewed(before):
    assert caps("grassroots") == [("rated", "", 2019, None, False)]
    reference.renew_caps(apps)
    assert caps("grassroots") == caps("affiliated") == [BEFORE, NEW]
    reference.renew_caps(apps)
    assert caps("grassroots") == [BEFORE, NEW]
    reference.restore_caps(apps)
    assert caps("grassroots") == [("rated", "", 2019, None, True)]


@pytest.mark.parametrize(
    "changes",
    [
        {"percent": 15},
        {"base": "level", "base_level_code": "HTTNV"},
        {"group": "grassroots"},
        {"first_year": 2018},
        {"last_year": 2030},
        {"document_number": "QĐ 1-QĐ/TU"},
    ],
)
def test_what_the_board_changed_stays(before, changes):
    Cap.objects.filter(subject="affiliated").update(**changes)
    stood = caps("affiliated")
    reference.renew_caps(apps)
    is_default = "document_number" not in changes
    assert caps("affiliated") == [(*row[:-1], is_default) for row in stood]
    assert caps("grassroots") == [BEFORE, NEW]


def test_what_the_board_took_away_or_added_stays(before):
    Cap.objects.filter(subject="affiliated").delete()
    Cap.objects.filter(subject="grassroots").update(last_year=2024)
    own = Cap(
        subject="grassroots", level_code="HTXSNV", percent=20, base="rated", group="unit", first_year=2025
    )
    save_cap(own, by=BY)
    reference.renew_caps(apps)
    assert caps("affiliated") == []
    assert [row[:4] for row in caps("grassroots")] == [("rated", "", 2019, 2024), ("rated", "", 2025, None)]


def test_a_closed_year_keeps_the_caps_it_was_closed_with(world, actor, before):
    """As JSON of before has them: without groups of like bodies, exceptions, least size, article."""
    opened(2025, actor)
    close_year(2025, by=actor, reason="thử")
    year = RatingYear.objects.get(pk=2025)
    new = {"article", "is_default", "least_size", "likes", "exceptions"}
    for row in year.frozen["caps"]:
        for key in new:
            del row[key]
    year.save()
    reference.renew_caps(apps)
    kept = {cap.subject: (cap.base, cap.is_default, cap.exceptions) for cap in rules_of(year).caps}
    assert kept == {
        "member": ("level", True, ()),
        "grassroots": ("rated", True, ()),
        "affiliated": ("rated", True, ()),
    }
    live = rules_of(open_year(2026, by=actor))
    assert {cap.subject: cap.base for cap in live.caps} == dict.fromkeys(kept, "level")
