"""The four registers of one load together: judged, then written in the order of their references."""

from collections.abc import Mapping
from functools import cached_property

from accounts.actors import Actor
from assessments.workbooks.kinds.books import Expecting
from assessments.workbooks.kinds.judging.left_behind import warn_left_behind
from members.actions.bulk import save_heads, save_members
from members.loading.heads import Heads
from members.loading.members import Members
from members.models import FormerExemption, Member, Membership, PastStay, VillageHead
from orgs.actions.bulk import save_organizations
from orgs.actions.bulk_trail import BulkChange
from orgs.actions.bulk_villages import save_villages
from orgs.jobs.phases import Count
from orgs.loading.organizations import Organizations
from orgs.loading.scope import Scope
from orgs.loading.villages import Villages
from orgs.models import Coverage, FormerForm, FormerName, Organization, Placement, Village
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED
from resolution03.lib.workbooks.table import Row


class Registers:
    """Rows of organizations, villages, members and heads, over what is stored."""

    def __init__(self, rows: Mapping[str, list[Row]], mentioned: Mapping[str, set[str]], scope: Scope):
        self.organizations = Organizations(rows["organizations"], scope, mentioned["organizations"])
        self.villages = Villages(rows["villages"], self.organizations, mentioned["villages"])
        self.members = Members(rows["members"], self.organizations, mentioned["members"])
        self.heads = Heads(rows["village_heads"], self.villages, self.members)
        self.is_undetermined = False
        self.books = (self.organizations, self.villages, self.members, self.heads)

    def judge(self, judged: Count) -> None:
        for book in self.books:
            book.judge()
            judged.add(len(book.all_rows))
        warn_left_behind(self.organizations, self.villages, self.members)

    @property
    def changes(self) -> int:
        """How many rows bring something new."""
        return sum(
            row.fault is None and row.status != UNCHANGED for book in self.books for row in book.all_rows
        )

    def is_unit(self, code: str) -> bool:
        """The province, or an organization that stands or stood directly under it."""
        chain, complete = self.organizations.chain(code)
        if complete and len(chain) <= 2:
            return code in self.organizations.stored or code in self.organizations.rows
        return self.organizations.was_unit(code)

    def is_open_organization(self, code: str) -> bool:
        """Whether a faulty row leaves open if the organization is in a roster."""
        chain, complete = self.organizations.chain(code)
        missing = (above for above in chain if above == code or above not in self.organizations.stored)
        return (
            not complete
            or self._is_pending(self.organizations, code)
            or any(self._is_faulty(self.organizations, above) for above in missing)
        )

    def is_open_member(self, code: str) -> bool:
        if self._is_faulty(self.members, code) or self._is_pending(self.members, code):
            return True
        row = self.members.rows.get(code)
        cell = row.text("cell") if row else None
        return cell is not None and self.is_open_organization(cell)

    def _is_faulty(self, book, code: str) -> bool:
        row = book.rows.get(code)
        return code in book.mentioned or (row is not None and row.fault is not None)

    def _is_pending(self, book, code: str) -> bool:
        """A row that could not be written, because others of the load are faulty."""
        return self.is_undetermined and code in book.rows

    def apply_rated(self, *, by: Actor) -> None:
        """Write the organizations and members, who are rated."""
        tree = save_organizations(by=by, changes=self._changes(self.organizations))
        save_members(by=by, changes=self._changes(self.members), tree=tree)

    def apply(self, *, by: Actor, stored: Count) -> None:
        """Write what is not at fault, through the bulk actions of each register."""
        tree = save_organizations(by=by, changes=self._changes(self.organizations))
        stored.add(len(self.organizations.all_rows))
        villages = save_villages(by=by, changes=self._changes(self.villages), tree=tree)
        stored.add(len(self.villages.all_rows))
        members = save_members(by=by, changes=self._changes(self.members), tree=tree)
        stored.add(len(self.members.all_rows))
        units = {
            code: tree.unit_id(self._committee(code))
            for code in villages
            if self._committee(code) in tree.paths
        }
        save_heads(by=by, changes=self._head_changes, villages=villages, members=members, units=units)

    def announce(self, journal: Expecting) -> None:
        """Tell which rows `apply` is going to change, and whose new ones it brings."""
        for book, model, stretch, dated in _STRETCHES:
            changes = self._changes(getattr(self, book))
            stored = [change.stored for change in changes if change.stored]
            journal.expect(
                model,
                rows=[row["pk"] for row in stored],
                owners=[change.code for change in changes if not change.stored],
            )
            journal.expect(stretch, rows=[row[dated] for row in stored if row[dated]])
        renamed = [
            c.known["pk"]
            for c in self._changes(self.organizations)
            if c.stored and c.on and "name" in c.values
        ]
        names = FormerName.objects.filter(organization__in=renamed) if renamed else FormerName.objects.none()
        journal.expect(FormerName, rows=list(names.values_list("pk", flat=True)))
        for former, book, key in _FORMER:
            known = [change.stored for change in self._changes(getattr(self, book)) if change.stored]
            journal.expect(former, rows=[row.pk for was in known for row in was[key]])
        journal.expect(PastStay)
        heads = self._head_changes
        journal.expect(
            VillageHead,
            rows=[change.stored["pk"] for change in heads if change.stored],
            owners=[change.code for change in heads if not change.stored],
        )

    def _committee(self, village: str) -> str | None:
        row = self.villages.rows.get(village)
        given = row.text("committee") if row and not row.fault else None
        return given or self.villages.stored.get(village, {}).get("committee")

    def _changes(self, book) -> list[BulkChange]:
        return [
            _change(row, row.code, book.stored.get(row.code)) for row in book.rows.values() if _counts(row)
        ]

    @cached_property
    def _head_changes(self) -> list[BulkChange]:
        return [
            _change(row, key[0], self.heads.stored.get(key), starts_on=key[1])
            for key, row in self.heads.rows.items()
            if _counts(row)
        ]


_STRETCHES = (
    ("organizations", Organization, Placement, "placement"),
    ("villages", Village, Coverage, "coverage"),
    ("members", Member, Membership, "membership"),
)


_FORMER = (
    (FormerForm, "organizations", "former_forms"),
    (FormerExemption, "members", "former_exemptions"),
)


def _counts(row: Row) -> bool:
    return row.fault is None and row.status != UNCHANGED


def _change(row: Row, code: str, stored: dict | None, **key) -> BulkChange:
    values = {name: after for name, (_before, after) in row.changes.items()}
    if row.status == CREATED:
        values |= key
    applies = row.partial("applies_on")
    return BulkChange(code, values, stored, applies.day if applies else None)
