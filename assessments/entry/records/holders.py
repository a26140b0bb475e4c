"""Who holds documents and events in a year: each unit of it, and the province itself."""

from dataclasses import dataclass

from django.http import Http404

from accounts.permissions import Permission, may
from assessments.figures import pages
from assessments.rules.models.years import RatingYear, Submission
from orgs.models import Organization
from orgs.scoping import province


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit under its name of the year, one that ended in it (`is_ended`: nothing is entered for it any
    more), or the province."""

    organization_id: int
    code: str
    name: str
    submission: Submission | None = None
    is_ended: bool = False

    @property
    def is_province(self) -> bool:
        return self.submission is None and not self.is_ended


def units_of(submissions: list[Submission]) -> list[Holder]:
    return [Holder(one.unit_id, one.code, one.name, one) for one in submissions]


def province_of(year: RatingYear, root: Organization) -> Holder:
    """The province under its name of the year."""
    return Holder(root.pk, root.code, year.province_name or root.name)


def ended_holder(organization: Organization) -> Holder:
    return Holder(organization.pk, organization.code, organization.name, is_ended=True)


def holder_or_404(user, year: RatingYear, code: str) -> Holder:
    """Whose records the user may read: 404 for all else, as for what does not exist."""
    submissions = pages.visible_submissions(user, year)
    found = next((one for one in units_of(submissions) if one.code == code), None)
    root = province() if found is None and pages.sees_all_units(user) else None
    if found is None and root is not None and root.code == code:
        found = province_of(year, root)
    if found is None and root is not None:
        ended = Organization.objects.visible_to(user).filter(code=code, records__year=year).first()
        found = ended_holder(ended) if ended else None
    if found is None:
        raise Http404
    return found


def is_kept_by(user, year: RatingYear, holder: Holder) -> bool:
    """Whether the user may enter and change its records now."""
    is_locked = holder.submission is not None and holder.submission.is_locked
    return may(user, Permission.KEEP_RECORDS) and year.is_open and not (is_locked or holder.is_ended)
