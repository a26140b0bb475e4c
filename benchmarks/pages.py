"""B2 to B5: pages through the whole middleware, beside a view that says hello; a search."""

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import cycle

from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from assessments.registers import listed
from assessments.registers.views.members import SORTS
from assessments.roster.models.lines import OrganizationLine
from assessments.rules.models.years import RatingYear
from benchmarks.measure import in_turn, statements, table
from members.models import Member
from resolution03.lib.paging import page_of

HELLO = "/benchmark/hello/"
LAST_OPEN = 2025


class Visitor:
    """A signed-in user of the test client."""

    def __init__(self, user: User):
        self.client = Client(headers={"host": "127.0.0.1"})
        self.client.force_login(user, "django.contrib.auth.backends.ModelBackend")

    def get(self, path: str, status: int = 200, **headers) -> Callable[[], object]:
        """A call that asks for `path` and fails on any other status."""

        def call():
            response = self.client.get(path, headers=headers, secure=True)
            if response.status_code != status:
                raise SystemExit(f"{path}: {response.status_code}")
            return response

        return call


def _board() -> Visitor:
    return Visitor(User.objects.filter(role=Role.BOARD).first())


def dashboard(runs: int) -> str:
    """B2: whole page within 10 times hello, unchanged (304) within 2.5 times."""
    visitor = _board()
    path = reverse("assessments:province", args=[RatingYear.objects.latest("year").pk])
    tag = visitor.get(path)()["ETag"]
    sides = {
        "hello": visitor.get(HELLO),
        "province dashboard": visitor.get(path),
        "unchanged (304)": visitor.get(path, 304, **{"if-none-match": tag}),
    }
    counted = ", ".join(f"{name}: {statements(call)} statements" for name, call in sides.items())
    return table("B2 province dashboard", in_turn(sides, runs, 5), to="hello", lines=(counted,))


def lists(runs: int) -> str:
    """B3: a list page within 10 times hello, its last page within twice its first."""
    visitor, officer = _board(), Visitor(User.objects.filter(role=Role.OFFICER).first())
    members, villages = reverse("registers:member_list"), reverse("registers:village_list")
    organizations = reverse("registers:organization_list")
    sides = {
        "hello": visitor.get(HELLO),
        "members, first page": visitor.get(members),
        "members, last page": visitor.get(f"{members}?last=1"),
        "members, search “nguyen”": visitor.get(f"{members}?q=nguyen"),
        "members, an officer's": officer.get(members),
        "organizations": visitor.get(organizations),
        "organizations, last page": visitor.get(f"{organizations}?last=1"),
        "organizations, an officer's": officer.get(organizations),
        "villages, all": visitor.get(f"{villages}?state=all"),
        "villages, last page": visitor.get(f"{villages}?state=all&last=1"),
        "villages, an officer's": officer.get(f"{villages}?state=all"),
        "villages with the milestones": visitor.get(villages),
    }
    counted = ", ".join(f"{name}: {statements(call)} statements" for name, call in sides.items())
    return table("B3 list pages of 50 rows", in_turn(sides, runs, 5), to="hello", lines=(counted,))


def search(runs: int) -> str:
    """B4: the first page found without diacritics within 10 ms (SQLite), its count included."""
    words = {"none": "zzzz", "few": "nguyen van a", "some": "dang", "many": "nguyen"}
    found = {word: Member.objects.existing_on(date.today()).found_by(word) for word in words.values()}
    sides = {
        f"{amount}: “{word}”": partial(page_of, found[word], {}, SORTS, columns=listed.MEMBER, is_large=True)
        for amount, word in words.items()
    }
    counted = ", ".join(f"“{word}”: {rows.count()}" for word, rows in found.items())
    measured = in_turn(sides, runs, 5)
    return table(
        "B4 search without diacritics",
        measured,
        to=measured[0].name,
        lines=(f"Of {Member.objects.count()} members: {counted}.",),
    )


def entry(runs: int) -> str:
    """B5: one row saved within 6 times hello and 8 statements; it changes the open year."""
    line = OrganizationLine.objects.filter(
        year=LAST_OPEN,
        kind="grassroots",
        decided__isnull=False,
        unit__submissions__year=LAST_OPEN,
        unit__submissions__state="in_progress",
    ).first()
    officer = User.objects.get(role=Role.OFFICER, posting__organization=line.unit)
    visitor = Visitor(officer)
    path = reverse("assessments:entry_save", args=[LAST_OPEN, "grassroots"])
    levels = cycle(["HTNV", "HTTNV"])
    state = {"version": line.version}

    def save():
        row = {"line": line.pk, "version": state["version"], "changes": {"decided": next(levels)}}
        response = visitor.client.post(
            path, json.dumps({"rows": [row]}), content_type="application/json", secure=True
        )
        answer = response.json()["rows"][0]
        if answer["state"] != "saved":
            raise SystemExit(str(answer))
        state["version"] = answer["version"]

    sides = {"hello": visitor.get(HELLO), "one row saved": save}
    measured = in_turn(sides, runs, 5)
    return table(
        "B5 one row of the entry grid",
        measured,
        to="hello",
        lines=(f"one row saved: {statements(save)} statements",),
    )
