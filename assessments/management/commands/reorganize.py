from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.management.commands.load import in_lines
from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import NamesNotStored, Source
from assessments.workbooks.loading.plan import Plan
from assessments.workbooks.loading.run import Options
from assessments.workbooks.models import Upload
from assessments.workbooks.reorganizing.actions import carry_out_due
from assessments.workbooks.undoing.actions import undo
from orgs.imports import REORGANIZATIONS
from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name
from resolution03.lib.errors import Refusal
from resolution03.lib.workbooks.unreadable import NotAWorkbook


class Command(HouseCommand):
    help = _("Carries out a workbook that reorganizes, all or nothing, or takes one back.")

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", metavar="FILE")
        parser.add_argument("--check", action="store_true", help=_("only say what would follow"))
        parser.add_argument("--due", action="store_true", help=_("carry out what was kept for its day"))
        parser.add_argument("--undo", type=int, metavar="NUMBER", help=_("take back what a batch did"))

    def handle(self, *, file, check, undo, due, **options):
        if [file is not None, undo is not None, due].count(True) != 1:
            words = _("Usage: reorganize FILE.xlsx [--check], reorganize --undo NUMBER, or reorganize --due")
            raise UsageError(words)
        if due:
            return self._carry_out_due(options["json"])
        by = Actor(name=actor_name(options))
        if undo is not None:
            return self._take_back(undo, by, options["json"])
        plan = self._carry_out(file, check, by)
        if options["json"]:
            self.answer(document(plan))
        else:
            self.stdout.write("\n".join(told(plan)))
        if plan.has_errors:
            raise Refused()

    def _carry_out(self, file: str, check: bool, by: Actor) -> Plan:
        options = Options(check=check, needs=REORGANIZATIONS.name)
        try:
            plan = store(by=by, sources=[Source(Path(file), file)], options=options)
        except NotAWorkbook as error:
            raise UsageError(str(error)) from error
        except NamesNotStored as refusal:
            raise Refused(str(refusal)) from refusal
        if not plan.has_errors and plan.reorganization is None:
            raise Refused(_("%(file)s holds no sheet that reorganizes.") % {"file": file})
        return plan

    def _carry_out_due(self, as_json: bool) -> None:
        found = carry_out_due(timezone.localdate())
        if as_json:
            self.answer([{"number": one.number, "refused": one.refused or None} for one in found])
        for one in () if as_json else found:
            words = _("Batch %(number)s is carried out.") % {"number": one.number}
            self.stdout.write(f"{one.number}: {one.refused}" if one.refused else words)
        if any(one.refused for one in found):
            raise Refused()

    def _take_back(self, number: int, by: Actor, as_json: bool) -> None:
        uploads = list(
            Upload.objects.filter(batch__isnull=False, pk=number, counts__has_key="reorganization")
        )
        if not uploads:
            raise UsageError(_("There is no batch %(number)s.") % {"number": number})
        whole = list(Upload.objects.filter(batch=uploads[0].batch).order_by("pk"))
        try:
            is_undone = undo(by=by, uploads=whole)
        except Refusal as refusal:
            raise Refused("\n".join(refusal.reasons)) from refusal
        if not is_undone:
            raise Refused(_("Batch %(number)s was undone before.") % {"number": number})
        if as_json:
            self.answer({"number": number, "undone": True})
        else:
            self.stdout.write(_("Batch %(number)s is undone.") % {"number": number})


def document(plan: Plan) -> dict:
    """The document of `reorganize --json` (INTERFACE)."""
    found: dict = {"number": plan.number, "applied": plan.applied}
    if plan.reorganization:
        found |= plan.reorganization.as_json()
    else:
        found |= {"bodies": [], "left_behind": [], "years": {}}
    return found | ({"sheets": plan.as_json()["sheets"]} if plan.has_errors else {})


def told(plan: Plan) -> Iterator[str]:
    """The same in lines."""
    yield from in_lines(plan)
    if plan.reorganization is None:
        return
    for body in plan.reorganization.bodies:
        yield f"{body.old} → {body.new}: {body.as_json()}"
    if plan.number:
        yield _("Batch %(number)s; reorganize --undo %(number)s takes it back.") % {"number": plan.number}
