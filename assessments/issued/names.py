"""What the ledger calls the reports that it holds."""

from assessments import reports


def titles() -> dict[str, str]:
    """Slug → title of every report that can be issued today."""
    return {report.slug: str(report.title) for report in reports.REPORTS}


def title_of(slug: str) -> str:
    """A report's title; the slug for one that is no longer issued."""
    return titles().get(slug, slug)
