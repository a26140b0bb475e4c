"""What becomes of bodies by a plan, and what goes with each."""

from datetime import date

import pytest

from assessments.review.years.actions import open_year
from assessments.rules.models.years import Submission
from members.models import Member, Membership
from orgs.models import Coverage, Organization, Placement, Village
from tests.assessments.workbooks.reorganizing.plans import (
    AFFILIATED,
    CELL,
    GRASSROOTS,
    JULY,
    UNIT,
    new_unit,
    plan,
    row,
)
from tests.workbooks import MEMBERS, ORGANIZATIONS

FIRST = date(2025, 7, 1)


def of(code) -> Organization:
    return Organization.objects.get(code=code)


def bodies(done) -> dict:
    assert done.applied, [fault for sheet in done.sheets for fault in sheet.errors]
    return {one.pop("old"): one for one in done.reorganization.as_json()["bodies"]}


def held(what, children=0, members=0, villages=0, new=""):
    counts = {"children": children, "members": members, "villages": villages, "postings": 0}
    return {"new": new, "what": what, **counts}


def test_communes_go_into_a_new_unit_and_their_district_ends(province):
    found = bodies(province(plan(*JULY)))
    assert found == {
        "A.X1": held("merge", children=2, villages=2, new="M"),
        "A.X2": held("merge", new="M"),
        "A": held("end", new="KT"),
    }
    new, old = of("M"), of("A.X1")
    assert (new.level, new.own_level, new.established_on, new.parent) == ("unit", "unit", FIRST, of("KT"))
    assert (old.dissolved_on, old.merged_into, old.dissolution) == (FIRST, new, "12-NQ")
    assert {(one.parent, one.level) for one in Organization.objects.filter(code__startswith="A.X1.")} == {
        (new, "grassroots")
    }
    assert {one.committee for one in Village.objects.filter(code__startswith="A.")} == {new}
    covered = Coverage.objects.filter(village__code="A.T1").values_list(
        "committee__code", "starts_on", "ends_on"
    )
    assert list(covered) == [("A.X1", None, FIRST), ("M", FIRST, None)]
    assert list(Membership.objects.filter(member__code="M1").values_list("starts_on", "ends_on")) == [
        (None, None)
    ]


def test_a_cell_takes_members_and_villages_along(province):
    found = bodies(province(plan(row("A.X1.2", "A.X1.1"))))
    assert found == {"A.X1.2": held("merge", members=1, villages=1, new="A.X1.1")}
    assert Member.objects.get(code="M3").cell == of("A.X1.1") == Village.objects.get(code="A.T2").cell


@pytest.mark.parametrize(
    ("rows", "what", "now"),
    [
        ([row("A.X1", "A.X1", "Xã Mới")], "rename", ("Xã Mới", "A", "grassroots")),
        ([row("A.X1", "A.X1", "Xã Mới", "B")], "move", ("Xã Mới", "B", "grassroots")),
        ([row("A.X1", "A.X1", None, "KT", UNIT)], "move", ("Xã A1", "KT", "unit")),
        ([row("A", "A", None, None, GRASSROOTS)], "kind", ("Huyện A", "KT", "grassroots")),
        (
            [row("A.X1.1", "A.X1.1", "Chi bộ I", None, AFFILIATED)],
            "rename",
            ("Chi bộ I", "A.X1", "affiliated"),
        ),
    ],
)
def test_the_same_code_renames_moves_or_changes_the_kind(province, rows, what, now):
    [(code, told)] = bodies(province(plan(*rows))).items()
    body = of(code)
    assert (told["what"], told["children"]) == (what, 0)
    assert (body.name, body.parent.code, body.level) == now
    assert body.established_on is None and body.merged_into is None


def test_a_renaming_keeps_the_old_name_and_corrects_no_placement(province):
    bodies(province(plan(row("A.X1", "A.X1", "Xã Mới", decision="7-QĐ"))))
    former = of("A.X1").former_names.get()
    assert (former.name, former.until, former.decision) == ("Xã A1", FIRST, "7-QĐ")
    assert list(Placement.objects.filter(organization__code="A.X1").values_list("starts_on", "decision")) == [
        (None, "")
    ]


def test_what_no_row_places_goes_to_the_superior_and_keeps_its_kind(province):
    bodies(province(plan(row("A", "KT"))))
    assert [(one.parent.code, one.level) for one in (of("A.X1"), of("A.X2"))] == [("KT", "grassroots")] * 2
    assert of("A.X1.1").level == "affiliated"


