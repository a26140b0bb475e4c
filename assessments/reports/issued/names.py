"""What the ledger calls the reports that it holds, and which of them can be issued today."""

from assessments.reports import declared
from assessments.reports.documents.drafts import CONTENT_TYPE, DOCUMENTS
from resolution03.lib import attachments


def issuable() -> dict[str, declared.Report]:
    """Slug → workbook or document."""
    return declared.BY_SLUG | {report.slug: report for report in DOCUMENTS.values()}


def titles() -> dict[str, str]:
    return {slug: str(report.title) for slug, report in issuable().items()}


def title_of(slug: str) -> str:
    """A report's title; the slug for one that is no longer issued."""
    report = issuable().get(slug)
    return str(report.title) if report else slug


def content_type_of(file_name: str) -> str:
    return CONTENT_TYPE if file_name.endswith(".docx") else attachments.CONTENT_TYPE
