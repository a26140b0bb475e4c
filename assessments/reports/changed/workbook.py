"""What changed since an issued report as a workbook: the rows of the part that the page shows; persons
by their codes only."""

from django.utils.translation import gettext as _

from assessments.reports.changed.compared import MEMBERS
from assessments.reports.changed.page import Page
from resolution03.lib import xlsx


def of_part(page: Page) -> xlsx.ListSheet:
    mark = page.issued.mark if page.issued else ""
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
