"""Whether a total may be reported: one place for the typed grid, the workbook and the command.

Source: INTERFACE, reading 7. Each fault is a sentence without its first capital, as an error of a
workbook says it.
"""

from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Role
from assessments.roster import covering
from assessments.roster.following import Tree
from assessments.roster.models.tallies import RATED, Tally
from assessments.rules.models.schemes import Scheme
from assessments.rules.models.years import LOCKED, RatingYear, Submission
from resolution03.lib.dates import year_end

SUBJECTS = tuple(RATED)
Group = tuple[int, int, str]
"""Year, organization, subject: what one total is about."""


def year_fault(year: int, scheme: Scheme | None) -> str:
    """Why no total can stand for a year; empty when one can."""
    if scheme is None:
        return _("no rating scheme holds in this year")
    if year > timezone.localdate().year:
        return _("this year has not begun yet")
    return ""


def lock_fault(stored: RatingYear | None) -> str:
    """Why the totals of a year cannot change; empty when they can."""
    if stored and stored.is_closed:
        return _("year %(year)s is closed") % {"year": stored.pk}
    return ""


def unit_fault(by: Actor, year: int, unit: int | None) -> str:
    """Why the unit's own officer cannot change its totals: it has handed its year to the Board."""
    is_own = by.user is not None and by.user.role == Role.OFFICER
    held = Submission.objects.filter(year=year, unit=unit, state__in=LOCKED)
    if is_own and held.exists():
        return _("the unit's year is submitted or accepted")
    return ""


class Reporting:
    """What stands against new totals. `rated`: lines that the same load rates, by model and year."""

    def __init__(
        self,
        groups: Iterable[Group],
        rated: Callable[[type, int], set[int]] = lambda model, year: set(),
    ):
        self.groups = set(groups)
        self.rated = rated
        self._trees: dict[int, Tree] = {}
        self._beside: dict[Group, bool] = {}

    @classmethod
    def of_years(cls, years: Iterable[int], **options) -> "Reporting":
        """Beside the totals that are stored for some years."""
        rows = Tally.objects.filter(is_reported=True, year__in=list(years)).order_by()
        return cls(rows.values_list("year_id", "organization_id", "subject").distinct(), **options)

    def tree(self, year: int) -> Tree:
        """The tree of 31 December."""
        if year not in self._trees:
            self._trees[year] = Tree(year_end(year))
        return self._trees[year]

    def chain(self, year: int, organization: int) -> tuple[int, ...]:
        """From the province down to the organization; itself alone if it stood nowhere that day."""
        tree = self.tree(year)
        return tree.chain(organization) if organization in tree.parents else (organization,)

    def fault(self, group: Group) -> str:
        """Why the organization cannot report a total of the subject; empty when it can."""
        year, organization, _subject = group
        chain = self.chain(year, organization)
        if len(chain) < 2:
            return _("totals are reported by a unit or an organization in it")
        if self._is_beside_ratings(group):
            return _("ratings of this year stand there already")
        if other := self._other(group, chain):
            return _("a total of %(other)s, above or below, stands already") % {
                "other": self.tree(year).nodes[other].code
            }
        return ""

    def _is_beside_ratings(self, group: Group) -> bool:
        if group not in self._beside:
            year, organization, subject = group
            lines = covering.below(year, subject, organization)
            rated = lines.filter(decided__isnull=False, dropped=False).exists()
            loaded = self.rated(lines.model, year)
            self._beside[group] = rated or bool(
                loaded and loaded & set(lines.order_by().values_list("pk", flat=True))
            )
        return self._beside[group]

    def _other(self, group: Group, chain: tuple[int, ...]) -> int | None:
        """An organization above or below with a total of the same year and subject."""
        year, organization, subject = group
        for other_year, other, other_subject in self.groups:
            if (other_year, other_subject) != (year, subject) or other == organization:
                continue
            if other in chain or organization in self.chain(year, other):
                return other
        return None
