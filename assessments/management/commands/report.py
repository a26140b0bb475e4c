from pathlib import Path

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.management.commands.indicators import place
from assessments.reports import declared
from assessments.reports.issued.actions import download
from assessments.reports.issued.models import IssuedReport
from assessments.rules.models.years import RatingYear, Submission
from assessments.rules.years import find_year
from orgs.models import Organization
from resolution03.lib.commands import HouseCommand, Refused, UsageError, actor_name
from resolution03.lib.errors import NotPossible, Refusal
from resolution03.lib.text import clean


class Command(HouseCommand):
    help = _("One report workbook, or the list of reports.")
    has_json = False

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", metavar="SLUG")
        parser.add_argument("year", nargs="?", type=int, metavar="Y")
        parser.add_argument("--unit", metavar="CODE", help=_("one unit's report"))
        parser.add_argument("--out", metavar="FILE.xlsx", help=_("the file to write"))
        parser.add_argument(
            "--purpose", metavar="TEXT", default="", help=_("what a list of persons is needed for")
        )
        parser.add_argument("--list", action="store_true", dest="lists", help=_("name the reports"))

    def handle(self, *, slug, year, unit, out, purpose, lists, **options):
        if lists:
            for one in declared.held():
                self.stdout.write(f"{one.slug}\t{one.title}")
            return
        report = declared.find(slug)
        if report is None:
            raise UsageError(_unknown(slug))
        if year is None or not out:
            raise UsageError(_("Usage: report SLUG YEAR [--unit CODE] --out FILE.xlsx"))
        purpose = required_purpose(report, purpose)
        try:
            matter = matter_for(find_year(year), unit)
        except NotPossible as error:
            raise UsageError(str(error)) from error
        path = writable(out)
        try:
            content = download(report, matter, by=Actor(name=actor_name(options)), purpose=purpose)
        except Refusal as refusal:
            raise Refused(str(refusal)) from refusal
        _save(path, content)


def required_purpose(report: declared.Report, typed: str) -> str:
    """What was typed; a usage error where a list of persons has none."""
    purpose = clean(typed)
    if report.is_of_persons and not purpose:
        raise UsageError(_("A list of persons needs its purpose: --purpose TEXT."))
    longest = IssuedReport._meta.get_field("purpose").max_length
    if longest and len(purpose) > longest:
        raise UsageError(_("The purpose has at most %(n)s characters.") % {"n": longest})
    return purpose


def matter_for(year: RatingYear, code: str | None) -> declared.Matter:
    """What the report speaks of; NotPossible for what is no unit of that year."""
    unit_id, _name = place(year, code)
    root = year.province or Organization.objects.get(parent=None)
    if unit_id is None:
        return declared.matter_of(year, root, None)
    held = Submission.objects.under(root).select_related("unit").get(year=year, unit=unit_id)
    return declared.matter_of(year, held.unit, held)


def _unknown(slug: str | None) -> str:
    known = ", ".join(report.slug for report in declared.held())
    return _("“%(slug)s” is no report; there are: %(known)s") % {"slug": slug or "", "known": known}


def writable(out: str) -> Path:
    """The path to write to; a usage error where there can be no file."""
    path = Path(out)
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(_("Cannot write “%(path)s”.") % {"path": path})
    return path


def _save(path: Path, content: bytes) -> None:
    """Write beside the target first: a failed write leaves no half of a file."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(
            _("Cannot write “%(path)s”: %(why)s") % {"path": path, "why": error.strerror}
        ) from error
