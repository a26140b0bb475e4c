"""What only offices count (the resolution's parts II and III): what they are asked for, and how it is held
against the lists (ADR 36)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST = 99_999
"""The largest number that one count may be."""


class CountLevel(models.TextChoices):
    """Whose count it is: each stands at one level."""

    UNIT = "unit", _("unit")
    GRASSROOTS = "grassroots", _("grassroots organization")
    CELL = "cell", _("cell")


class CountPeriod(models.TextChoices):
    """When it is given; that of an event only where there was one, so that nobody lacks it."""

    YEAR = "year", _("once a year")
    HALF = "half", _("half-year and year")
    EVENT = "event", _("when there is something to give")


class CountSource(models.TextChoices):
    """Computed: nobody types it where the registers tell it; where they do not (no list of members) it is
    typed. Compared: typed, and held against what the registers tell."""

    TYPED = "typed", _("typed")
    COMPUTED = "computed", _("computed from the registers")
    COMPARED = "compared", _("typed and compared with the registers")


class Size(models.TextChoices):
    """How large an organization is by the year's list: what a count can be a share of."""

    GRASSROOTS = "grassroots", _("grassroots organizations")
    ORGANIZATIONS = "organizations", _("organizations, itself included")
    CELLS = "cells", _("cells")
    CELLS_ALL_YEAR = "cells_all_year", _("cells existing all year")
    CELL_MONTHS = "cell_months", _("months in which its cells existed")
    CELLS_OF_NINE = "cells_of_nine", _("cells with nine or more official members")
    VILLAGE_CELLS = "village_cells", _("cells of villages")
    GOOD_CELLS = "good_cells", _("cells rated HTTNV or better")
    MEMBERS = "members", _("members")
    MEMBERS_NOT_EXEMPT = "members_not_exempt", _("members without the exempt")
    VILLAGES = "villages", _("villages")
    HEADS_IN_POST = "heads_in_post", _("village heads in post")
    HEADS_NOT_MEMBERS = "heads_not_members", _("village heads who are not members on 1 January")
    ADMITTED = "admitted", _("admitted in the year")


class Register(models.TextChoices):
    """A number that the registers tell."""

    HEADS_WHO_ARE_SECRETARIES = "heads_secretaries", _("village heads who are secretaries of their cell")
    HEADS_ADMITTED = "heads_admitted", _("village heads admitted in the year")
    CELLS_FOUNDED = "cells_founded", _("cells founded in villages in the year")
    ADMITTED_NOBODY = "admitted_nobody", _("organizations that admitted nobody in the year")
    ADMITTED_WOMEN = "admitted_women", _("women among those admitted in the year")
    EXPELLED = "expelled", _("members who left as expelled")
    EXPULSIONS = "expulsions", _("expulsions entered under discipline")


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class Activity(models.Model):
    """One thing that is counted; `form`: the report form that shows it, if any.

    Its whole is a size of the list, or the count `denominator` less the count `less`; of a `is_monthly` one
    that size times the months of the period. `is_average`: so many for each one of the whole, no percentage.
    `of_villages`: asked only of organizations with villages. `adds_up`: those of merged organizations make
    one number. `is_off`: no longer asked for in open years.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=60)
    group = models.CharField(pgettext_lazy("of counts", "group"), max_length=80, blank=True)
    clause = models.CharField(_("clause of the resolution"), max_length=20, blank=True)
    measure = models.CharField(_("unit of count"), max_length=30, blank=True)
    level = models.CharField(
        pgettext_lazy("of counts", "level"), max_length=12, choices=CountLevel, default=CountLevel.GRASSROOTS
    )
    period = models.CharField(_("period"), max_length=8, choices=CountPeriod, default=CountPeriod.YEAR)
    source = models.CharField(_("source"), max_length=8, choices=CountSource, default=CountSource.TYPED)
    register = models.CharField(_("the registers' number"), max_length=20, choices=Register, blank=True)
    denominator = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("share of the count")
    )
    less = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("less the count")
    )
    size = models.CharField(_("share of"), max_length=20, choices=Size, blank=True)
    is_monthly = models.BooleanField(_("each month"), default=False)
    is_average = models.BooleanField(_("for each one, not in percent"), default=False)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, blank=True)
    of_villages = models.BooleanField(_("only where there are villages"), default=False)
    adds_up = models.BooleanField(_("added up when organizations merge"), default=True)
    is_off = models.BooleanField(_("switched off"), default=False)
    form = models.CharField(_("report form"), max_length=10, blank=True)
    position = models.PositiveSmallIntegerField()
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    document = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("yearly count")


class Relation(models.TextChoices):
    AT_MOST = "le", "≤"
    AT_LEAST = "ge", "≥"
    EQUAL = "eq", "="


class CountCheck(models.Model):
    """`times` × the count (+ `plus`) stands in a `relation` to another count (− `less`), to a size of the
    list (times the months of the period, where `is_monthly`) or to a number of the registers.

    A hard one refuses; a soft one asks for a reason.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="checks")
    times = models.PositiveSmallIntegerField(_("times"), default=1)
    plus = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("together with")
    )
    relation = models.CharField(_("relation"), max_length=2, choices=Relation, default=Relation.AT_MOST)
    other = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("another count")
    )
    less = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("less the count")
    )
    size = models.CharField(_("size of the list"), max_length=20, choices=Size, blank=True)
    register = models.CharField(_("the registers' number"), max_length=20, choices=Register, blank=True)
    is_monthly = models.BooleanField(_("each month"), default=False)
    is_hard = models.BooleanField(_("refused, not only asked"), default=False)

    class Meta:
        ordering = ["activity", "pk"]
        verbose_name = _("check of a count")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(other__isnull=False, size="", register="")
                | models.Q(~models.Q(size=""), other__isnull=True, register="")
                | models.Q(~models.Q(register=""), other__isnull=True, size=""),
                name="count_check_against_one_thing",
            ),
            models.CheckConstraint(condition=models.Q(times__gte=1), name="count_check_times"),
        ]
