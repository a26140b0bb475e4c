from accounts.permissions import Permission
from tests.routes import Access, Route

ROUTES = {
    "home": Route(Access.SIGNED_IN),
    "health": Route(Access.OPEN),
    "accounts:sign_in": Route(Access.OPEN),
    "accounts:sign_out": Route(Access.OPEN),
    "accounts:language": Route(Access.OPEN),
    "accounts:password": Route(Access.SIGNED_IN),
    "accounts:sign_ins": Route(Permission.VIEW_SYSTEM),
}
