"""Rows of village heads against what is stored: faults, warnings, and what would change."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from accounts.permissions import stores_names
from members import doubts, rules
from members.imports import VILLAGE_HEADS
from members.loading.members import Members
from members.models import VillageHead
from orgs.loading.scope import unknown
from orgs.loading.villages import Villages
from orgs.rules import in_order
from resolution03.lib.workbooks.changes import UNCHANGED, compare, keys_of, precision_of, wanted
from resolution03.lib.workbooks.names import warn_of_name, warn_of_renaming
from resolution03.lib.workbooks.table import Row

STORED = (
    "pk",
    "full_name",
    "is_member",
    "is_secretary",
    "starts_on",
    "starts_precision",
    "ends_on",
    "ends_precision",
    "village_id",
    "member_id",
)
KEYS = keys_of(VILLAGE_HEADS, "village", "starts_on")

Key = tuple[str, date]


class Heads:
    """Stored terms overlaid by the rows of a load; the key is village and first day."""

    def __init__(self, rows: list[Row], villages: Villages, members: Members):
        self.villages = villages
        self.members = members
        self.all_rows = rows
        self.rows: dict[Key, Row] = {}
        for row in rows:
            if key := key_of(row):
                self.rows.setdefault(key, row)
        self.stored = _stored(villages, members)
        if not stores_names():
            _drop_names(rows, self.stored)

    def stored_of(self, row: Row) -> dict | None:
        """The stored term that a row is about, if there is one."""
        key = key_of(row)
        return self.stored.get(key) if key else None

    def judge(self) -> None:
        for row in self.all_rows:
            self._judge_codes(row)
            key, start = key_of(row), row.partial("starts_on")
            if key and start:
                asked = wanted(row, KEYS)
                asked[precision_of("starts_on")] = start.precision.value
                compare(row, self.stored.get(key), asked)
                if row.status != UNCHANGED:
                    self._judge_dates(row, key)
                    self._judge_mark(row)
            self._judge_name(row, key)
        self._judge_terms()

    def _judge_codes(self, row: Row) -> None:
        if row.code and not self.villages.knows(row.code):
            row.blame("unknown_code", "village", unknown(row.code, self.villages.knows))
        member = row.text("member")
        if member and not self.members.knows(member):
            row.blame("unknown_code", "member", unknown(member, self.members.knows))
        if row.code and not self.villages.is_inside(row.code):
            row.blame("outside_unit", "village", self.villages.organizations.scope.outside_message)

    def _judge_name(self, row: Row, key: Key | None) -> None:
        """Against the member whose code the row gives, else against the head who is stored."""
        member = row.text("member")
        if not stores_names():
            return
        if member and self.members.knows(member):
            warn_of_name(row, "full_name", self.members.names_of(member))
        elif key in self.stored and self.villages.is_inside(row.code):
            warn_of_renaming(row, self.stored[key]["full_name"])

    def _judge_dates(self, row: Row, key: Key) -> None:
        if not in_order(key[1], self._ends_on(key)):
            column = "ends_on" if row.has("ends_on") else "starts_on"
            row.blame("inconsistent", column, _("the term would end before it starts"))

    def _judge_mark(self, row: Row) -> None:
        """With a member's code the member's own dates hold, whatever the mark says (reading 4)."""
        member, start = row.text("member"), row.day("starts_on")
        if not member or not start or "is_member" not in row.cells:
            return
        is_member = self.members.is_member_on(member, start)
        if text := doubts.mark(bool(row.given("is_member")), is_member):
            row.warn("mark_differs", "is_member", text)

    def _ends_on(self, key: Key) -> date | None:
        row = self.rows.get(key)
        if row and row.has("ends_on"):
            given = row.partial("ends_on")
            return given.day if given else None
        return self.stored[key]["ends_on"] if key in self.stored else None

    def _judge_terms(self) -> None:
        """Two heads of one village at once; only a changed row can be at fault."""
        touched = {key[0] for key, row in self.rows.items() if row.status != UNCHANGED}
        terms = defaultdict(list)
        for village, day in self.stored.keys() | self.rows.keys():
            if village in touched and not self._is_unsure((village, day)):
                terms[village].append((village, day))
        for keys in terms.values():
            self._judge_village(sorted(keys))

    def _is_unsure(self, key: Key) -> bool:
        """A row whose own dates are at fault says nothing about others."""
        row = self.rows.get(key)
        if row is None:
            return False
        return "ends_on" in row.cells and not row.has("ends_on") or not in_order(key[1], self._ends_on(key))

    def _judge_village(self, keys: list[Key]) -> None:
        """Each term against the one before it that lasts longest; the later one is at fault, or
        the earlier when the later is not changed by this load."""
        last = keys[0]
        for key in keys[1:]:
            if rules.terms_clash((last[1], self._ends_on(last)), (key[1], self._ends_on(key))):
                row = self._changed(key) or self._changed(last)
                if row:
                    row.blame("inconsistent", "starts_on", _("another head is in post then"))
            if _lasts_longer(self._ends_on(key), self._ends_on(last)):
                last = key

    def _changed(self, key: Key) -> Row | None:
        row = self.rows.get(key)
        return row if row and row.status != UNCHANGED else None


def _drop_names(rows: list[Row], stored: Mapping[Key, dict]) -> None:
    """Only the standing of a head is stored where no names are: the name leaves the row and what is
    told of it. A name that was stored before is not erased."""
    for row in rows:
        heading = row.kind.heading("full_name")
        row.warnings = [told for told in row.warnings if told.column != heading]
        if row.has("full_name"):
            key = key_of(row)
            row.values["full_name"] = stored[key]["full_name"] if key and key in stored else ""


def key_of(row: Row) -> Key | None:
    """Village and first day; None when the row does not say both rightly."""
    starts_on = row.partial("starts_on")
    return (row.code, starts_on.day) if row.code and starts_on else None


def _lasts_longer(end: date | None, other: date | None) -> bool:
    return other is not None and (end is None or end > other)


def _stored(villages: Villages, members: Members) -> dict[Key, dict]:
    village_codes = {found["pk"]: code for code, found in villages.stored.items()}
    member_codes = {found["pk"]: code for code, found in members.stored.items()}
    stored = {}
    for row in VillageHead.objects.order_by().values(*STORED):
        row["member"] = member_codes.get(row.pop("member_id"))
        village = village_codes[row.pop("village_id")]
        stored[village, row["starts_on"]] = row
    return stored
