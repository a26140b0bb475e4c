"""The first organization of an empty database, which the administrator makes."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import Permission
from assessments.registers.acts.act import NO_BUTTON, Act, Begin, Words
from assessments.registers.forms.organizations import FoundProvince
from assessments.registers.records import PROVINCE
from orgs.actions import beginning
from orgs.scoping import province


def _is_there() -> str:
    return gettext("There is a provincial organization already.") if province() else ""


ACTS = (
    Act(
        code="found",
        register=PROVINCE,
        on=None,
        address="organizations/province/",
        needs=Permission.MANAGE_ACCOUNTS,
        form=FoundProvince,
        action=beginning.found_province,
        words=Words(
            _("The province organization"),
            _("Make it"),
            _("The province organization is made. Next: the Board's account."),
            subtitle=_("All other organizations hang below it; its name stands on every report."),
        ),
        button=NO_BUTTON,
        begin=Begin(
            back=lambda place: reverse("orgs:account_list"),
            way=lambda: [(_("Accounts"), reverse("orgs:account_list"))],
            over=_is_there,
            next=lambda: reverse("orgs:account_add") + f"?role={Role.BOARD}",
        ),
        trail=("organization.found", "account.change"),
        at_once=True,
    ),
)
