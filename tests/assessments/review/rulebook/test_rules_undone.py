"""What the Board changes in the rules is shown with the figures of open years before, and taken back by one
act; what contradicts that by now is named, and nothing changes."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.utils.html import escape

from accounts.models import Role
from assessments.figures.board import figures
from assessments.registers.undoing.models import ActDone, BatchRows
from assessments.review.rulebook.tables import TABLES
from assessments.review.years.actions import close_year, open_year
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement
from assessments.rules.models.caps import Cap
from assessments.rules.models.counts import Activity
from assessments.rules.models.schemes import Level, Reading, Scheme
from assessments.rules.models.target_sets import TargetSet
from assessments.rules.models.targets import Target, Term
from assessments.rules.models.years import RatingYear
from orgs.models import AuditEntry
from tests import short
from tests.assessments.registers.confirming import send

DECISION = {"document_number": "12-QĐ/TU", "document_date": "1/8/2018"}


@pytest.fixture
def year(world, actor):
    """2018, in which all is rated `Hoàn thành tốt nhiệm vụ`."""
    found = open_year(2018, by=actor)
    for model, subject in ((OrganizationLine, "organization"), (MemberLine, "member")):
        level = Level.objects.get(scheme=found.scheme, subject=subject, code="HTTNV")
        model.objects.filter(year=found).update(decided=level)
    tallies.recount(found)
    return found


@pytest.fixture
def board(client_as, world):
    return client_as(Role.BOARD, world.province)


def rules() -> dict:
    """All rules, and what follows from them."""
    found = {model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in TABLES}
    told = [
        (year.pk, one.code, one.numerator, one.denominator, one.target, one.met)
        for year in RatingYear.objects.all()
        for one in figures(year)
    ]
    moved = Movement.objects.values_list("year", "member", "kind", "on", "in_term")
    return found | {"figures": sorted(map(str, told)), "movements": sorted(map(str, moved))}


def pages() -> dict[str, tuple]:
    """Each change of a rule: its address, what is typed, whether figures change by it."""
    strong = Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=False)
    target = Target.objects.filter(indicator="members_well").first()
    cap, term = (
        Cap.objects.filter(subject="member", first_year__lte=2019).first(),
        Term.objects.get(is_target_term=True),
    )
    scheme, like = Scheme.objects.get(first_year=2018), Scheme.objects.latest("first_year")
    level = scheme.levels.get(subject="member", code="HTXSNV")
    typed = {
        "indicator": target.indicator, "comparison": target.comparison, "value": "99,5",
        "first_year": target.first_year or "", "last_year": target.last_year or "", "article": "II.2",
    }  # fmt: skip
    capped = {
        "subject": cap.subject, "level_code": cap.level_code, "percent": "5", "base": cap.base,
        "base_level_code": cap.base_level_code, "group": cap.group, "first_year": cap.first_year,
        "last_year": cap.last_year or "",
    }  # fmt: skip
    activity = Activity.objects.first()
    return {
        "reading chosen": (f"/rules/readings/{strong.pk}/choose/", DECISION, True),
        "reading added": (f"/rules/schemes/{scheme.pk}/readings/well/add/",
                          {"name": "khác", "levels": [level.pk]}, False),
        "target": (f"/rules/targets/{target.pk}/", typed, True),
        "target removed": (f"/rules/targets/{target.pk}/remove/", {}, True),
        "cap": (f"/rules/caps/{cap.pk}/", capped, False),
        "cap removed": (f"/rules/caps/{cap.pk}/remove/", {}, False),
        "term": (f"/rules/terms/{term.pk}/",
                 {"name": term.name, "starts_on": "1/1/2009", "ends_on": "30/9/2020"}, True),
        "scheme": (f"/rules/schemes/{scheme.pk}/", {"name": "HD khác", "first_year": 2018, "last_year": 2018},
                   False),
        "scheme added": ("/rules/schemes/add/", {"name": "QĐ mới", "first_year": "2030", "like": like.pk},
                         False),
        "level": (f"/rules/levels/{level.pk}/", {"name": "Tên khác"}, False),
        "count": (f"/counts/activities/{activity.pk}/",
                  {"name": "Tên khác", "short_name": "Khác", "document": "NQ"}, False),
        "switch": ("/rules/entry/2018/jump/", {"is_on": "False", "reason": "không cần"}, False),
    }  # fmt: skip


def test_every_change_of_a_rule_is_shown_kept_and_taken_back(board, year):
    for name, (address, typed, is_counted) in short.some(list(pages().items())):
        point, stood = transaction.savepoint(), rules()
        shown = board.post(address, typed)
        preview = shown.context and shown.context["preview"]
        assert rules() == stood or name in ("scheme", "level"), f"{name}: nothing is stored before"
        if shown.status_code == 200:
            assert preview and bool(preview.figures) == is_counted, (name, shown.context["form"].errors)
            before = {c.words.name: c.shown[1] for place in preview.figures for c in place.changes}
        done = send(board, address, typed)
        assert done.status_code == 302, (name, done.context["form"].errors)
        now = rules()
        assert now != stood, name
        if is_counted:
            told = {one.words.name: one for one in map(lambda f: f.indicator, figures(year))}
            assert before.keys() <= told.keys() and now["figures"] != stood["figures"], name
        kept = ActDone.objects.get()
        assert f'action="/rules/acts/{kept.pk}/undo/"' in board.get(done.url).content.decode(), name
        undone = board.post(f"/rules/acts/{kept.pk}/undo/")
        assert undone.status_code == 302, (name, undone.context["refusal"])
        assert rules() == stood, name
        assert AuditEntry.objects.filter(action="rules.undo", batch=kept.batch).exists(), name
        assert not BatchRows.objects.exists(), name
        again = board.post(f"/rules/acts/{kept.pk}/undo/", follow=True)
        assert "đã được hoàn tác trước đó" in again.content.decode() and rules() == stood, name
        transaction.savepoint_rollback(point)


def test_one_click_tells_that_met_becomes_not_met(board, year):
    """The Board's reading of `strong` that counts the best level alone, where all have the second."""
    strong = Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=False)
    page = board.post(f"/rules/readings/{strong.pk}/choose/", DECISION).content.decode()
    assert "100,00%" in page and "0,00%" in page and "Xác nhận" in page
    assert "từ đạt thành chưa đạt" in page
    assert not Reading.objects.get(pk=strong.pk).in_use


