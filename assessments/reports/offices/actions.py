"""Changing how an office heads and signs its forms."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.actors import Actor
from assessments.reports.offices.letterhead import TEXTS
from assessments.reports.offices.models import Office
from orgs import audit
from orgs.models import Organization
from orgs.versions import writing
from resolution03.lib.errors import Refusal

FIELDS = (*TEXTS, "spelling")


class OfficeChanged(Refusal):
    """The office was changed meanwhile; `now` is how it stands."""

    def __init__(self, now: Office):
        super().__init__(
            _(
                "This was changed meanwhile: what is stored stands above each box that differs. Saving "
                "again replaces it."
            )
        )
        self.now = now


@writing()
def save_office(*, by: Actor, organization: Organization, version: int, values: Mapping[str, str]) -> Office:
    """Write `values` (of FIELDS) into the office of the province or of a unit.

    `version` is what the editor saw, 0 before anything was entered. Raises OfficeChanged.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    office = Office.objects.filter(organization=organization).first()
    office = office or Office(organization=organization)
    before = audit.state(office, FIELDS)
    changed = {name: values[name] for name in FIELDS if values[name] != before[name]}
    if not changed:
        return office
    if office.version != version:
        raise OfficeChanged(office)
    for name, value in changed.items():
        setattr(office, name, value)
    office.version += 1
    office.save()
    unit_id = organization.pk if organization.parent_id else None
    told = audit.Change(office, {name: before[name] for name in changed}, changed, unit_id, organization.code)
    audit.record([told], by=by, action="office.change")
    return office
