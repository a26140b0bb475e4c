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
    """Write path and level of the organization and of its whole branch."""
    parent, path, level = organization.parent, organization.path, organization.level
    organization.path = f"{parent.path if parent else '/'}{organization.pk}/"
    organization.level = rules.level_under(parent.level if parent else None, organization.own_level)
    if (path, level) == (organization.path, organization.level):
        return
    organization.save(update_fields=["path", "level"])
    if path:
        rest = Substr("path", len(path) + 1)
        branch = Organization.objects.filter(path__startswith=path).exclude(pk=organization.pk)
        branch.update(path=Concat(Value(organization.path), rest))
        _level_branch(organization)


def _level_branch(organization: Organization) -> None:
    below = Organization.objects.filter(path__startswith=organization.path).exclude(pk=organization.pk)
    child = rules.level_under(organization.level)
    below.filter(parent=organization).update(level=child)
    below.exclude(parent=organization).update(level=rules.level_under(child))


def last_position() -> int:
    return Organization.objects.aggregate(last=Max("position"))["last"] or 0
