"""The matrices of the page as a workbook: a row for each place, year and self-rated level."""

from django.utils.translation import gettext as _

from assessments.figures.judged.page import Page, rows_of
from resolution03.lib import xlsx


def of_matrices(page: Page) -> xlsx.ListSheet:
    """A column for each decided level of the years shown, in the order in which they appear."""
    rows = list(rows_of(page))
    codes = dict.fromkeys(code for row in rows for code in row["cells"])
    return xlsx.ListSheet(
        _("Self-rated against decided %(year)s") % {"year": page.year.pk},
        (
            xlsx.Column(_("Year"), "year", 8),
            xlsx.Column(_("Unit"), "place", 36),
            xlsx.Column(_("Self-rated"), "self", 16),
            *(xlsx.Column(code, f"cells.{code}", 11) for code in codes),
            xlsx.Column(_("Decided, total"), "decided", 12),
            xlsx.Column(_("Not decided"), "undecided", 14),
        ),
        rows,
    )
