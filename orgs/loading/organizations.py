"""Rows of organizations against what is stored: faults, and what would change."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cached_property, partial

from django.utils.translation import gettext as _

from orgs import rules
from orgs.actions.bulk import ORGANIZATION_FIELDS
from orgs.actions.former import last_change
from orgs.imports import ORGANIZATIONS
from orgs.loading.levels import Levels
from orgs.loading.lineage import INTO, Lineage
from orgs.loading.moves import (
    Course,
    Stretch,
    former_rows,
    former_stretches,
    judge_day,
    note_day,
    repeated_moves,
)
from orgs.loading.scope import Scope, judge_code, unknown
from orgs.models import OF_UNITS, FormerForm, FormerName, Level, Organization, Placement
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, compare, keys_of, wanted
from resolution03.lib.workbooks.names import warn_of_renaming
from resolution03.lib.workbooks.table import Row


class Undetermined(Enum):
    PARENT = "its row has a fault"


UNDETERMINED = Undetermined.PARENT
STORED = ("pk", "code", *ORGANIZATION_FIELDS, "own_level", "path")
KEYS = keys_of(ORGANIZATIONS, "code", "level", "applies_on", "decision")


class Organizations:
    """Stored organizations overlaid by the rows of a load.

    `mentioned`: codes of rows that are not judged; they are known, but nothing else of them is.
    """

    def __init__(self, rows: list[Row], scope: Scope, mentioned: Collection[str] = ()):
        self.scope = scope
        self.mentioned = set(mentioned)
        self.all_rows = rows
        self.stored = _stored()
        self._stored_root = next(
            (code for code, found in self.stored.items() if found["parent"] is None), None
        )
        self.repeated = repeated_moves(rows, self.stored, COURSES, KEYS, self._wanted)
        self.rows: dict[str, Row] = {}
        for row in rows:
            if row.code and row.code not in self.repeated:
                self.rows.setdefault(row.code, row)
        self.by_pk = {found["pk"]: code for code, found in self.stored.items()}
        self.root = self._root()
        self.lineage = Lineage(self.rows, self.stored, "dissolved_on", self.knows)

    def knows(self, code: str) -> bool:
        """A code in the load is known even if its own row is faulty."""
        if code in self.rows or code in self.mentioned:
            return True
        return code in self.stored and (not self.scope.hides or self._is_visible(code))

    def names_of(self, code: str) -> list[str]:
        """The names that an organization bears before the load and after it; one may be empty."""
        found = [self.stored[code]["name"]] if code in self.stored else []
        if row := self.rows.get(code):
            found.append(row.given("name", ""))
        return found

    def former_names(self, code: str) -> list[str]:
        """The names that it bore earlier; all are read when the first is asked for."""
        return self._former.get(code, [])

    @cached_property
    def _former(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for code, name in FormerName.objects.order_by().values_list("organization__code", "name"):
            found[code].append(name)
        return found

    def form_of(self, code: str) -> str | None:
        """The form after the load; None when its row does not say it rightly."""
        row = self.rows.get(code)
        if row and ("form" in row.cells or code not in self.stored):
            return row.text("form")
        return self.stored[code]["form"] if code in self.stored else None

    def is_cell(self, code: str) -> bool:
        form = self.form_of(code)
        return form is not None and not rules.may_have_children(form)

    def is_surely_no_cell(self, code: str) -> bool:
        form = self.form_of(code)
        return form is not None and rules.may_have_children(form)

    def is_inside(self, code: str) -> bool:
        """In the scope before and after the load; true when a faulty row above leaves it open."""
        if self.scope.unit is None:
            return True
        if code in self.stored and not self.scope.contains(self.stored_chain(code)):
            return False
        chain, complete = self.chain(code)
        return self.scope.contains(chain) or not complete

    def established_on(self, code: str) -> date | None:
        row = self.rows.get(code)
        if row and row.day("established_on"):
            return row.day("established_on")
        return self.stored[code]["established_on"] if code in self.stored else None

    def chain(self, code: str) -> tuple[list[str], bool]:
        """The codes from `code` up to the root after the load, and whether the root was reached."""
        found = [code]
        while True:
            parent = self._parent(found[-1])
            if parent is None:
                return found, True
            if parent is UNDETERMINED or parent in found:
                return found, False
            found.append(parent)

    def stored_chain(self, code: str) -> list[str]:
        """The codes from the root down to `code` as they stand now."""
        return [self.by_pk[pk] for pk in rules.chain_of(self.stored[code]["path"])]

    def judge(self) -> None:
        """Put faults on the rows, and what they would change."""
        for row in self.all_rows:
            if row.code:
                self._compare(row)
                self._judge(row)
                if row.code in self.stored and self.is_inside(row.code):
                    warn_of_renaming(row, self.stored[row.code]["name"])
        self._judge_lost_forms()

    def was_unit(self, code: str) -> bool:
        """Whether a stored organization ever stood directly under the province."""
        root = self.stored.get(self.root or "")
        return (
            root is not None and Placement.objects.filter(organization__code=code, parent=root["pk"]).exists()
        )

    def _is_visible(self, code: str) -> bool:
        chain = self.stored_chain(code)
        return self.scope.contains(chain) or code in self._above_scope()

    def _above_scope(self) -> list[str]:
        return self.stored_chain(self.scope.unit) if self.scope.unit in self.stored else []

    def _parent(self, code: str) -> str | Undetermined | None:
        """The parent's code after the load, None for a root, UNDETERMINED after a fault."""
        row = self.rows.get(code)
        if row and row.has("parent"):
            parent: str | None = row.text("parent")
        elif code in self.stored:
            parent = self.stored[code]["parent"]
        elif row is None or "parent" in row.cells:
            return UNDETERMINED
        else:
            parent = None
        if parent is not None and parent not in self.stored and parent not in self.rows:
            return UNDETERMINED
        return parent

    def _root(self) -> str | None:
        """The one root after the load: the stored one, else the one that calls itself so."""
        if self._stored_root and self._parent(self._stored_root) is None:
            return self._stored_root
        roots = [code for code in self.rows if self._parent(code) is None]
        named = (code for code in roots if self.rows[code].given("level") == Level.PROVINCE)
        return next(named, roots[0] if roots else None)

    def _compare(self, row: Row) -> None:
        stored = self.stored.get(row.code)
        asked = wanted(row, KEYS)
        if row.code in self.repeated:
            asked = {}
        elif row.has("decision"):
            asked[_decided(row, stored, asked)] = row.given("decision", "")
        if row.code not in self.repeated:
            asked |= {**_own_level(row, stored, self.root), **self.lineage.cleared(row)}
        compare(row, stored, asked)

    def _wanted(self, row: Row, keys: Collection[str]) -> dict[str, object]:
        own = _own_level(row, self.stored.get(row.code), self._stored_root) if "level" in keys else {}
        return wanted(row, [key for key in keys if key != "level"]) | own

    def _judge(self, row: Row) -> None:
        judge_code(row)
        parent = row.text("parent")
        if parent and not self.knows(parent):
            row.blame("unknown_code", "parent", unknown(parent, self.knows))
        if not self.is_inside(row.code):
            row.blame("outside_unit", "code", self.scope.outside_message)
        if row.status == CREATED or "parent" in row.changes:
            self._judge_place(row)
        elif "level" in row.changes:
            self._judge_move(row)
        stored, day = self.stored.get(row.code), row.day("applies_on")
        judge_day(row, stored, "form", "formed_from", day)
        note_day(row, stored, COURSES, day)
        self._judge_level(row)
        self.lineage.judge(row)
        if row.status != UNCHANGED:
            self._judge_dates(row)

    def _judge_place(self, row: Row) -> None:
        parent = self._parent(row.code)
        if parent is None and rules.is_second_root(row.code, self.root):
            row.blame(
                "inconsistent",
                "parent",
                _("there is a provincial organization already: %(root)s; name what this one stands under")
                % {"root": self.root},
            )
        if parent is None or parent is UNDETERMINED:
            return
        if self._closes_loop(row.code):
            row.blame("inconsistent", "parent", _("this stands under the organization itself"))
        elif self.is_cell(parent):
            row.blame("inconsistent", "parent", _("this is a cell; nothing stands under a cell"))
        self._judge_move(row)

    def _closes_loop(self, code: str) -> bool:
        above: str | Undetermined | None = self._parent(code)
        chain: list[str] = []
        while isinstance(above, str) and above not in chain:
            chain.append(above)
            above = self._parent(above)
        return rules.closes_loop(code, chain)

    def _judge_move(self, row: Row) -> None:
        day = row.partial("applies_on")
        stored = self.stored.get(row.code)
        if day and stored and not rules.follows(day.day, stored["placed_from"]):
            row.blame(
                "inconsistent",
                "applies_on",
                _("before the latest move, of %(day)s") % {"day": f"{stored['placed_from']:%d/%m/%Y}"},
            )

    def _judge_level(self, row: Row) -> None:
        chain, complete = self.chain(row.code)
        level = row.given("level")
        if not complete or not level or chain[-1] != self.root or row.code in self.repeated:
            return
        is_child = len(chain) == 2
        fitting = dict(OF_UNITS) if is_child else [self._levels.on(row.code, self._day_judged(row))]
        if level not in fitting:
            words = _(" or ").join(str(Level(one).label) for one in fitting)
            row.blame(
                "inconsistent", "level", _("by its place in the tree this is: %(level)s") % {"level": words}
            )

    @cached_property
    def _levels(self) -> Levels:
        return Levels(self._place_asked)

    def _place_asked(self, code: str) -> tuple[str | None, str, date | None] | None:
        row, parent = self.rows.get(code), self._parent(code)
        if row is None or isinstance(parent, Undetermined):
            return None
        own = _own_level(row, self.stored.get(code), self.root)
        return parent, own.get("level", ""), row.day("applies_on")

    def _day_judged(self, row: Row) -> date | None:
        """On which day its level is judged (INTERFACE, reading 3)."""
        placed = self.stored[row.code]["placed_from"] if row.code in self.stored else None
        return row.day("applies_on") or placed or self.established_on(row.code)

    def _judge_dates(self, row: Row) -> None:
        stored = self.stored.get(row.code, {})
        days = []
        for key in ("established_on", "dissolved_on"):
            given = row.partial(key)
            kept = None if row.has(key) else stored.get(key)
            days.append(given.day if given else kept)
        if not rules.in_order(*days):
            key = "dissolved_on" if row.has("dissolved_on") else "established_on"
            row.blame("inconsistent", key, _("it would end before it was established"))

    def _judge_lost_forms(self) -> None:
        """A committee that becomes a cell while organizations stand under it."""
        for row in self.changed_forms():
            day = row.day("applies_on")
            if not rules.may_have_children(row.text("form")) and any(
                found["parent"] == row.code and self._parent(code) == row.code and self._lasts(code, day)
                for code, found in self.stored.items()
            ):
                row.blame("inconsistent", "form", _("organizations stand under it"))

    def _lasts(self, code: str, day: date | None) -> bool:
        """Whether a stored organization is there on a day or later; without a day: ever."""
        row = self.rows.get(code)
        end = (
            row.day("dissolved_on") if row and row.has("dissolved_on") else self.stored[code]["dissolved_on"]
        )
        return day is None or end is None or day < end

    def changed_forms(self) -> Iterator[Row]:
        """Rows by which a stored organization takes another form."""
        return (row for row in self.rows.values() if row.status != CREATED and "form" in row.changes)

    def cells_no_more(self) -> list[Row]:
        """Rows by which a cell becomes a committee; its members would be in no cell."""
        return [row for row in self.changed_forms() if rules.may_have_children(row.text("form"))]


