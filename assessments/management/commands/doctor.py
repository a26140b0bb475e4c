from django.utils.translation import gettext as _

from assessments.operations.checkup import findings
from assessments.operations.restoring import settle
from resolution03.lib.commands import HouseCommand, Refused


class Command(HouseCommand):
    help = _("What an administrator must know; exit status 1 on any finding.")
    acts = False

    def handle(self, *, json, **options):
        settle()
        found = findings()
        if json:
            self.answer({"findings": found})
        else:
            told = (f"{row['code']}: {row['message']}\n  {row['do']}" for row in found)
            self.stdout.write("\n".join(told) or _("No finding."))
        if found:
            raise Refused()
