"""Rows of reported totals: faults, and what would change (INTERFACE, reading 7)."""

from collections.abc import Callable
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments import tallies
from assessments.actions.totals import Total, save_totals
from assessments.loading.levels import Years
from assessments.models import MemberLine, OrganizationLine, RatedSubject, Subject, Tally
from assessments.roster import Tree
from orgs.loading.scope import Scope, unknown
from resolution03.lib.dates import year_end
from resolution03.lib.workbooks.changes import CREATED, UNCHANGED, UPDATED
from resolution03.lib.workbooks.tables import Row

Group = tuple[int, str, str]
"""Year, organization's code, subject."""


class Totals:
    """Rows of reported totals of any years. `pks`: organizations by code as they are written;
    `rated`: the lines that the same load rates, by model and year."""

    def __init__(self, rows: list[Row], knows: Callable[[str], bool], pks: dict[str, int], scope: Scope,
                 years: Years, by: Actor, only_year: int | None,
                 rated: Callable[[type, int], set[int]]):
        self.all_rows = rows
        self.knows = knows
        self.pks = pks
        self.codes = {pk: code for code, pk in pks.items()}
        self.scope = scope
        self.years = years
        self.by = by
        self.only_year = only_year
        self.rated = rated
        self.trees: dict[int, Tree] = {}
        self.stored = _stored({row.given("year") for row in rows})
        self.groups = {key[:3] for key in self.stored}
        self.group_totals: dict[Group, int] = {}
        self._beside: dict[Group, bool] = {}

    def judge(self) -> None:
        for row in self.all_rows:
            if row.given("year") is not None:
                self._judge_level(row)
                self._judge_year(row, row.given("year"))
            if row.code:
                self._judge(row)

    def apply(self) -> None:
        wanted = [self._total(row) for row in self.all_rows if row.fault is None and row.status != UNCHANGED]
        if wanted:
            save_totals(by=self.by, totals=wanted)

    def _total(self, row: Row) -> Total:
        year, pk = row.given("year"), self.pks[row.code]
        return Total(
            year, self._tree(year).unit_of(pk), pk, row.code, row.given("subject"), row.given("level"),
            row.given("count"), row.given("total"),
        )

    def _tree(self, year: int) -> Tree:
        if year not in self.trees:
            self.trees[year] = Tree(year_end(year))
        return self.trees[year]

    def _chain(self, row: Row) -> list[str]:
        """Codes from the province down to the organization on 31 December of the row's year."""
        tree, pk = self._tree(row.given("year")), self.pks[row.code]
        return [self.codes[found] for found in tree.chain(pk)] if pk in tree.parents else [row.code]

    def _judge_level(self, row: Row) -> None:
        year, subject, written = row.given("year"), row.given("subject"), row.given("level")
        if not subject or not written or self.years.scheme(year) is None:
            return
        rated = RatedSubject.MEMBER if subject == Subject.MEMBER else RatedSubject.ORGANIZATION
        code = self.years.level_code(year, rated, written)
        if code is None:
            del row.values["level"]
            row.blame("bad_choice", "level", _("no level of %(year)s; write one of: %(levels)s") % {
                "year": year, "levels": "; ".join(self.years.level_names(year, rated)),
            })
        else:
            row.values["level"] = code

    def _judge_year(self, row: Row, year: int) -> None:
        if self.only_year and year != self.only_year:
            row.blame("wrong_year", "year", _("this load is limited to %(year)s") % {"year": self.only_year})
        elif self.years.scheme(year) is None:
            row.blame("wrong_year", "year", _("no rating scheme holds in this year"))
        elif year > timezone.localdate().year:
            row.blame("wrong_year", "year", _("this year has not begun yet"))

    def _judge(self, row: Row) -> None:
        if not self.knows(row.code):
            row.blame("unknown_code", "code", unknown())
            return
        if row.code not in self.pks or row.given("year") is None or not _is_date_year(row.given("year")):
            return
        chain = self._chain(row)
        if not self.scope.contains(chain):
            row.blame(self.scope.outside_code, "code", self.scope.outside_message)
        if row.given("subject") and row.given("level") and row.given("count") is not None:
            self._compare(row)
            if row.status != UNCHANGED and row.fault is None:
                self._judge_change(row, chain)

    def _compare(self, row: Row) -> None:
        group = _group(row)
        stored = self.stored.get((*group, row.given("level")))
        total = self.stored.get((*group, tallies.TOTAL))
        row.changes = {}
        if stored != row.given("count"):
            row.changes["count"] = (stored, row.given("count"))
        if row.given("total") is not None and total != row.given("total"):
            row.changes["total"] = (total, row.given("total"))
        if stored is None:
            row.status = CREATED
        else:
            row.status = UPDATED if row.changes else UNCHANGED

    def _judge_change(self, row: Row, chain: list[str]) -> None:
        self._judge_lock(row)
        group = _group(row)
        if len(chain) < 2:
            row.blame("inconsistent", "code", _("totals are reported by a unit or an organization in it"))
        elif self._is_beside_ratings(group):
            row.blame("inconsistent", "code", _("ratings of this year stand there already"))
        elif other := self._other(group, chain):
            row.blame("inconsistent", "code", _("a total of %(other)s, above or below, stands already")
                      % {"other": other})
        self.groups.add(group)
        total = row.given("total")
        if total is not None and self.group_totals.setdefault(group, total) != total:
            row.blame("inconsistent", "total", _("another row of the same group says otherwise"))

    def _judge_lock(self, row: Row) -> None:
        stored = self.years.stored.get(row.given("year"))
        if stored and stored.is_closed:
            row.blame("locked", next(iter(row.changes)), _("year %(year)s is closed") % {"year": stored.pk})

    def _is_beside_ratings(self, group: Group) -> bool:
        if group not in self._beside:
            year, code, subject = group
            model = MemberLine if subject == Subject.MEMBER else OrganizationLine
            lines = model.objects.filter(tallies.covered_by(subject, self.pks[code], year), year=year)
            if model is OrganizationLine:
                lines = lines.filter(kind=subject)
            rated = lines.filter(Q(decided__isnull=False), dropped=False).exists()
            loaded = self.rated(model, year)
            self._beside[group] = rated or bool(
                loaded and loaded & set(lines.order_by().values_list("pk", flat=True))
            )
        return self._beside[group]

    def _other(self, group: Group, chain: list[str]) -> str | None:
        """An organization above or below with a total of the same year and subject."""
        year, code, subject = group
        tree = self._tree(year)
        for other_year, other, other_subject in self.groups:
            if (other_year, other_subject) != (year, subject) or other == code:
                continue
            below = tree.chain(self.pks[other]) if self.pks[other] in tree.parents else ()
            if other in chain or self.pks[code] in below:
                return other
        return None


def _group(row: Row) -> Group:
    return row.given("year"), row.code, row.given("subject")


def _is_date_year(year: int) -> bool:
    return date.min.year <= year <= date.max.year


def _stored(years: set) -> dict[tuple, int]:
    rows = Tally.objects.filter(is_reported=True, year__in=[year for year in years if year])
    return {
        tuple(row[:4]): row[4]
        for row in rows.order_by().values_list("year_id", "organization__code", "subject", "key", "count")
    }
