"""The first thing of an empty database: the organization of the province."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Role, User
from orgs.actions import accounts, reorganize
from orgs.models import Form, Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal


@writing()
def found_province(*, by: Actor, code: str, name: str) -> Organization:
    """Make the organization at which all others will hang; administrators, who stood nowhere before
    there was a tree, stand there from now on. Refusal when there is an organization already."""
    held = list(User.objects.select_for_update(no_key=True).filter(role=Role.ADMINISTRATOR).order_by("pk"))
    if Organization.objects.exists():
        raise Refusal(_("There is a provincial organization already."))
    province = reorganize.found(by=by, code=code, name=name, form=Form.COMMITTEE, parent=None)
    for user in held:
        accounts.change(by=by, user=user, organization=province)
    return province