def test_a_cap_tells_how_many_units_are_over_it(board, year):
    """All have the second level; a cap on it lets none of the units through, one on the best all."""
    units = OrganizationLine.objects.filter(year=year, kind="affiliated").values("unit").distinct().count()
    typed = {"subject": "affiliated", "base": "rated", "group": "unit", "first_year": "2018", "percent": "5"}
    for code, words in (("HTTNV", f"{units} đơn vị vượt trần (trước: 0)"), ("HTXSNV", "")):
        page = board.post("/rules/caps/add/", typed | {"level_code": code, "last_year": "2018"})
        told = [one for one in page.context["preview"].sentences if "vượt trần" in one]
        assert [one.endswith(words) for one in told] == [True] * bool(words), (code, told)


def test_a_cap_tells_how_many_groups_come_over_it(board, year):
    """A cap moves no figure, but reasons are asked of whoever is over it."""
    MemberLine.objects.filter(year=year).update(
        decided=Level.objects.get(scheme=year.scheme, subject="member", code="HTXSNV")
    )
    tallies.recount(year)
    address, typed, _counted = pages()["cap"]
    typed |= {"base": "rated", "base_level_code": "", "group": "unit", "percent": "99", "first_year": 2018}
    for group, words in (("unit", "đơn vị"), ("grassroots", "tổ chức cơ sở đảng")):
        asked = board.post(address, typed | {"group": group})
        (told,) = asked.context["preview"].sentences
        count = MemberLine.objects.filter(year=year, is_exempt=False).order_by()
        places = count.values("unit" if group == "unit" else "grassroots").distinct().count()
        assert f"trần HTXSNV, đảng viên: {places} {words} vượt trần (trước: 0)" in told, told


def undo_of(board, address, typed) -> str:
    assert send(board, address, typed).status_code == 302
    return f"/rules/acts/{ActDone.objects.latest('pk').pk}/undo/"


def test_what_holds_in_its_place_by_now_is_named(board, year, actor):
    target = Target.objects.filter(indicator="members_well").first()
    removed = undo_of(board, f"/rules/targets/{target.pk}/remove/", {})
    other = Target.objects.create(
        set=TargetSet.objects.get(),
        indicator="members_well",
        comparison=">",
        value=Decimal(75),
        first_year=2017,
    )
    stood = rules()
    page = board.post(removed)
    removing = board.post(f"/rules/targets/{other.pk}/remove/")
    for shown in (page, removing):
        content = shown.content.decode()
        assert shown.status_code == 200 and escape("Đảng viên hoàn thành tốt nhiệm vụ > 75") in content
        assert "members_well" not in content
    assert rules() == stood
    strong = Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=False)
    chosen = undo_of(board, f"/rules/readings/{strong.pk}/choose/", DECISION)
    close_year(2018, by=actor, reason="thử")
    assert "2018 đã khóa sau đó" in board.post(chosen).content.decode()


def test_a_scheme_by_which_a_year_was_opened_stays(board, world, actor):
    like = Scheme.objects.latest("first_year")
    typed = {"name": "QĐ mới", "first_year": "2026", "like": like.pk}
    undo = undo_of(board, "/rules/schemes/add/", typed)
    open_year(2026, by=actor)
    stood = rules()
    page = board.post(undo).content.decode()
    assert "2026" in page and rules() == stood


def test_only_the_board_takes_a_rule_back(board, year, client_as, world):
    strong = Reading.objects.get(scheme__first_year=2018, meaning="strong", in_use=False)
    undo = undo_of(board, f"/rules/readings/{strong.pk}/choose/", DECISION)
    for role, place in ((Role.OFFICER, world.alpha.unit), (Role.VIEWER, world.province)):
        client = client_as(role, place)
        assert client.post(undo).status_code == 403
        assert undo not in client.get("/rules/").content.decode()
    assert board.post("/rules/acts/999/undo/").status_code == 404
    assert Reading.objects.get(pk=strong.pk).in_use
