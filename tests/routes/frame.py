from accounts.permissions import Permission
from tests.routes import Access, Route


def _job(at) -> dict:
    return {"token": at.job.token}


ROUTES = {
    "home": Route(Access.SIGNED_IN),
    "health": Route(Access.OPEN),
    "accounts:sign_in": Route(Access.OPEN),
    "accounts:sign_out": Route(Access.OPEN),
    "accounts:language": Route(Access.OPEN),
    "accounts:password": Route(Access.SIGNED_IN),
    "orgs:jobs": Route(Access.SIGNED_IN),
    "orgs:job": Route(Access.OWNED, _job),
    "orgs:job_how_far": Route(Access.OWNED, _job),
    "orgs:job_result": Route(Access.OWNED, _job),
    "orgs:job_cancel": Route(Access.OWNED, _job),
    "orgs:job_again": Route(Access.OWNED, _job),
    "assessments:backups": Route(Permission.VIEW_SYSTEM),
    "accounts:sign_ins": Route(Permission.VIEW_SYSTEM),
}
