"""Rows of members against what is stored: faults, warnings, and what would change."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from members import doubts, rules
from members.actions.bulk import LEAVING, MEMBER_FIELDS
from members.imports import MEMBERS
from members.loading.stays import asked_of_stays, is_return, past_stays
from members.models import FormerExemption, LeavingReason, Member, Membership
from orgs.actions.former import last_change
from orgs.loading.moves import (
    Course,
    Stretch,
    former_rows,
    former_stretches,
    judge_day,
    note_day,
    repeated_moves,
)
from orgs.loading.organizations import Organizations
from orgs.loading.scope import judge_code, unknown
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, keys_of, wanted
from resolution03.lib.workbooks.doubts import DATES
from resolution03.lib.workbooks.names import warn_of_renaming
from resolution03.lib.workbooks.table import Row

STORED = ("pk", "code", *MEMBER_FIELDS, *LEAVING, "cell_id")
KEYS = keys_of(MEMBERS, "code", "applies_on")


class Members:
    """Stored members overlaid by the rows of a load."""

    def __init__(self, rows: list[Row], organizations: Organizations, mentioned=()):
        self.organizations = organizations
        self.mentioned = set(mentioned)
        self.all_rows = rows
        self.stored = _stored(organizations)
        self.repeated = repeated_moves(rows, self.stored, COURSES, KEYS)
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

    def is_member_on(self, code: str, day: date) -> bool:
        """By the member's own dates, as they are after the load (INTERFACE, reading 4)."""
        row, stored = self.rows.get(code), self.stored.get(code)
        if row is None or not row.status:
            return False if stored is None else rules.is_present(day, _stays(stored))
        admitted = self._day(row, "admitted_on")
        if admitted is None:
            return False
        past = _past_of(stored, row.changes) if stored else []
        latest = (self._day(row, "arrived_on"), self._day(row, "left_on"))
        return rules.is_present(day, rules.stays(admitted, [*past, latest]))

    def judge(self) -> None:
        for row in self.all_rows:
            if row.code:
                asked = {} if row.code in self.repeated else wanted(row, KEYS)
                stored = self.stored.get(row.code)
                compare(row, stored, asked_of_stays(stored, asked) if stored else asked)
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
            self._judge_stays(row)
            judge_day(row, self.stored.get(row.code), "is_exempt", "exempt_from", *self._begins(row))
            if row.status == CREATED or "cell" in row.changes:
                self._judge_cell(row, cell)
            self._note(row)

    def _note(self, row: Row) -> None:
        stored = self.stored.get(row.code)
        if stored and is_return(stored, row.changes):
            told = {
                "day": f"{self._day(row, 'arrived_on'):%d/%m/%Y}",
                "left": f"{stored['left_on']:%d/%m/%Y}",
            }
            row.note = _("Comes back on %(day)s; the stay until %(left)s stays as it was.") % told
        else:
            note_day(row, stored, COURSES, row.day("applies_on"))

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
            key = "left_on" if "left_on" in row.changes else "admitted_on"
            row.blame("inconsistent", key, _("leaving before the admission or arrival"))
        if "left_on" in row.changes and rules.is_death_ahead(
            row.text("leaving_reason"), day["left_on"], timezone.localdate()
        ):
            row.warn_once(
                DATES,
                "left_on",
                _("%(day)s: this day is still to come") % {"day": f"{day['left_on']:%d/%m/%Y}"},
            )

    def _judge_stays(self, row: Row) -> None:
        """Nobody comes back from the dead; who came back arrived after the stay before ended."""
        stored = self.stored.get(row.code)
        if stored is None or "arrived_on" not in row.changes:
            return
        arrived, past = self._day(row, "arrived_on"), stored["past_stays"]
        if is_return(stored, row.changes) and stored["leaving_reason"] == LeavingReason.DIED:
            row.blame("inconsistent", "arrived_on", _("the member died before that day"))
        elif past and (arrived is None or arrived <= past[-1].left_on):
            row.blame(
                "inconsistent",
                "arrived_on",
                _("the member left on %(day)s and came back after that")
                % {"day": f"{past[-1].left_on:%d/%m/%Y}"},
            )

    def _day(self, row: Row, key: str) -> date | None:
        """A date of the latest stay as it is after the load, once the row is compared."""
        if key in row.changes:
            day = row.changes[key][1]
            return day if isinstance(day, date) else None
        return self.stored.get(row.code, {}).get(key)

    def _judge_cell(self, row: Row, cell: str | None) -> None:
        if cell is None:
            return
        if self.organizations.is_surely_no_cell(cell):
            row.blame("inconsistent", "cell", _("this is not a cell; members belong to a cell"))
        move, at = self._begins(row)
        judge_day(row, self.stored.get(row.code), "cell", "joined_cell", move, at)
        founded, admitted = self.organizations.established_on(cell), self._day(row, "admitted_on")
        if not move and (text := doubts.before_cell(admitted, founded)):
            row.warn("before_cell", "admitted_on", text)

    def _begins(self, row: Row) -> tuple[date | None, str]:
        """From which day on a row holds, and the column that says so: that of a return, else none."""
        day, stored = row.day("applies_on"), self.stored.get(row.code)
        if day or stored is None or not is_return(stored, row.changes):
            return day, "applies_on"
        return self._day(row, "arrived_on"), "arrived_on"

    def _judge_lost_cells(self) -> None:
        """A cell that becomes a committee while members stay in it."""
        rows = {row.code: row for row in self.organizations.cells_no_more()}
        for code, found in self.stored.items() if rows else ():
            lost, row = rows.get(found["cell"]), self.rows.get(code)
            if lost and not (row and "cell" in row.changes) and self._lasts(code, lost.day("applies_on")):
                lost.blame("inconsistent", "form", _("members belong to it"))

    def _lasts(self, code: str, day: date | None) -> bool:
        """Whether a stored member is there on a day or later; without a day: ever."""
        row = self.rows.get(code)
        left = self._day(row, "left_on") if row else self.stored[code]["left_on"]
        return day is None or left is None or day < left


