"""Rows that hold for a time: where an organization stood, which cell covered a village."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orgs.rules import exists_on
from orgs.scoping import ScopedQuerySet


class DatedQuerySet(ScopedQuerySet):
    def on(self, day: date):
        """Rows that held on `day`."""
        began = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        return self.filter(began, Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def current(self):
        """The latest row of each thing: the one without an end."""
        return self.filter(ends_on__isnull=True)


def decided(number: str, day: date | None) -> str:
    """A decision by its number and its date: `12-QĐ/TU, 01/07/2019`; empty for none."""
    return ", ".join(part for part in (number, f"{day:%d/%m/%Y}" if day else "") if part)


class Dated(models.Model):
    """One stretch of time. `starts_on` None: from the beginning; `ends_on`: the first day
    no longer held, None: still. Stretches of one thing follow each other without a gap."""

    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    decision = models.CharField(_("decision number"), max_length=120, blank=True)
    decided_on = models.DateField(_("decision date"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = [F("starts_on").asc(nulls_first=True)]

    def holds(self, day: date) -> bool:
        return exists_on(day, self.starts_on, self.ends_on)

    @property
    def decided(self) -> str:
        return decided(self.decision, self.decided_on)

    @property
    def last_day(self) -> date | None:
        return self.ends_on and self.ends_on - timedelta(days=1)


class Former(models.Model):
    """What a thing was until the day before `until`, by which decision it then became another.

    The thing itself holds the latest value, and a thing that never changed has no row. Values follow
    each other without a gap: each row begins where the one before it ends. `held` names the value.
    """

    held: ClassVar[str]

    until = models.DateField(_("until"))
    decision = models.CharField(_("decision number"), max_length=120, blank=True)
    decided_on = models.DateField(_("decision date"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["until"]

    @property
    def decided(self) -> str:
        return decided(self.decision, self.decided_on)


def held_on(rows: Iterable[Former], day: date | None, now: Any) -> Any:
    """What a thing was on `day` (None: from the beginning) by all its rows; `now`: what it is."""
    later = [row for row in rows if day is None or day < row.until]
    first = min(later, key=lambda row: row.until, default=None)
    return getattr(first, first.held) if first else now


def dated_constraints(model: str, thing: str) -> list[models.BaseConstraint]:
    """One first stretch, one open stretch, one a day, and none that ends before it starts."""
    return [
        models.UniqueConstraint(
            fields=[thing], condition=Q(starts_on__isnull=True), name=f"{model}_one_first"
        ),
        models.UniqueConstraint(fields=[thing], condition=Q(ends_on__isnull=True), name=f"{model}_one_open"),
        models.UniqueConstraint(fields=[thing, "starts_on"], name=f"{model}_one_a_day"),
        models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name=f"{model}_in_order"),
    ]
