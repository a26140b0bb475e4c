"""Rows of villages against what is stored: faults, and what would change."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from orgs import rules
from orgs.imports import VILLAGES
from orgs.loading.lineage import INTO, Lineage
from orgs.loading.moves import Course, Stretch, judge_day, note_day, repeated_moves
from orgs.loading.organizations import Organizations
from orgs.loading.scope import judge_code, unknown
from orgs.models import Coverage, Village
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, keys_of, wanted
from resolution03.lib.workbooks.names import warn_of_renaming
from resolution03.lib.workbooks.table import Row

STORED = (
    "pk",
    "code",
    "name",
    "kind",
    "starts_on",
    "starts_precision",
    "ends_on",
    "ends_precision",
    "ending_decision",
    "committee_id",
    "cell_id",
    "merged_into_id",
)
KEYS = keys_of(VILLAGES, "code", "applies_on")


class Villages:
    """Stored villages overlaid by the rows of a load."""

    def __init__(self, rows: list[Row], organizations: Organizations, mentioned=()):
        self.organizations = organizations
        self.mentioned = set(mentioned)
        self.all_rows = rows
        self.stored = _stored(organizations)
        self.repeated = repeated_moves(rows, self.stored, COURSES, [key for key in KEYS if key != "decision"])
        self.rows: dict[str, Row] = {}
        for row in rows:
            if row.code and row.code not in self.repeated:
                self.rows.setdefault(row.code, row)
        self.lineage = Lineage(self.rows, self.stored, "ends_on", self.knows)

    def knows(self, code: str) -> bool:
        if code in self.rows or code in self.mentioned:
            return True
        hides = self.organizations.scope.hides
        return code in self.stored and (not hides or self.is_inside(code))

    def is_inside(self, code: str) -> bool:
        """In the scope by its committee before and after; true when a faulty row leaves it open."""
        inside = self.organizations.is_inside
        if code in self.stored and not inside(self.stored[code]["committee"]):
            return False
        row = self.rows.get(code)
        committee = row.text("committee") if row else None
        return committee is None or inside(committee)

    def judge(self) -> None:
        for row in self.all_rows:
            if row.code:
                stored = self.stored.get(row.code)
                compare(row, stored, self._asked(row))
                self._judge(row)
                if stored and self.is_inside(row.code):
                    warn_of_renaming(row, stored["name"])
        self._judge_lost_holders()

    def _asked(self, row: Row) -> dict[str, object]:
        if row.code in self.repeated:
            return {}
        asked = wanted(row, KEYS) | self.lineage.cleared(row)
        if row.day("ends_on") and "decision" in asked:
            asked["ending_decision"] = asked.pop("decision")
        return asked

    def _judge(self, row: Row) -> None:
        judge_code(row)
        for key in ("committee", "cell"):
            code = row.text(key)
            if code and not self.organizations.knows(code):
                row.blame("unknown_code", key, unknown(code, self.organizations.knows))
        if not self.is_inside(row.code):
            row.blame("outside_unit", "committee", self.organizations.scope.outside_message)
        self.lineage.judge(row)
        if row.status == UNCHANGED:
            return
        stored, day = self.stored.get(row.code), row.day("applies_on")
        for course in COURSES:
            judge_day(row, stored, course.key, course.since, day)
        note_day(row, stored, COURSES, day)
        committee, cell = row.text("committee"), row.text("cell")
        is_new = row.status == CREATED
        if committee and (is_new or "committee" in row.changes):
            if self.organizations.is_cell(committee):
                row.blame("inconsistent", "committee", _("this is a cell"))
        if cell and (is_new or "cell" in row.changes):
            if self.organizations.is_surely_no_cell(cell):
                row.blame("inconsistent", "cell", _("this is not a cell"))
        self._judge_dates(row)

    def _judge_lost_holders(self) -> None:
        """A cell that becomes a committee, or the other way, while villages stay with it."""
        rows = {row.code: row for row in self.organizations.changed_forms()}
        for code, found in self.stored.items() if rows else ():
            for key in ("committee", "cell"):
                row, own = rows.get(found[key]), self.rows.get(code)
                if row is None or rules.may_have_children(row.text("form")) != (key == "cell"):
                    continue
                if not (own and key in own.changes) and self._lasts(code, row.day("applies_on")):
                    row.blame("inconsistent", "form", _("villages belong to it"))

    def _lasts(self, code: str, day: date | None) -> bool:
        """Whether a stored village is there on a day or later; without a day: ever."""
        row = self.rows.get(code)
        end = row.day("ends_on") if row and row.has("ends_on") else self.stored[code]["ends_on"]
        return day is None or end is None or day <= end

    def _judge_dates(self, row: Row) -> None:
        stored = self.stored.get(row.code, {})
        days = []
        for key in ("starts_on", "ends_on"):
            given = row.partial(key)
            days.append(given.day if given else None if row.has(key) else stored.get(key))
        if not rules.in_order(*days):
            key = "ends_on" if row.has("ends_on") else "starts_on"
            row.blame("inconsistent", key, _("it would end before it begins"))


def _past(holder: str) -> Iterable[Stretch]:
    rows = Coverage.objects.filter(ends_on__isnull=False).order_by()
    return map(Stretch._make, rows.values_list("village__code", f"{holder}__code", "starts_on", "ends_on"))


COURSES = tuple(Course(holder, "covered_from", partial(_past, holder)) for holder in ("committee", "cell"))


def _stored(organizations: Organizations) -> dict[str, dict]:
    columns = ("village_id", "pk", "starts_on", "decision")
    current = Coverage.objects.current().order_by().values_list(*columns)
    coverages = {village: row for village, *row in current}
    rows = Village.objects.order_by().values(*STORED)
    codes = {row["pk"]: row["code"] for row in rows}
    stored = {}
    for row in rows:
        row["committee"] = organizations.by_pk[row.pop("committee_id")]
        row["cell"] = organizations.by_pk.get(row.pop("cell_id"))
        row[INTO] = codes.get(row.pop("merged_into_id"))
        row["coverage"], row["covered_from"], row["decision"] = coverages.get(row["pk"], (None, None, ""))
        stored[row["code"]] = row
    return stored