def _stays(stored: Mapping) -> list[rules.Stay]:
    latest = (stored["arrived_on"], stored["left_on"])
    return rules.stays(stored["admitted_on"], [*_past_of(stored, {}), latest])


def _past_of(stored: Mapping, changes: Mapping) -> list[tuple[date | None, date]]:
    """The stays before the latest one, after a row's changes."""
    past = [(stay.arrived_on, stay.left_on) for stay in stored["past_stays"]]
    return [*past, (stored["arrived_on"], stored["left_on"])] if is_return(stored, changes) else past


def _past_cells() -> Iterable[Stretch]:
    rows = Membership.objects.filter(ends_on__isnull=False).order_by()
    return map(Stretch._make, rows.values_list("member__code", "cell__code", "starts_on", "ends_on"))


COURSES = (
    Course("cell", "joined_cell", _past_cells),
    Course("is_exempt", "exempt_from", partial(former_stretches, FormerExemption, "member__code")),
)


def _stored(organizations: Organizations) -> dict[str, dict]:
    memberships = {
        member: (pk, day)
        for member, pk, day in Membership.objects.current()
        .order_by()
        .values_list("member_id", "pk", "starts_on")
    }
    exemptions, past = former_rows(FormerExemption, "member"), past_stays()
    stored = {}
    for row in Member.objects.order_by().values(*STORED):
        row["cell"] = organizations.by_pk[row.pop("cell_id")]
        row["membership"], row["joined_cell"] = memberships.get(row["pk"], (None, None))
        row["past_stays"] = past.get(row["pk"], [])
        row["former_exemptions"] = exemptions.get(row["pk"], [])
        row["exempt_from"] = last_change(row["former_exemptions"], row["is_exempt"])
        stored[row["code"]] = row
    return stored
