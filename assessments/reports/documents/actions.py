"""Templates of the review reports: taken when they can be filled, put aside, never overwritten."""

from hashlib import sha256

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.reports.documents.fields import shape
from assessments.reports.documents.rendering import WrongTemplate, check
from assessments.reports.documents.templates import kept_templates
from assessments.reports.models.issued import DocumentTemplate
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing


def take_template(
    *, by: Actor, kind: str, unit: Organization | None, file_name: str, content: bytes
) -> DocumentTemplate:
    """Keep an office's own template; WrongTemplate, and nothing kept, when it cannot be filled."""
    if not file_name.casefold().endswith(".docx"):
        raise WrongTemplate(_("“%(name)s” is no .docx document.") % {"name": file_name})
    check(content, shape())
    stored_as = kept_templates().keep(content)
    try:
        return _put(by, kind, unit, file_name, content, stored_as)
    except BaseException:
        kept_templates().drop(stored_as)
        raise


def use_default(*, by: Actor, kind: str, unit: Organization | None) -> DocumentTemplate:
    """Fill the default template from now on; the office's own ones stay kept."""
    return _put(by, kind, unit, "", b"", "")


@writing()
def _put(
    by: Actor, kind: str, unit: Organization | None, file_name: str, content: bytes, stored_as: str
) -> DocumentTemplate:
    made = DocumentTemplate.objects.create(
        kind=kind,
        unit=unit,
        by=by.user,
        by_name=by.name,
        file_name=file_name[:255],
        sha256=sha256(content).hexdigest() if stored_as else "",
        stored_as=stored_as,
    )
    after = {"kind": kind, "file_name": made.file_name, "sha256": made.sha256}
    change = audit.Change(made, {}, after, unit.pk if unit else None, code=kind)
    audit.record([change], by=by, action="template.take" if stored_as else "template.default")
    return made