def _own_level(row: Row, stored: Mapping | None, root: str | None) -> dict[str, str]:
    """The level that is kept with a place: of a child of the province alone."""
    parent = row.text("parent") if row.has("parent") else stored and stored["parent"]
    above = Level.PROVINCE if parent and parent == root else None
    own = rules.own_level(above, row.text("level") or (stored["level"] if stored else ""))
    return {"level": own} if own or stored else {}


def _decided(row: Row, stored: Mapping | None, asked: Mapping) -> str:
    """What the decision of a row is about: an end, a form from a day on, else the latest place."""
    if row.partial("dissolved_on"):
        return "dissolution_decision"
    day = row.day("applies_on")
    if not stored or not day or day == stored["placed_from"]:
        return "decision"
    moves = any(asked.get(name, stored[name]) != stored[name] for name in ("parent", "level"))
    forms = asked.get("form", stored["form"]) != stored["form"] or day == stored["formed_from"]
    return "form_decision" if forms and not moves else "decision"


def _past_places() -> Iterable[Stretch]:
    rows = Placement.objects.filter(ends_on__isnull=False).order_by()
    return map(Stretch._make, rows.values_list("organization__code", "parent__code", "starts_on", "ends_on"))


def _past_levels() -> Iterable[Stretch]:
    rows = Placement.objects.filter(ends_on__isnull=False).order_by()
    return map(Stretch._make, rows.values_list("organization__code", "own_level", "starts_on", "ends_on"))


