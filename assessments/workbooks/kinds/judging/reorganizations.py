"""Rows of a plan that reorganizes: faults, what would follow (INTERFACE, reading 11)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessments.figures import board, kinds_moved
from assessments.figures.document import entry
from assessments.figures.kinds_moved import Moved
from assessments.figures.past import Past
from assessments.registers.reorganizing import Inherited, carry_out
from assessments.roster.models.list_changes import ListChange
from assessments.roster.reach import MOST
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.years import all_years
from assessments.workbooks.kinds.books import Expecting
from assessments.workbooks.kinds.judging import along
from assessments.workbooks.kinds.judging.around import Around
from assessments.workbooks.kinds.judging.reorganizing import Body, Reorganization, what
from members import carried
from members.models import Membership
from members.standing import MEMBERS
from orgs.loading.organizations import Organizations
from orgs.loading.scope import Scope, unknown
from orgs.models import Coverage, FormerForm, FormerName, Organization, Placement, Posting
from orgs.reorganizing import changes, judging
from orgs.reorganizing.asked import Asked, AskedPlan
from orgs.reorganizing.tree import Trees
from orgs.standing import CHILDREN, COVERED, VILLAGES
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, UPDATED
from resolution03.lib.workbooks.names import warn_of_name
from resolution03.lib.workbooks.table import Row

STRETCHES = ((CHILDREN, Placement), (VILLAGES, Coverage), (COVERED, Coverage), (MEMBERS, Membership))


class Reorganizations:
    """The rows of a plan over the registers as the other sheets leave them."""

    def __init__(self, around: Around, rows: list[Row]):
        self.all_rows = rows
        self.by = around.by
        self.scope = around.scope
        self.follow, self.leaves = around.follow, around.leaves
        self.told = Reorganization()
        self.stored = Organizations([], Scope()).stored if rows else {}
        self.trees = Trees(self.stored, AskedPlan([]))

    def judge(self) -> None:
        """Put faults on the rows, their status and what they would change."""
        asked = [(row, one) for row in self.all_rows if (one := self._asked(row))]
        for row, one in asked:
            row.status = UNCHANGED if self._is_done(one) else UPDATED
        wanted = [(row, one) for row, one in asked if row.status != UNCHANGED]
        self.trees = Trees(self.stored, AskedPlan([one for _row, one in wanted]), _renamed(wanted))
        for row, one in wanted:
            self._judge(row, one)
        if not any(row.fault for row in self.all_rows):
            self._judge_left_behind({one.old: row for row, one in wanted})

    @property
    def is_empty(self) -> bool:
        """Whether nothing would follow."""
        return not self.trees.plan.rows

    def announce(self, journal: Expecting) -> None:
        """Tell which rows of which tables `apply` is going to write."""
        plan, pks = self.trees.plan, {code: row["pk"] for code, row in self.stored.items()}
        bodies = [pks[code] for code in {*plan.of, *plan.described} if code in pks]
        journal.expect(Organization, rows=bodies, owners=[code for code in plan.described if code not in pks])
        journal.expect(
            Placement, rows=[self.stored[code]["placement"] for code in plan.described if code in pks]
        )
        for former in (FormerName, FormerForm):
            of_bodies = former._default_manager.filter(organization__in=bodies)
            journal.expect(former, rows=list(of_bodies.values_list("pk", flat=True)))
        for holding, stretch in STRETCHES:
            things, rows = self._passing(holding)
            journal.expect(holding.things, rows=things)
            journal.expect(stretch, rows=rows)
        standing = Posting.objects.filter(organization__in=[pks[code] for code in plan.ending])
        journal.expect(Posting, rows=list(standing.values_list("pk", flat=True)))
        self._announce_submissions(journal)

    def apply(self) -> None:
        """Write all of it, bring the open years after it, and keep what followed."""
        if self.is_empty:
            return
        before, beside = Standing.now(), along.along(self.trees, Inherited(self.trees))
        counts = carried.counts(self.trees)
        is_few = sum(one.children + one.members + one.villages for one in counts.values()) <= MOST
        postings = carry_out(by=self.by, trees=self.trees, follow=lambda: self.follow(is_few))
        self.told = Reorganization(
            list(self._bodies(counts, postings)),
            self.told.left_behind,
            *before.until(Standing.now()),
            along=beside | {"staying": along.staying(self.trees.plan.ending)},
        )

    def _bodies(self, counts: Mapping[str, carried.Counts], postings: Mapping[str, int]) -> Iterator[Body]:
        named = along.names(self.trees)
        for row in self.trees.plan.rows:
            (old, type_label), (new, _type) = named[row.old], named[row.new]
            place, _type = named.get(self.trees.parent_after(row.new) or "", ("", ""))
            became = (row.new, row.name or new, place, what(row, self.trees), row.on, row.decision)
            yield Body(row.old, old, type_label, *became, counts[row.old], postings.get(row.old, 0))

    def _announce_submissions(self, journal: Expecting) -> None:
        inherited = Inherited(self.trees)
        units = [*inherited.heirs, *(one.unit.code for one in inherited.ended)]
        held = Submission.objects.filter(year__in=inherited.years)
        rows = list(held.filter(unit__code__in=units).values_list("pk", flat=True))
        owners = [(year, code) for year in inherited.years for code in self._new_units()]
        journal.expect(Submission, rows=rows, owners=owners)
        ended = [one.pk for one in inherited.ended]
        journal.expect(
            ListChange,
            rows=list(ListChange.objects.filter(submission__in=ended).values_list("pk", flat=True)),
        )

    def _new_units(self) -> list[str]:
        trees = self.trees
        codes = {*self.stored, *trees.plan.described} - {*trees.plan.ending}
        return [
            code
            for code in codes
            if trees.parent_after(code) == trees.root
            and (code not in self.stored or self.stored[code]["parent"] != trees.root)
        ]

    def _passing(self, holding) -> tuple[list[int], list[int]]:
        things, rows = set(), set()
        for _group, found in carried.passing(holding, self.trees):
            for pk, thing in found.order_by().values_list("pk", f"{holding.thing}_id"):
                rows.add(pk)
                things.add(thing)
        return sorted(things), sorted(rows)

    def _asked(self, row: Row) -> Asked | None:
        """The row as a plan reads it; None where a cell is at fault or the old body is not there."""
        old, new, on = row.text("old"), row.text("new"), row.day("on")
        if old and not self._knows(old):
            row.blame("unknown_code", "old", unknown(old, self._knows))
        elif old and (not self._is_inside(old) or self._is_own(old)):
            row.blame("outside_unit", "old", self.scope.outside_message)
        if row.fault or not (old and new and on):
            return None
        values = {key: row.text(key) or "" for key in ("name", "parent", "level", "form", "decision")}
        return Asked(row.number, old, new, on, **values)

    def _judge(self, row: Row, asked: Asked) -> None:
        trees = self.trees
        for key in ("new", "parent"):
            code = getattr(asked, key)
            if code in self.stored and not self._is_inside(code):
                row.blame(self.scope.outside_code, key, self.scope.outside_message)
        if asked.parent and not trees.knows(asked.parent):
            row.blame("unknown_code", "parent", unknown(asked.parent, self._knows))
        else:
            for code, key, message in judging.faults(asked, trees):
                row.blame(code, key, message)
        if asked.form and asked.new in self.stored:
            if held := carried.held_by_old_form(asked.new, asked.on, trees):
                words = _("with another form it would still hold: %(things)s") % {"things": ", ".join(held)}
                row.blame("inconsistent", "new", words)
        warn_of_name(row, "old_name", [self.stored[asked.old]["name"]])
        if trees.founds(asked) and trees.plan.about[asked.new][0] is asked:
            row.status = CREATED
        if not row.fault:
            row.changes = self._changes(asked)

    def _is_done(self, asked: Asked) -> bool:
        """Whether the register says so already (INTERFACE, reading 9)."""
        stored = self.stored[asked.old]
        if asked.ends:
            return (stored["dissolved_on"], stored["merged_into"]) == (asked.on, asked.new)
        return not dict(changes.differing(asked, Trees(self.stored, AskedPlan([asked]))))

    def _changes(self, asked: Asked) -> dict[str, tuple[object, object]]:
        """What the plan shows of the row: what the new body is, before and after."""
        said = self.trees.plan.described[asked.new]
        stored = self.stored.get(asked.new, {})
        shown = {key: (stored.get(key) or "", getattr(said, key)) for key in ("name", "parent", "form")}
        found: dict[str, tuple[object, object]] = {
            key: pair for key, pair in shown.items() if pair[1] and pair[0] != pair[1]
        }
        if asked.ends:
            found["new"] = ("", asked.new)
        if said.level:
            found["level"] = (stored.get("level", ""), said.level)
        return found

    def _judge_left_behind(self, rows: Mapping[str, Row]) -> None:
        """What no row places and where nothing can stand any more; nothing is lost without a word."""
        found = carried.left_behind(self.trees)
        self.told = Reorganization(left_behind=[{"code": code, **left} for code, left in found.items()])
        for code, left in found.items():
            words = _("no row says where to: %(things)s") % {"things": told(left)}
            if self.leaves:
                rows[code].warn("left_behind", "new", words)
            else:
                rows[code].blame("inconsistent", "new", words)

    def _knows(self, code: str) -> bool:
        return code in self.stored and (not self.scope.hides or self._is_inside(code))

    def _is_own(self, code: str) -> bool:
        """Nobody but the Board reorganizes the unit at which they stand themselves."""
        return self.scope.hides and code == self.scope.unit

    def _is_inside(self, code: str) -> bool:
        return self.scope.contains(self.trees.chain_before(code))


def _renamed(wanted: list[tuple[Row, Asked]]) -> Mapping[str, date]:
    """By code, the day of the latest renaming."""
    names = FormerName.objects.filter(organization__code__in=[one.old for _row, one in wanted]).order_by(
        "until"
    )
    return dict(names.values_list("organization__code", "until"))


@dataclass(frozen=True)
class Standing:
    """The open years at one moment: the province's indicators, and how each organization counts."""

    years: list[RatingYear]
    figures: Mapping[int, list[dict]]
    lines: kinds_moved.Snapshot

    @classmethod
    def now(cls) -> "Standing":
        years = [year for year in all_years() if year.is_open]
        read, past = board.board(years), Past(all_years())
        figures = {year.pk: [entry(figure, past) for figure in read.figures(year.pk, None)] for year in years}
        return cls(years, figures, kinds_moved.snapshot(years))

    def until(
        self, after: "Standing"
    ) -> tuple[Mapping[int, dict[str, list[dict]]], Mapping[int, list[Moved]]]:
        """What parts the two moments: the figures of both, and what counts otherwise."""
        figures = {
            year: {"before": told, "after": after.figures[year]} for year, told in self.figures.items()
        }
        return figures, kinds_moved.moved(self.years, self.lines, after.lines)


def told(left: Mapping[str, int]) -> str:
    """`3 members, 2 villages`."""
    words = {MEMBERS: left.get("members", 0), COVERED: left.get("villages", 0)}
    return ", ".join(holding.counted(count) for holding, count in words.items() if count)
