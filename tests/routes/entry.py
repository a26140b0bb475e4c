from uuid import UUID

from accounts.permissions import Permission
from assessments.rules.models.deadlines import OtherYearEnd
from assessments.workbooks.models import Upload
from tests.routes import Access, Route


def year(at) -> dict:
    return {"year": at.year}


def kind(at) -> dict:
    return {"year": at.year, "kind": "grassroots"}


def row(at) -> dict:
    return kind(at) | {"pk": at.line.pk}


def submission(at) -> dict:
    return {"year": at.year, "pk": at.submission.pk}


def other_year_end(at) -> dict:
    return {"pk": OtherYearEnd.objects.get_or_create(unit=at.submission.unit)[0].pk}


def count_typed(at) -> dict:
    return year(at) | {"code": "thematic_meetings"}


def organization_typed(at) -> dict:
    return year(at) | {"code": at.line.code}


def batch(at) -> dict:
    key = UUID(int=at.unit.pk)
    Upload.objects.get_or_create(
        batch=key, unit=at.unit, defaults={"counts": {"sheets": []}, "file_name": "sổ.xlsx"}
    )
    return {"batch": key}


def prepared(at) -> dict:
    return {"year": at.year, "unit": at.unit.code}


def uploaded(at) -> dict:
    return batch(at) | {"pk": Upload.objects.get(batch=UUID(int=at.unit.pk)).pk}


def settled(at) -> dict:
    found = batch(at)
    return found | {"upload": Upload.objects.get(batch=found["batch"]).pk}


ENTER, SUBMIT = Permission.ENTER_RATINGS, Permission.SUBMIT
REVIEW, YEARS = Permission.REVIEW, Permission.MANAGE_YEARS
ROUTES = {
    "assessments:guide": Route(Permission.VIEW_ORGANIZATIONS),
    "assessments:work": Route(ENTER),
    "assessments:work_year": Route(ENTER, year),
    "assessments:entry": Route(ENTER, kind),
    "assessments:entry_save": Route(ENTER, kind),
    "assessments:entry_decision": Route(SUBMIT, kind),
    "assessments:discipline": Route(ENTER, kind),
    "assessments:enter_counts": Route(ENTER, year),
    "assessments:enter_count": Route(ENTER, count_typed),
    "assessments:enter_counts_of": Route(ENTER, organization_typed),
    "assessments:save_counts": Route(ENTER, year),
    "assessments:entry_row": Route(ENTER, row),
    "assessments:submit": Route(SUBMIT, year),
    "assessments:review": Route(REVIEW),
    "assessments:review_year": Route(REVIEW, year),
    "assessments:review_calls": Route(REVIEW, year),
    "assessments:review_unit": Route(REVIEW, submission),
    "assessments:review_return": Route(REVIEW, submission),
    "assessments:review_accept": Route(REVIEW, submission),
    "assessments:review_confirm": Route(REVIEW, submission),
    "assessments:review_return_changes": Route(REVIEW, submission),
    "assessments:review_extend": Route(YEARS, submission),
    "assessments:review_take_back": Route(YEARS, lambda at: submission(at) | {"stage": "submission"}),
    "assessments:review_completeness": Route(REVIEW, year),
    "assessments:years": Route(YEARS),
    "assessments:other_year_ends": Route(YEARS),
    "assessments:other_year_end_remove": Route(YEARS, other_year_end),
    "assessments:unit_groups": Route(YEARS),
    "assessments:year_show": Route(YEARS, year),
    "assessments:year_close": Route(YEARS, year),
    "assessments:year_reopen": Route(YEARS, year),
    "assessments:year_deadlines": Route(YEARS, year),
    "assessments:notices": Route(Access.SIGNED_IN),
    "assessments:notices_read": Route(Access.SIGNED_IN),
    "assessments:upload": Route(Permission.LOAD),
    "assessments:upload_ledger": Route(Permission.LOAD),
    "assessments:reorganization_compose": Route(Permission.REORGANIZE),
    "assessments:reorganization_leave": Route(Permission.LOAD, batch),
    "assessments:reorganization_wait": Route(Permission.LOAD, batch),
    "assessments:upload_plan": Route(Permission.LOAD, batch),
    "assessments:upload_rows": Route(Permission.LOAD, batch),
    "assessments:upload_marked": Route(Permission.LOAD, uploaded),
    "assessments:upload_apply": Route(Permission.LOAD, batch),
    "assessments:prepared": Route(Permission.LOAD),
    "assessments:prepared_choose": Route(Permission.LOAD, prepared),
    "assessments:prepared_settle": Route(Permission.LOAD, settled),
    "assessments:prepared_take": Route(Permission.LOAD, lambda at: prepared(at) | {"part": "all"}),
    "assessments:upload_undo": Route(Permission.LOAD, batch),
    "assessments:upload_again": Route(Permission.LOAD, batch),
}
