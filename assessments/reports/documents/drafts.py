"""Word drafts of the review reports: an office's template filled with the figures of a year."""

from functools import partial

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from assessments.reports.declared import Group, Matter, Report
from assessments.reports.documents.facts import Facts
from assessments.reports.documents.fields import filled, shape
from assessments.reports.documents.rendering import fill
from assessments.reports.documents.templates import default, template_of
from assessments.reports.issued.models import DocumentKind

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def build(matter: Matter, kind: str) -> bytes:
    """The document's bytes, in Vietnamese whatever the reader's language."""
    with translation.override("vi"):
        template = template_of(kind, matter.unit_id)
        is_own = template != default(kind)
        context = filled(Facts(matter), lambda code: is_own)
        return fill(template, shape(), context, matter.stamp)


_TITLES = {
    DocumentKind.INTERIM: _("Interim review report"),
    DocumentKind.FINAL: _("Final review report"),
}
DOCUMENTS: dict[str, Report] = {
    kind.value: Report(
        slug=f"{kind.value}-review",
        title=_TITLES[kind],
        group=Group.WHOLE,
        build=partial(build, kind=kind.value),
        suffix=".docx",
    )
    for kind in DocumentKind
}
