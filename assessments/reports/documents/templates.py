"""Which template an office's documents are filled from: its own latest one, else the default."""

from pathlib import Path

from assessments.reports.issued.models import DocumentKind, DocumentTemplate
from orgs.models import Organization
from resolution03.lib.keeping import TEMPLATES

DEFAULTS = Path(__file__).with_name("templates")


def own_template(kind: str, unit: int | None) -> DocumentTemplate | None:
    """The office's own template in use; None while the default is. `unit` None: the province's."""
    latest = DocumentTemplate.objects.filter(kind=kind, unit=unit).first()
    return latest if latest and latest.stored_as else None


def template_of(kind: str, unit: int | None) -> bytes:
    """The bytes of the template in use; Lost when the office's own is gone or was changed."""
    own = own_template(kind, unit)
    return TEMPLATES.read(own.stored_as, own.sha256) if own else default(kind)


def default(kind: str) -> bytes:
    return (DEFAULTS / f"{DocumentKind(kind).value}.docx").read_bytes()


def unit_of(organization: Organization) -> Organization | None:
    """Whose templates an office keeps: None for the province's."""
    return organization if organization.parent_id else None
