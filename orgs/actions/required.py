"""What a change of the tree requires, each refused in words."""

from datetime import date

from django.utils.translation import gettext as _

from orgs import rules
from orgs.models import Form, Organization
from resolution03.lib.errors import Refusal


def require_place(organization: Organization, parent: Organization | None, on: date | None):
    """Refuse a second root, a child under a cell, a loop, a parent that does not exist on `on`."""
    if parent is None:
        root = Organization.objects.filter(parent=None).values_list("pk", flat=True).first()
        if rules.is_second_root(organization.pk, root):
            raise Refusal(_("There is a provincial organization already."), field="parent")
        return
    if not rules.may_have_children(parent.form):
        raise Refusal(
            _("%(name)s is a cell and has no organization below it.") % {"name": parent},
            field="parent",
        )
    if rules.closes_loop(organization.pk, rules.chain_of(parent.path)):
        raise Refusal(_("%(name)s stands under this organization itself.") % {"name": parent}, field="parent")
    if on:
        require_life(parent, on, field="parent")


def require_life(organization: Organization, on: date, field: str = "on") -> None:
    if rules.exists_on(on, organization.established_on, organization.dissolved_on):
        return
    raise Refusal(
        _("%(name)s does not exist on %(day)s.") % {"name": organization, "day": f"{on:%d/%m/%Y}"},
        field=field,
    )


def require_form(organization: Organization, form: str) -> None:
    if not rules.may_have_children(form) and organization.children.exists():
        raise Refusal(_("It has organizations below it and cannot be a cell."), field="form")
    held = organization.covered_villages if organization.is_cell else organization.villages
    if form != organization.form and Form.CELL in (form, organization.form) and held.exists():
        raise Refusal(_("Villages belong to it; it stays what it is."), field="form")


def require_partner(source: Organization, target: Organization) -> None:
    """Refuse to merge a cell with a committee, and anything with itself."""
    if source == target or source.is_cell != target.is_cell:
        raise Refusal(
            _("A cell merges with another cell, a committee with another committee."),
            field="target",
        )
