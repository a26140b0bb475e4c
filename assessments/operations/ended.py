"""What stands in bodies that ended: the same few statements whatever there is of it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.rules.models.years import Submission, SubmissionState, YearState
from members.standing import HOLDINGS
from orgs.models import Organization, Posting
from orgs.rules import chain_of, may_stand


def in_ended() -> Iterator[str]:
    """Children, members, villages and heads in a body on days after its end. Persons are only counted: who
    keeps the system does not see them."""
    held: dict[tuple[str, date], list[str]] = defaultdict(list)
    for holding in HOLDINGS:
        things = defaultdict(set)
        rows = holding.after_end().order_by(f"{holding.body}__code")
        for thing, code, day in rows.values_list(
            holding.thing, f"{holding.body}__code", holding.body_ends[0]
        ):
            things[code, day].add(thing)
        for body, found in things.items():
            held[body].append(holding.counted(len(found)))
    for (code, day), counts in held.items():
        words = _("%(code)s ended on %(day)s and holds after that: %(things)s.")
        yield words % {"code": code, "day": f"{day:%d/%m/%Y}", "things": ", ".join(counts)}


def orphans() -> Iterator[str]:
    """Open accounts at dissolved organizations, and begun submissions of open years in whose roster the
    unit does not stand any more."""
    yield from _left_accounts()
    begun = Submission.objects.filter(
        year__state=YearState.OPEN, unit__dissolved_on__year__lte=F("year_id")
    ).exclude(state=SubmissionState.NOT_BEGUN)
    for year, code in begun.values_list("year_id", "unit__code"):
        yield _("%(code)s has begun the year %(year)s and was dissolved before its end.") % {
            "code": code,
            "year": year,
        }


def _left_accounts() -> Iterator[str]:
    """After a reorganization these are to be dealt with; until then they only read, which is no fault."""
    left = Posting.objects.filter(
        user__is_active=True, organization__dissolved_on__lte=timezone.localdate()
    ).order_by("user__username")
    columns = ("code", "dissolved_on", "merged_into__code")
    for name, code, day, into in left.values_list(
        "user__username", *(f"organization__{column}" for column in columns)
    ):
        told = {"name": name, "code": code, "day": f"{day:%d/%m/%Y}", "into": into}
        words = (
            _("To do: the account %(name)s stands at %(code)s, which went into %(into)s on %(day)s.")
            if into
            else _("To do: the account %(name)s stands at %(code)s, which was dissolved on %(day)s.")
        )
        yield words % told


def misplaced() -> Iterator[str]:
    """Open accounts at what exists, where their role does not stand any more since its kind or place
    changed."""
    today = timezone.localdate()
    postings = Posting.objects.filter(user__is_active=True).select_related("user", "organization")
    stands = Q(organization__dissolved_on=None) | Q(organization__dissolved_on__gt=today)
    standing = list(postings.filter(stands).order_by("user__username"))
    above = {pk for posting in standing for pk in chain_of(posting.organization.path)}
    levels = dict(Organization.objects.filter(pk__in=above).order_by().values_list("pk", "level"))
    for posting in standing:
        place, user = posting.organization, posting.user
        chain = [levels[pk] for pk in chain_of(place.path) if pk in levels]
        if not may_stand(user.role, chain, is_cell=place.is_cell):
            words = _("The account %(name)s (%(role)s) stands at %(code)s, where this role does not stand.")
            yield words % {"name": user.username, "role": user.get_role_display(), "code": place.code}