def test_what_has_ended_before_stays_and_what_comes_later_goes_along(province):
    ended = ["A.X1.2", "Chi bộ 2", "A.X1", AFFILIATED, CELL, None, None, "1/6/2025"]
    moved = {"dv": [MEMBERS, ["M3", "A Ba", 2012, "A.X1.1", *[None] * 4, "1/6/2025"]]}
    province({"tc": [ORGANIZATIONS, ended]} | moved)
    later = ["A.X1.3", "Chi bộ 3", "A.X1", AFFILIATED, CELL, None, "1/9/2025"]
    province({"tc": [ORGANIZATIONS, later]})
    found = bodies(province(plan(*JULY)))
    assert found["A.X1"]["children"] == 2
    assert (of("A.X1.2").parent, of("A.X1.3").parent) == (of("A.X1"), of("M"))
    assert list(of("A.X1.3").placements.values_list("starts_on", "parent__code")) == [(None, "M")]


def test_members_that_another_sheet_moves_do_not_go_along(province):
    moved = {"dv": [MEMBERS, ["M3", "A Ba", 2012, "B.X1.1", *[None] * 4, "1/7/2025"]]}
    found = bodies(province(plan(row("A.X1.2", "A.X1.1"), **moved)))
    assert found["A.X1.2"]["members"] == 0
    assert Member.objects.get(code="M3").cell == of("B.X1.1")


def test_part_moves_are_rows_of_their_own(province):
    rows = (*JULY, row("A.X1.2", "A.X1.2", None, "B.X1"))
    found = bodies(province(plan(*rows)))
    assert found["A.X1"]["children"] == 1
    assert (of("A.X1.2").parent.code, of("A.X1.2").level) == ("B.X1", "affiliated")


def test_2026_a_unit_becomes_a_grassroots_organization(province):
    province(plan(*JULY))
    bodies(province(plan(row("M", "M", None, None, GRASSROOTS, on="26/07/2026", decision="208-QĐ/TW"))))
    assert [one.level for one in (of("M"), of("A.X1.1"))] == ["grassroots", "affiliated"]
    assert list(of("M").placements.values_list("own_level", "starts_on")) == [
        ("unit", None), ("grassroots", date(2026, 7, 26)),
    ]  # fmt: skip


def test_loaded_again_it_changes_nothing(province):
    province(plan(*JULY))
    again = province(plan(*JULY))
    assert again.applied and again.counts == {"unchanged": 3}
    assert again.reorganization.bodies == []


def test_a_check_tells_all_and_stores_nothing(province):
    told = province(plan(*JULY), check=True)
    assert not told.applied and not told.has_errors
    assert [one.old for one in told.reorganization.bodies] == ["A.X1", "A.X2", "A"]
    assert not Organization.objects.filter(code="M").exists()


@pytest.mark.parametrize("state", ["accepted", "submitted", "in_progress", "returned"])
def test_a_new_unit_is_as_far_as_those_from_which_it_came(province, actor, state):
    open_year(2025, by=actor)
    known = {"submitted_at": "2026-01-05T00:00:00Z"} if state in ("submitted", "accepted") else {}
    Submission.objects.filter(unit__code="A").update(state=state, **known)
    Submission.objects.filter(unit__code="B").update(state="accepted", submitted_at="2026-01-05T00:00:00Z")
    bodies(
        province(plan(new_unit("A.X1"), row("A.X2", "M"), row("B.X1", "M"), row("A", "KT"), row("B", "KT")))
    )
    assert dict(Submission.objects.values_list("unit__code", "state")) == {"M": state}


def test_figures_before_and_after_of_each_open_year(province, actor):
    open_year(2025, by=actor)
    done = province(plan(*JULY))
    told = done.reorganization.as_json()["years"]
    assert list(told) == ["2025"] and len(told["2025"]["after"]) == 10
    rosters = {
        when: {one["code"]: one["roster"] for one in told["2025"][when]} for when in ("before", "after")
    }
    assert rosters["before"]["grassroots_strong"] == 3 and rosters["after"]["grassroots_strong"] == 3
    assert rosters["before"]["affiliated_strong"] == 3 and rosters["after"]["affiliated_strong"] == 1