COURSES = (
    Course("parent", "placed_from", _past_places),
    Course("level", "placed_from", _past_levels),
    Course("form", "formed_from", partial(former_stretches, FormerForm, "organization__code")),
)


def _stored() -> dict[str, dict]:
    """What is stored, by code; with the parent's code and the latest placement."""
    rows = list(Organization.objects.order_by().values(*STORED, "parent_id", "merged_into_id"))
    codes = {row["pk"]: row["code"] for row in rows}
    placements = {
        row["organization_id"]: row
        for row in Placement.objects.current()
        .order_by()
        .values("pk", "organization_id", "starts_on", "decision")
    }
    forms = former_rows(FormerForm, "organization")
    stored = {}
    for row in rows:
        placement = placements.get(row["pk"], {})
        row["parent"] = codes.get(row.pop("parent_id"))
        row[INTO] = codes.get(row.pop("merged_into_id"))
        row["placement"] = placement.get("pk")
        row["placed_from"] = placement.get("starts_on")
        row["decision"] = placement.get("decision", "")
        row["level"] = row.pop("own_level")
        row["former_forms"] = forms.get(row["pk"], [])
        row["formed_from"] = last_change(row["former_forms"], row["form"])
        by = (one.decision for one in row["former_forms"] if one.until == row["formed_from"])
        row["form_decision"] = next(by, "")
        stored[row["code"]] = row
    return stored
