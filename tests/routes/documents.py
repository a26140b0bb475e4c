from accounts.permissions import Permission
from tests.routes import Route


def kind(at) -> dict:
    return {"kind": "interim"}


def document(at) -> dict:
    return {"year": at.year} | kind(at)


READS, EDITS = Permission.EXPORT, Permission.EDIT_OFFICE
ROUTES = {
    "assessments:documents": Route(READS, lambda at: {"year": at.year}),
    "assessments:document": Route(Permission.COMPARE_UNITS, document),
    "assessments:unit_document": Route(READS, lambda at: document(at) | {"unit": at.unit.code}),
    "assessments:document_fields": Route(READS),
    "assessments:document_template": Route(EDITS, kind),
    "assessments:document_template_file": Route(EDITS, kind),
    "assessments:document_template_default": Route(EDITS, kind),
}
