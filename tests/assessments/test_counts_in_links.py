"""A number in a link is that of the list it opens: all such links of the first pages of each role."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django.urls import resolve
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Role
from assessments.review.deadlines import actions as deadlines
from assessments.review.submitting import actions as submissions
from assessments.roster import tallies
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.roster.models.village_lines import VillageLine
from assessments.rules.models.caps import Cap
from assessments.rules.models.deadlines import Stage
from assessments.rules.models.years import Submission
from members.models import Member
from orgs.models import Organization, Village
from tests import factories, short
from tests.assessments.rated import rate
from tests.assessments.year import opened

pytestmark = pytest.mark.once


PAGES = {
    Role.BOARD: (
        "/years/2018/",
        "/years/2018/units/A/",
        "/review/2018/",
        "/review/2018/{unit}/",
        "/review/2018/{unit}/?tab=changed",
        "/villages/",
        "/notices/",
        "/years/",
    ),
    Role.OFFICER: (
        "/ratings/2018/",
        "/ratings/2018/submit/",
        "/ratings/2018/affiliated/",
        "/ratings/2018/members/",
        "/years/2018/",
        "/years/2018/units/A/",
        "/villages/",
    ),
    Role.CLERK: ("/ratings/2018/", "/ratings/2018/grassroots/", "/ratings/2018/members/", "/villages/"),
    Role.VIEWER: ("/years/2018/", "/years/2018/units/A/", "/villages/"),
}
NUMBER = re.compile(r"(?<![\w./,])\d{1,3}(?:\.\d{3})*(?![\w./,%]|\.\d)")
YEAR = re.compile(r"(?i)năm \d{4}|\d{2}/\d{2}/\d{4}|\d+ tháng")
NO_LIST = {
    "assessments:year_close",
    "assessments:year_reopen",
    "assessments:year_revisions",
    "assessments:review_supplements",
    "assessments:work_year",
}
"""No lists: pages that the number does not speak of, and the work page, to which a notice leads that
tells how many rows were given back that day."""
AT_LEAST = {Role.BOARD: 20, Role.OFFICER: 12, Role.CLERK: 4, Role.VIEWER: 8}
"""So many links with a number are followed."""


class Links(HTMLParser):
    """Address and text of each link inside <main> and of the bell above it."""

    def __init__(self, html: str):
        super().__init__()
        self.found, self.open, self.in_main = [], None, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.in_main = self.in_main or tag == "main"
        if tag == "a" and "href" in given and (self.in_main or "bell" in given.get("class", "")):
            self.open = [given["href"], ""]

    def handle_data(self, data):
        if self.open:
            self.open[1] += f" {data} "

    def handle_endtag(self, tag):
        if tag == "a" and self.open:
            self.found.append((self.open[0], " ".join(self.open[1].split())))
            self.open = None


def letters(text: str) -> str:
    """Names without digits, so that each number on a page is a count."""
    return text.translate(str.maketrans("0123456789", "ghiklmnopq"))


@pytest.fixture
def year(world):
    """Something of everything: units late, waiting, returned and over a cap; rows blank in each list,
    mended and owing a reason; villages blank again."""
    for model, name in ((Organization, "name"), (Village, "name"), (Member, "full_name")):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**{name: letters(getattr(row, name))})
    for number in range(3):
        factories.village(
            world.alpha.commune,
            world.alpha.cells[0],
            code=f"T.A.{'xyz'[number]}",
            name=f"Làng {'Một Hai Ba'.split()[number]}",
        )
    entry = opened(world)
    by = Actor.of(entry.board)
    _rate(entry, world)
    Cap.objects.create(
        subject="grassroots",
        level_code="HTXSNV",
        percent=1,
        base="rated",
        group="unit",
        first_year=2018,
        last_year=2018,
    )
    blank = {"cell": None, "had_cell": True, "has_member": False}
    for code, had_member in (("T.A.x", True), ("T.A.y", False)):
        lines = VillageLine.objects.filter(year=2018, village__code=code)
        lines.update(**blank, had_member=had_member)
    year = entry.submission.year
    tallies.recount(year)
    day = timezone.localdate() - timedelta(days=3)
    deadlines.set_deadline(by=by, year=year, stage=Stage.SUBMISSION, due_on=day)
    _submit(entry, world, by)
    return entry


def _rate(entry, world) -> None:
    organizations, members = (
        model.objects.select_related("year__scheme").filter(year=2018)
        for model in (OrganizationLine, MemberLine)
    )
    for part in (world.alpha, world.beta):
        rate(organizations.get(organization=part.commune), "HTXSNV")
        rate(members.get(member=part.members[0]), "HTTNV")
    MemberLine.objects.filter(member=world.alpha.members[1]).update(reason="Mới chuyển đến")
    OrganizationLine.objects.filter(pk=entry.cells[1].pk).update(reason="Mới thành lập")


def _submit(entry, world, by) -> None:
    sent = timezone.now() - timedelta(days=6)
    with_the_board = Submission.objects.filter(
        unit__in=[entry.submission.unit, world.beta.unit, *world.units[:2]]
    )
    with_the_board.update(state="submitted", submitted_at=sent, since=sent)
    back = {entry.line.pk: "Xem lại", entry.cells[0].pk: "Xem lại", entry.cells[1].pk: "Xem lại"}
    submissions.return_lines(
        by=by, submission=entry.submission, organizations=back, members={entry.members[0].pk: "Xem lại"}
    )
    OrganizationLine.objects.filter(pk=entry.cells[1].pk).update(version=1)


def total_of(response) -> int | None:
    """How many rows the list of a page has, over all its pages; None where it has no list."""
    context = response.context
    if "units" in context and "states" in context and "submission" not in context:
        return len(context["units"])
    page = context.get("page")
    if hasattr(page, "paginator"):
        groups = sum(len(section.part.groups) for section in context.get("sections") or ())
        return page.paginator.count + groups
    rows = getattr(page, "rows", None)
    return None if rows is None else len(rows)


def counts_in(text: str) -> list[int]:
    return [int(found.replace(".", "")) for found in NUMBER.findall(YEAR.sub("", text))]


def test_a_number_in_a_link_is_that_of_its_list(year, client_of):
    people = {
        Role.OFFICER: year.officer,
        Role.BOARD: year.board,
        Role.CLERK: year.clerk,
        Role.VIEWER: year.viewer,
    }
    checked = {}
    for role, user in short.some(list(people.items())):
        crawl = Crawl(client_of(user))
        for start in PAGES[role]:
            crawl.page(start.format(unit=year.submission.pk))
        assert not crawl.wrong, role
        checked[role] = crawl.checked
    assert all(count >= AT_LEAST[role] for role, count in checked.items()), checked


class Crawl:
    """One user's walk: how many links with a number were followed, and which were wrong."""

    def __init__(self, client):
        self.client, self.totals, self.checked, self.wrong = client, {}, 0, []

    def page(self, start: str) -> None:
        response = self.client.get(start)
        assert response.status_code == 200, start
        for href, text in Links(response.content.decode()).found:
            counts = counts_in(text)
            if counts and not href.startswith("#"):
                self.link(start, urljoin(start, href), text, counts)

    def link(self, start: str, address: str, text: str, counts: list[int]) -> None:
        if resolve(re.split("[?#]", address)[0]).view_name in NO_LIST:
            return
        if address not in self.totals:
            self.totals[address] = total_of(self.client.get(address, follow=True))
        self.checked += 1
        if self.totals[address] not in counts:
            self.wrong.append((start, text, address, self.totals[address]))
