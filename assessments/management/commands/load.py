from pathlib import Path

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.workbooks.batches.actions import store
from assessments.workbooks.loading.files import NamesNotStored, Source
from assessments.workbooks.loading.plan import Plan, SheetPlan
from assessments.workbooks.loading.run import Options, UnknownUnit
from assessments.workbooks.marked.annotating import NoPlace, give_back, is_unreadable, marks_of, require_place
from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name
from resolution03.lib.text import code
from resolution03.lib.workbooks.faults import Fault, in_words
from resolution03.lib.workbooks.unreadable import NotAWorkbook

SHOWN_WARNINGS = 20


class Command(HouseCommand):
    help = _("Reads workbooks and stores all of them or nothing.")

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--unit", metavar="CODE", help=_("refuse rows outside this unit"))
        parser.add_argument("--year", type=int, metavar="Y", help=_("refuse rows of other years"))
        parser.add_argument(
            "--annotate",
            type=Path,
            metavar="OUT.xlsx",
            help=_("write the first workbook to OUT.xlsx with its errors marked"),
        )
        parser.add_argument("--check", action="store_true", help=_("store nothing"))
        parser.add_argument(
            "--ignore", action="append", default=[], metavar="HEADING", help=_("leave out a column")
        )

    def handle(self, *, files, unit, year, check, ignore, annotate, **options):
        limits = Options(code(unit) if unit else None, year, tuple(ignore), check=check)
        sources = [Source(Path(file), file) for file in files]
        if annotate:
            self._require_place(annotate, sources)
        plan = self._load(sources, limits, options)
        if options["json"]:
            self.answer(plan.as_json())
        else:
            self.stdout.write("\n".join(in_lines(plan)))
        if annotate:
            self._annotate(annotate, sources[0], plan)
        if plan.has_errors:
            raise Refused()

    def _require_place(self, target: Path, sources: list[Source]) -> None:
        try:
            require_place(target, [source.path for source in sources])
        except NoPlace as error:
            raise UsageError(str(error)) from error

    def _annotate(self, target: Path, source: Source, plan: Plan) -> None:
        """Write the marked workbook; what is said of it goes to standard error."""
        if is_unreadable(plan, source.name):
            self._tell(_("%(file)s cannot be read, so nothing in it is marked.") % {"file": source.name})
            return
        try:
            notes = give_back(source.path, target, marks_of(plan, source.name))
        except OSError as error:
            notes = [_("%(path)s was not written: %(why)s") % {"path": target, "why": error.strerror}]
        for note in notes:
            self._tell(note)

    def _tell(self, line: str) -> None:
        self.stderr.write(line, style_func=str)

    def _load(self, sources: list[Source], limits: Options, options: dict) -> Plan:
        try:
            return store(by=Actor(name=actor_name(options)), sources=sources, options=limits)
        except (NotAWorkbook, UnknownUnit) as error:
            raise UsageError(str(error)) from error
        except NamesNotStored as refusal:
            raise Refused(str(refusal)) from refusal


def in_lines(plan: Plan) -> list[str]:
    """The plan as a person reads it: a line for each sheet, and for each error and warning."""
    lines = []
    for sheet in plan.sheets:
        if sheet.kind:
            lines.append(
                _(
                    "%(file)s, sheet “%(sheet)s” (%(kind)s): %(created)d created, %(updated)d updated, "
                    "%(unchanged)d unchanged, %(skipped)d skipped"
                )
                % {
                    "created": 0,
                    "updated": 0,
                    "unchanged": 0,
                    **sheet.counts,
                    "file": sheet.file,
                    "sheet": sheet.sheet,
                    "kind": sheet.kind,
                    "skipped": sheet.skipped,
                }
            )
        lines += [_line(_("ERROR"), sheet, fault) for fault in sheet.errors]
        lines += [_line(_("warning"), sheet, fault) for fault in sheet.warnings[:SHOWN_WARNINGS]]
        if len(sheet.warnings) > SHOWN_WARNINGS:
            more = len(sheet.warnings) - SHOWN_WARNINGS
            lines.append(_("… and %(count)d more warnings; --json lists all.") % {"count": more})
    return [*lines, _conclusion(plan)]


def _line(label: str, sheet: SheetPlan, fault: Fault) -> str:
    return f"{label}: {in_words(fault, file=sheet.file, sheet=sheet.sheet)}"


def _conclusion(plan: Plan) -> str:
    errors = sum(len(sheet.errors) for sheet in plan.sheets)
    if errors:
        return _("%(count)d errors; nothing was stored.") % {"count": errors}
    return _("Stored.") if plan.applied else _("No errors; nothing was stored (--check).")
