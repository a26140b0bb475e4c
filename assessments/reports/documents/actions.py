"""Templates of the review reports: taken when they can be filled, put aside, never overwritten."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.reports.documents.fields import shape
from assessments.reports.documents.rendering import WrongTemplate, check
from assessments.reports.issued.models import DocumentTemplate
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.keeping import TEMPLATES, Stored


def take_template(
    *, by: Actor, kind: str, unit: Organization | None, file_name: str, content: bytes
) -> DocumentTemplate:
    """Keep an office's own template; WrongTemplate, and nothing kept, when it cannot be filled."""
    if not file_name.casefold().endswith(".docx"):
        raise WrongTemplate(_("“%(name)s” is no .docx document.") % {"name": file_name})
    check(content, shape())
    stored = TEMPLATES.keep(content)
    try:
        return _put(by, kind, unit, file_name, stored)
    except BaseException:
        TEMPLATES.drop(stored.stored_as)
        raise


def use_default(*, by: Actor, kind: str, unit: Organization | None) -> DocumentTemplate:
    """Fill the default template from now on; the office's own ones stay kept."""
    return _put(by, kind, unit, "", Stored("", ""))


@writing()
def _put(by: Actor, kind: str, unit: Organization | None, file_name: str, stored: Stored) -> DocumentTemplate:
    made = DocumentTemplate.objects.create(
        kind=kind,
        unit=unit,
        by=by.user,
        by_name=by.name,
        file_name=file_name[:255],
        sha256=stored.sha256,
        stored_as=stored.stored_as,
    )
    after = {"kind": kind, "file_name": made.file_name, "sha256": made.sha256}
    change = audit.Change(made, {}, after, unit.pk if unit else None, code=kind)
    audit.record([change], by=by, action="template.take" if stored.stored_as else "template.default")
    return made
