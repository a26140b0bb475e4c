"""The three lists that a unit fills in each year."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, may
from assessments.figures.indicator import Indicator
from assessments.figures.indicators import rated_by
from assessments.roster.models.tallies import Subject
from assessments.rules.models.schemes import RatedSubject


@dataclass(frozen=True, slots=True)
class Kind:
    """One list: whom it rates, and so by which levels, and which targets it moves."""

    slug: str
    subject: Subject
    title: object
    short: object
    column: object

    @property
    def levels(self) -> RatedSubject:
        return self.subject.levels

    @property
    def indicators(self) -> list[Indicator]:
        return rated_by(self.subject)

    @property
    def is_members(self) -> bool:
        return self.subject == Subject.MEMBER


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "grassroots",
            Subject.GRASSROOTS,
            _("Rating grassroots organizations"),
            _("Grassroots organizations"),
            _("Organization"),
        ),
        Kind(
            "affiliated",
            Subject.AFFILIATED,
            _("Rating affiliated organizations"),
            _("Affiliated organizations"),
            _("Organization"),
        ),
        Kind(
            "members",
            Subject.MEMBER,
            _("Rating members"),
            _("Members"),
            _("Member"),
        ),
    )
}


def kinds_for(user) -> dict[str, Kind]:
    """The lists that a user may fill in, by slug; none of members where no names are stored."""
    sees = may(user, Permission.VIEW_PERSONS)
    return {slug: kind for slug, kind in KINDS.items() if sees or not kind.is_members}
