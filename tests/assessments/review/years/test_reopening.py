"""Before a year is reopened the page says what that would change, in whose list, and why."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from assessments.registers.door import change
from assessments.review.years.actions import close_year, reopen_year
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.movements import Movement
from assessments.roster.models.tallies import Tally
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.targets import Target
from assessments.rules.models.years import RatingYear, YearRevision
from members.actions import cells, heads, members
from orgs.actions import reorganize
from tests import short
from tests.assessments.random_acts import DATED, RandomActs, example
from tests.assessments.years import opened, rate_all

pytestmark = pytest.mark.django_db
LATER = date(2020, 7, 1)


def state() -> list:
    """Rosters, movements, tallies and what the last revision keeps, but for keys."""
    models = (OrganizationLine, MemberLine, VillageLine, Movement, Tally)
    rows = [
        sorted(map(str, model.objects.filter(year=2018).values_list(*names)))
        for model in models
        for names in [[one.attname for one in model._meta.concrete_fields[1:] if one.attname != "version"]]
    ]
    last = YearRevision.objects.filter(year=2018).latest("number")
    return [*rows, last.tallies, last.missing]


@pytest.fixture
def year(world, actor) -> RatingYear:
    found = opened(2018, actor)
    rate_all(found, "HTTNV")
    return close_year(2018, by=actor, reason="thử")


@pytest.fixture
def board(world, client_as):
    return client_as(Role.BOARD, world.province)


def page(client) -> str:
    return client.get(reverse("assessments:year_reopen", args=[2018])).content.decode()


def enter_later(world, actor, day) -> None:
    """Each kind of change whose day lies after the year."""
    one, two, three = world.alpha.members
    cell = world.alpha.cells[0]
    change(members.exempt, by=actor, member=one, is_exempt=True, on=day)
    change(members.leave, by=actor, member=two, on=day, leaving_reason="transferred")
    change(members.come_back, by=actor, member=two, cell=cell, on=date(2022, 1, 1))
    change(members.transfer, by=actor, member=three, cell=world.alpha.cells[1], on=day)
    change(cells.change_form, by=actor, organization=world.alpha.commune, form="section", on=day)
    change(reorganize.rename, by=actor, organization=world.beta.commune, name="Tên mới", on=day)
    change(cells.dissolve, by=actor, organization=world.beta.cells[1], on=day, decision="1-QĐ")


def test_what_happened_after_the_year_changes_nothing_in_it(world, actor, year, board):
    """An exemption of today, a leaving and a return, a form, a name, an end."""
    before = state()
    enter_later(world, actor, LATER)
    found = page(board)
    assert "Danh sách và số liệu giữ nguyên như khi khóa sổ." in found and "Y Alpha" not in found
    assert RatingYear.objects.get(pk=2018).is_closed and state() == before
    reopen_year(2018, by=actor, reason="thử")
    close_year(2018, by=actor, reason="thử")
    assert state() == before


def test_the_page_names_rows_counts_reasons_and_figures(world, actor, year, board):
    before = state()
    one, two, _three = world.alpha.members
    change(members.exempt, by=actor, member=one, is_exempt=True, on=date(2018, 5, 1))
    change(members.leave, by=actor, member=two, on=date(2018, 6, 1), leaving_reason="expelled")
    change(reorganize.dissolve, by=actor, organization=world.beta.cells[1], on=date(2018, 7, 1), decision="1")
    found = page(board)
    assert state() == before
    for words in (
        "Huyện ủy Alpha", "Y Alpha 1", "Y Alpha 2", "dòng đổi miễn sinh hoạt", "dòng ra khỏi danh sách",
        "ngày 01/05/2018", "ngày 01/06/2018", "sau khi khóa sổ", "Huyện ủy Beta", "Chi bộ Beta 2",
    ):  # fmt: skip
        assert words in found, words
    assert "Y Alpha 3" not in found
    prospect = board.get(reverse("assessments:year_reopen", args=[2018])).context["prospect"]
    alpha, beta = prospect.units
    assert [count for _words, count in alpha.counts] == [1, 1]
    (heads,) = [one for one in alpha.figures if one.after.indicator.code == "members_well"]
    assert (heads.before.rated, heads.after.rated) == (3, 1)
    assert beta.figures and not prospect.changes_nothing


def test_a_target_that_is_another_since_is_told_as_that(world, year, board):
    Target.objects.filter(indicator="members_well").update(value=99)
    found = page(board)
    assert "mục tiêu hoặc cách tính của Ban Tổ chức đã khác" in found and "giữ nguyên" not in found


def test_a_reason_is_of_what_changed_and_of_who_it_hangs_on(world, actor, year, board):
    """Not of what was done to the same member last; of a village also of the member who heads it."""
    member, head = world.alpha.members[0], world.alpha.head
    change(heads.correct, by=actor, head=head, member=world.beta.members[0])
    reopen_year(2018, by=actor, reason="thử")
    close_year(2018, by=actor, reason="thử")
    change(members.leave, by=actor, member=member, on=date(2018, 6, 1), leaving_reason="transferred")
    change(members.come_back, by=actor, member=member, cell=world.alpha.cells[0], on=date(2019, 6, 1))
    change(members.exempt, by=actor, member=member, is_exempt=True, on=date(2020, 6, 1))
    change(
        members.leave,
        by=actor,
        member=world.beta.members[0],
        on=date(2018, 7, 1),
        leaving_reason="transferred",
    )
    units = board.get(reverse("assessments:year_reopen", args=[2018])).context["prospect"].units
    why = {named.row.change.code: named.why for unit in units for named in unit.rows}
    assert why["A1"].startswith("ra khỏi tổ chức ngày 01/06/2018; thử nghiệm nhập ngày ")
    assert why["B1"].startswith("ra khỏi tổ chức ngày 01/07/2018; ")
    assert why["T.A.1"].startswith("B1 ra khỏi tổ chức; thử nghiệm nhập ngày ")


def test_what_changed_since_it_was_shown_is_shown_again(world, actor, year, board):
    address = reverse("assessments:year_reopen", args=[2018])
    mark = board.get(address).context["prospect"].mark
    member = world.alpha.members[0]
    change(members.exempt, by=actor, member=member, is_exempt=True, on=date(2018, 5, 1))
    answer = board.post(address, {"reason": "Rà soát", "seen": mark})
    assert "Sổ đã thay đổi sau khi trang này hiển thị" in answer.content.decode()
    assert RatingYear.objects.get(pk=2018).is_closed
    answer = board.post(address, {"reason": "Rà soát", "seen": answer.context["prospect"].mark})
    assert answer.status_code == 302 and RatingYear.objects.get(pk=2018).is_open


def test_nobody_but_the_board_sees_it(world, year, client_as):
    for role, place in ((Role.OFFICER, world.alpha.unit), (Role.VIEWER, world.province)):
        assert client_as(role, place).get("/years/2018/reopen/").status_code == 403


def test_statements_do_not_grow_with_rows(world, actor, year, board, settings):
    def statements() -> int:
        with CaptureQueriesContext(connection) as caught:
            page(board)
        return len(caught)

    exempt = {"by": actor, "is_exempt": True, "on": date(2018, 5, 1)}
    change(members.exempt, member=world.alpha.members[0], **exempt)
    few = statements()
    for member in world.alpha.members[1:]:
        change(members.exempt, member=member, **exempt)
    assert statements() <= few
    settings.STORE_NAMES = False
    assert "Y Alpha" not in page(board)


def test_the_command_says_it_beside_the_answer(world, actor, year):
    change(members.exempt, by=actor, member=world.alpha.members[0], is_exempt=True, on=date(2018, 5, 1))
    out, told = io.StringIO(), io.StringIO()
    call_command("period", "reopen", "2018", "--reason", "thử", "--json", stdout=out, stderr=told)
    assert "1 dòng đổi miễn sinh hoạt" in told.getvalue() and '"state": "open"' in out.getvalue()


@settings(
    max_examples=short.examples(4, most=short.OF_A_PROVINCE), deadline=None, database=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 10**9))
def test_no_act_of_a_day_after_the_year_changes_it(world, actor, seed):
    with example():
        opened(2018, actor)
        close_year(2018, by=actor, reason="thử")
        before = state()
        acts = ActsOfLater(seed, actor)
        for _act in range(15):
            acts.do(DATED)
        reopen_year(2018, by=actor, reason="thử")
        close_year(2018, by=actor, reason="thử")
        assert state() == before


class ActsOfLater(RandomActs):
    """Acts of days after 2018."""

    def day(self) -> date:
        return date(2019, self.random.randrange(1, 12), self.random.randrange(1, 28))
