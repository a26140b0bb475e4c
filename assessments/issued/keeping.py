"""Where the files of issued reports lie."""

from django.conf import settings

from assessments.models import IssuedReport
from resolution03.lib.keeping import Keeping


def kept_reports() -> Keeping:
    return Keeping(settings.VAR_DIR / "reports")


def content_of(issued: IssuedReport) -> bytes:
    """The file as it was handed out, byte for byte; Lost when it is gone or was changed."""
    return kept_reports().read(issued.stored_as, issued.sha256)
