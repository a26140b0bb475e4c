"""How the row of an organization and its place in the tree are written, under the lock of the tree."""

from django.db.models import Max, Value
from django.db.models.functions import Concat, Substr

from accounts.actors import Actor
from orgs import rules
from orgs.actions.writing import store
from orgs.models import Organization


def lock_tree() -> Organization | None:
    """Hold the province's row until the transaction ends: one change of the tree at a time."""
    return Organization.objects.select_for_update(no_key=True).filter(parent=None).first()


def locked(organization: Organization) -> Organization:
    """The organization as it stands now that nobody else can change the tree."""
    lock_tree()
    return Organization.objects.select_related("parent").get(pk=organization.pk)


def fresh(parent: Organization | None) -> Organization | None:
    """A parent as it stands under the lock; the caller's copy may be older."""
    return parent and Organization.objects.get(pk=parent.pk)


def write(organization: Organization, by: Actor, action: str, reason: str, **values) -> bool:
    """Store and record; the change belongs to the unit in which the organization then stands."""
    parent = values.get("parent") or organization.parent
    above = parent.path if parent else "/"
    unit_id = rules.unit_of(f"{above}{organization.pk}/" if organization.pk else above)
    return store(
        organization,
        by=by,
        action=f"organization.{action}",
        unit_id=unit_id,
        reason=reason,
        **values,
    )


def place(organization: Organization) -> None:
    """Write the path of the organization and of its whole branch."""
    old = organization.path
    above = organization.parent.path if organization.parent else "/"
    organization.path = f"{above}{organization.pk}/"
    if organization.path == old:
        return
    organization.save(update_fields=["path"])
    if old:
        rest = Substr("path", len(old) + 1)
        Organization.objects.filter(path__startswith=old).update(path=Concat(Value(organization.path), rest))


def last_position() -> int:
    return Organization.objects.aggregate(last=Max("position"))["last"] or 0
