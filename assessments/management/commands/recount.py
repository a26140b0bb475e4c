from dataclasses import asdict

from django.utils.translation import gettext as _

from assessments.roster import tallies
from assessments.rules.models.years import RatingYear
from assessments.rules.years import find_year
from resolution03.lib.commands import HouseCommand, Refused, UsageError
from resolution03.lib.errors import NotPossible


class Command(HouseCommand):
    help = _("Counts every stored figure again from the rows.")
    acts = False

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, nargs="?")
        parser.add_argument("--check", action="store_true", help=_("only compare"))

    def handle(self, *, year, check, json, **options):
        differences = tallies.recount(*self._years(year), check=check)
        self._say(differences, check, json)
        if check and differences:
            raise Refused()

    def _years(self, year):
        if year is None:
            return RatingYear.objects.all()
        try:
            return [find_year(year)]
        except NotPossible as error:
            raise UsageError(str(error)) from error

    def _say(self, differences, check, as_json):
        rows = [asdict(difference) for difference in differences]
        if as_json:
            self.answer({"checked": check, "differences": rows})
            return
        for row in rows:
            self.stdout.write(", ".join(f"{key} {value}" for key, value in row.items()))
        self.stdout.write(_("%(count)s figures differ.") % {"count": len(rows)})
