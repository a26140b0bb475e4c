"""The files of issued reports, handed out again."""

from django.conf import settings
from django.utils.translation import gettext as _

from assessments.reports.issued.models import IssuedReport
from resolution03.lib.keeping import REPORTS, Lost


def content_of(issued: IssuedReport) -> bytes:
    """The file as it was handed out, byte for byte; Lost when it is gone or was changed."""
    if not issued.stored_as:
        raise Lost(
            _("Lists of persons are kept for %(years)d years; this one is no longer kept.")
            % {"years": settings.PERSON_LIST_YEARS}
        )
    return REPORTS.read(issued.stored_as, issued.sha256)
