"""What changed since an issued report as a workbook: the rows of the part that the page shows; persons
by their codes only."""

from django.http import Http404
from django.utils.translation import gettext as _

from assessments.reports.changed.compared import MEMBERS
from assessments.reports.changed.page import Page
from orgs.jobs.declared import File
from resolution03.lib import xlsx
from resolution03.lib.attachments import dump


def made(page: Page) -> File:
    """The workbook of the part; 404 where no report is there to compare with."""
    if page.issued is None:
        raise Http404
    mark = page.issued.mark
    return File(f"changes-{mark.replace('/', '-')}-{page.part}.xlsx", dump(_sheet(page, mark)))


def _sheet(page: Page, mark: str) -> xlsx.ListSheet:
    name = [] if page.part == MEMBERS else [xlsx.Column(_("Name"), "name", 40)]
    return xlsx.ListSheet(
        _("Changed since report %(mark)s") % {"mark": mark},
        (
            xlsx.Column(_("Code"), "code", 16),
            *name,
            xlsx.Column(_("Unit"), "unit", 32),
            xlsx.Column(_("As issued"), "then", 30),
            xlsx.Column(_("Now"), "now", 30),
        ),
        page.rows(),
    )
