"""What stands in bodies that ended: the same few statements whatever there is of it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.rules.models.years import Submission, SubmissionState, YearState
from members.standing import HOLDINGS
from orgs.models import Posting


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
    postings = Posting.objects.filter(
        user__is_active=True, organization__dissolved_on__lte=timezone.localdate()
    )
    for name, code in postings.order_by("user__username").values_list("user__username", "organization__code"):
        yield _("The account %(name)s stands at %(code)s, which is dissolved.") % {"name": name, "code": code}
    begun = Submission.objects.filter(
        year__state=YearState.OPEN, unit__dissolved_on__year__lte=F("year_id")
    ).exclude(state=SubmissionState.NOT_BEGUN)
    for year, code in begun.values_list("year_id", "unit__code"):
        yield _("%(code)s has begun the year %(year)s and was dissolved before its end.") % {
            "code": code,
            "year": year,
        }
