from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.review.years import actions as periods
from assessments.review.years.reopening import summary
from assessments.roster.models.lines import MemberLine, OrganizationLine
from assessments.rules.models.years import RatingYear, Submission, YearState
from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name
from resolution03.lib.errors import NotPossible, Refusal


class Command(HouseCommand):
    help = _("Opens, closes or reopens a year, or says where it stands.")

    def add_arguments(self, parser):
        parser.add_argument("verb", choices=["open", "close", "reopen", "status"])
        parser.add_argument("year", type=int)
        parser.add_argument("--reason", default="", help=_("why, for closing or reopening"))

    def handle(self, *, verb, year, reason, **options):
        by = Actor(name=actor_name(options))
        try:
            self._act(verb, year, reason, by)
        except NotPossible as error:
            raise UsageError(str(error)) from error
        except Refusal as error:
            raise self._refused(year, error, options["json"]) from error
        self._say(status(year), options["json"])

    def _act(self, verb, year, reason, by):
        if verb == "open":
            periods.open_year(year, by=by)
        elif verb == "close":
            periods.close_year(year, by=by, reason=reason)
        elif verb == "reopen":
            self._reopen(year, reason, by)

    def _reopen(self, year, reason, by):
        """What reopening a closed year changed is told beside the answer."""
        was_closed = RatingYear.objects.filter(pk=year, state=YearState.CLOSED).exists()
        _found, change = periods.reopening(year, by=by, reason=reason)
        if was_closed:
            told = [f"{count} {words}" for words, count in summary(change)]
            self.stderr.write(", ".join(told) or _("The lists stay as they were at the closing."))

    def _refused(self, year, error, as_json) -> Refused:
        if as_json:
            self.answer(status(year) | {"errors": error.reasons})
            return Refused()
        return Refused(str(error))

    def _say(self, document, as_json):
        if as_json:
            self.answer(document)
        else:
            self.stdout.write("\n".join(f"{key}: {value}" for key, value in document.items()))


def status(year: int) -> dict:
    """Where a year stands; `absent` when it was never opened."""
    found = RatingYear.objects.filter(pk=year).first()
    if found is None:
        return {"year": year, "state": "absent"}
    return {
        "year": year,
        "state": str(found.state),
        "revision": found.revision,
        "scheme": found.scheme and found.scheme.name,
        "organizations": OrganizationLine.objects.filter(year=year).in_roster().count(),
        "members": MemberLine.objects.filter(year=year).in_roster().count(),
        "dropped": [
            *OrganizationLine.objects.filter(year=year, dropped=True).values_list("code", flat=True),
            *MemberLine.objects.filter(year=year, dropped=True)
            .order_by("member__code")
            .values_list("member__code", flat=True),
        ],
        "submissions": {row.code: row.state for row in Submission.objects.filter(year=year)},
    }
