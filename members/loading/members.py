"""Rows of members against what is stored: faults, warnings, and what would change."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from members import doubts, rules
from members.actions.bulk import MEMBER_FIELDS
from members.imports import MEMBERS
from members.models import Member, Membership
from orgs.loading.moves import Stretch, repeated_moves
from orgs.loading.organizations import Organizations
from orgs.loading.scope import judge_code, unknown
from orgs.rules import exists_on, follows
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, keys_of, wanted
from resolution03.lib.workbooks.doubts import DATES
from resolution03.lib.workbooks.names import warn_of_renaming
from resolution03.lib.workbooks.table import Row

STORED = ("pk", "code", *MEMBER_FIELDS, "cell_id")
KEYS = keys_of(MEMBERS, "code", "applies_on")


class Members:
    """Stored members overlaid by the rows of a load."""

    def __init__(self, rows: list[Row], organizations: Organizations, mentioned=()):
        self.organizations = organizations
        self.mentioned = set(mentioned)
        self.all_rows = rows
        self.stored = _stored(organizations)
        self.repeated = repeated_moves(
            rows, self.stored, place="cell", latest="joined_cell", keys=KEYS, past=_past()
        )
        self.rows: dict[str, Row] = {}
        for row in rows:
            if row.code and row.code not in self.repeated:
                self.rows.setdefault(row.code, row)

    def knows(self, code: str) -> bool:
        if code in self.rows or code in self.mentioned:
            return True
        hides = self.organizations.scope.hides
        return code in self.stored and (not hides or self.is_inside(code))

    def names_of(self, code: str) -> list[str]:
        """The names that a member bears before the load and after it; one may be empty."""
        found = [self.stored[code]["full_name"]] if code in self.stored else []
        if row := self.rows.get(code):
            found.append(row.given("full_name", ""))
        return found

    def is_inside(self, code: str) -> bool:
        """In the scope by the cell before and after; true when a faulty row leaves it open."""
        inside = self.organizations.is_inside
        if code in self.stored and not inside(self.stored[code]["cell"]):
            return False
        row = self.rows.get(code)
        cell = row.text("cell") if row else None
        return cell is None or inside(cell)

    def day(self, code: str, key: str) -> date | None:
        """A date of a member after the load."""
        row = self.rows.get(code)
        if row and row.has(key):
            given = row.partial(key)
            return given.day if given else None
        return self.stored[code][key] if code in self.stored else None

    def is_member_on(self, code: str, day: date) -> bool:
        joined = self.day(code, "arrived_on") or self.day(code, "admitted_on")
        return exists_on(day, joined, self.day(code, "left_on"))

    def judge(self) -> None:
        for row in self.all_rows:
            if row.code:
                asked = {} if row.code in self.repeated else wanted(row, KEYS)
                stored = self.stored.get(row.code)
                compare(row, stored, asked)
                self._judge(row)
                if stored and self.is_inside(row.code):
                    warn_of_renaming(row, stored["full_name"])
        self._judge_lost_cells()

    def _judge(self, row: Row) -> None:
        judge_code(row)
        cell = row.text("cell")
        if cell and not self.organizations.knows(cell):
            row.blame("unknown_code", "cell", unknown(cell, self.organizations.knows))
        if not self.is_inside(row.code):
            row.blame("outside_unit", "cell", self.organizations.scope.outside_message)
        if row.status != UNCHANGED:
            self._judge_dates(row)
            if row.status == CREATED or "cell" in row.changes:
                self._judge_cell(row, cell)

    def _judge_dates(self, row: Row) -> None:
        day = {key: self._day(row, key) for key in ("admitted_on", "arrived_on", "official_on", "left_on")}
        admitted, official = day["admitted_on"], day["official_on"]
        if admitted is None:
            return
        if not rules.is_official_in_order(admitted, official):
            key = "official_on" if row.has("official_on") else "admitted_on"
            row.blame("inconsistent", key, _("official before the admission"))
        elif text := doubts.early_official(admitted, official):
            row.warn("early_official", "official_on", text)
        if text := doubts.age(self._day(row, "born_on"), admitted):
            row.warn_once(DATES, "admitted_on", text)
        first_day = max(day["arrived_on"] or admitted, admitted)
        if not rules.counted_until_in_order(first_day, day["left_on"]):
            key = "left_on" if row.has("left_on") else "admitted_on"
            row.blame("inconsistent", key, _("leaving before the admission or arrival"))
        if row.has("left_on") and rules.is_death_ahead(
            row.text("leaving_reason"), day["left_on"], timezone.localdate()
        ):
            row.warn_once(
                DATES,
                "left_on",
                _("%(day)s: this day is still to come") % {"day": f"{day['left_on']:%d/%m/%Y}"},
            )

    def _day(self, row: Row, key: str) -> date | None:
        given = row.partial(key)
        if given or row.has(key):
            return given.day if given else None
        return self.stored.get(row.code, {}).get(key)

    def _judge_cell(self, row: Row, cell: str | None) -> None:
        if cell is None:
            return
        if self.organizations.is_surely_no_cell(cell):
            row.blame("inconsistent", "cell", _("this is not a cell; members belong to a cell"))
        stored = self.stored.get(row.code)
        move = row.partial("applies_on")
        if move and stored and not follows(move.day, stored["joined_cell"]):
            row.blame(
                "inconsistent",
                "applies_on",
                _("before the latest move, of %(day)s") % {"day": f"{stored['joined_cell']:%d/%m/%Y}"},
            )
        founded, admitted = self.organizations.established_on(cell), self._day(row, "admitted_on")
        if not move and (text := doubts.before_cell(admitted, founded)):
            row.warn("before_cell", "admitted_on", text)

    def _judge_lost_cells(self) -> None:
        """A cell that becomes a committee while members stay in it."""
        rows = {row.code: row for row in self.organizations.cells_no_more()}
        for code, found in self.stored.items() if rows else ():
            if found["cell"] in rows and not (self.rows.get(code) and "cell" in self.rows[code].changes):
                rows[found["cell"]].blame("inconsistent", "form", _("members belong to it"))


def _past() -> Iterable[Stretch]:
    return (
        Membership.objects.filter(ends_on__isnull=False)
        .order_by()
        .values_list("member__code", "cell__code", "starts_on")
    )


def _stored(organizations: Organizations) -> dict[str, dict]:
    memberships = {
        member: (pk, day)
        for member, pk, day in Membership.objects.current()
        .order_by()
        .values_list("member_id", "pk", "starts_on")
    }
    stored = {}
    for row in Member.objects.order_by().values(*STORED):
        row["cell"] = organizations.by_pk[row.pop("cell_id")]
        row["membership"], row["joined_cell"] = memberships.get(row["pk"], (None, None))
        stored[row["code"]] = row
    return stored
