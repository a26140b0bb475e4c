from uuid import uuid4

from accounts.permissions import Permission
from assessments.registers.undoing.models import ActDone
from tests.routes import Route

READ, EDIT = Permission.VIEW_ORGANIZATIONS, Permission.EDIT_REGISTERS
REORGANIZE, PERSONS = Permission.REORGANIZE, Permission.VIEW_PERSONS
EDIT_PERSONS = Permission.EDIT_PERSONS
ACCOUNTS = Permission.MANAGE_ACCOUNTS


def _organization(at) -> dict:
    return {"pk": at.commune.pk}


def _village(at) -> dict:
    return {"pk": at.village.pk}


def _head(at) -> dict:
    return {"pk": at.head.pk}


def _member(at) -> dict:
    return {"pk": at.members[0].pk}


def _done(at) -> dict:
    kept = {"object_type": "orgs.organization", "object_id": at.commune.pk}
    return {"pk": ActDone.objects.create(batch=uuid4(), code="organization.correct", **kept).pk}


def _account(at) -> dict:
    return {"pk": at.account.pk}


ROUTES = {
    "registers:organization_list": Route(READ),
    "registers:organization_tree": Route(READ),
    "registers:organization": Route(READ, _organization),
    "registers:province_found": Route(ACCOUNTS),
    "registers:organization_found": Route(REORGANIZE),
    "registers:organization_correct": Route(EDIT, _organization),
    "registers:organization_rename": Route(REORGANIZE, _organization),
    "registers:organization_move": Route(REORGANIZE, _organization),
    "registers:organization_level": Route(REORGANIZE, _organization),
    "registers:organization_form": Route(REORGANIZE, _organization),
    "registers:organization_merge": Route(REORGANIZE, _organization),
    "registers:organization_split": Route(REORGANIZE, _organization),
    "registers:organization_dissolve": Route(REORGANIZE, _organization),
    "registers:undo": Route(EDIT, _done),
    "registers:village_list": Route(READ),
    "registers:village": Route(READ, _village),
    "registers:village_found": Route(EDIT),
    "registers:village_correct": Route(EDIT, _village),
    "registers:village_cover": Route(EDIT, _village),
    "registers:village_merge": Route(REORGANIZE),
    "registers:village_split": Route(REORGANIZE, _village),
    "registers:village_end": Route(EDIT, _village),
    "registers:head_appoint": Route(EDIT_PERSONS, _village),
    "registers:head_end": Route(EDIT_PERSONS, _head),
    "registers:head_correct": Route(EDIT_PERSONS, _head),
    "registers:member_list": Route(PERSONS),
    "registers:member": Route(PERSONS, _member),
    "registers:member_enrol": Route(EDIT_PERSONS),
    "registers:member_correct": Route(EDIT_PERSONS, _member),
    "registers:member_transfer": Route(EDIT_PERSONS, _member),
    "registers:member_leave": Route(EDIT_PERSONS, _member),
    "registers:member_return": Route(EDIT_PERSONS, _member),
    "registers:member_recognize": Route(EDIT_PERSONS, _member),
    "registers:member_exempt": Route(EDIT_PERSONS, _member),
    "orgs:account_list": Route(ACCOUNTS),
    "orgs:account_add": Route(ACCOUNTS),
    "orgs:account_units": Route(ACCOUNTS),
    "orgs:account_change": Route(ACCOUNTS, _account),
    "orgs:account_reset": Route(ACCOUNTS, _account),
    "orgs:account_unlock": Route(ACCOUNTS, _account),
    "orgs:audit_list": Route(Permission.VIEW_AUDIT),
}
