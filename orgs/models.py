import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from orgs.dated import Dated, Former, dated_constraints, decided
from orgs.jobs.models import Job  # noqa: F401  # Django finds it here
from orgs.querysets import (
    AuditEntryQuerySet,
    OrganizationQuerySet,
    PostingQuerySet,
    VillageQuerySet,
)
from orgs.rules import in_order, unit_of
from resolution03.lib.dates import Precision, partial
from resolution03.lib.text import search_key


class Level(models.TextChoices):
    """`Cấp` in the workbooks: dated data of a child of the province, below it follows."""

    PROVINCE = "province", "Đảng bộ tỉnh"
    UNIT = "unit", "Cấp trên trực tiếp cơ sở"
    GRASSROOTS = "grassroots", "Tổ chức cơ sở đảng"
    AFFILIATED = "affiliated", "Trực thuộc đảng uỷ cơ sở"


OF_UNITS = [(level.value, level.label) for level in (Level.UNIT, Level.GRASSROOTS)]
"""What a child of the province may be (INTERFACE, reading 3)."""


class Form(models.TextChoices):
    COMMITTEE = "committee", "Đảng bộ"
    CELL = "cell", "Chi bộ"
    SECTION = "section", "Đảng bộ bộ phận"


class VillageKind(models.TextChoices):
    THON = "thon", "Thôn"
    LANG = "lang", "Làng"
    TO_DAN_PHO = "to_dan_pho", "Tổ dân phố"


class Organization(models.Model):
    """A party organization. `parent` and `own_level` are its latest place, of which `path` and `level`
    follow, `form` its latest form; earlier ones: Placement, FormerForm. Lineage, which moves nothing by
    itself: `merged_into`, the one into which it went whole at its end; `split_from`, of which it was a part
    until it was founded (INTERFACE, reading 10)."""

    SCOPE_PATHS = ("path",)

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=255)
    form = models.CharField(_("form"), max_length=12, choices=Form)
    type_label = models.CharField(_("type"), max_length=120, blank=True)
    established_on = models.DateField(_("established"), null=True, blank=True)
    established_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    dissolved_on = models.DateField(_("dissolved"), null=True, blank=True)
    dissolved_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    dissolution_decision = models.CharField(_("decision number"), max_length=120, blank=True)
    dissolution_decided_on = models.DateField(_("decision date"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split_off", verbose_name=_("split from")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
    )
    path = models.CharField(max_length=255, db_index=True, editable=False, default="")
    own_level = models.CharField(_("level in the tree"), max_length=12, choices=OF_UNITS, blank=True)
    level = models.CharField(max_length=12, choices=Level, editable=False, default=Level.PROVINCE)
    position = models.PositiveIntegerField(_("position in lists"), default=0)
    phone = models.CharField(_("office phone"), max_length=40, blank=True)
    search_key = models.CharField(max_length=330, editable=False, default="")

    indent: int
    """Its depth below the row at which a tree opens; only on rows of `orgs.trees`."""

    established = partial("established")
    dissolved = partial("dissolved")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("organization")
        constraints = [
            models.UniqueConstraint(
                Coalesce("parent", 0),
                condition=Q(parent__isnull=True),
                name="organization_one_root",
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__gte=F("established_on")),
                name="organization_life_in_order",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="organization_not_own_parent"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(dissolved_on__isnull=False),
                name="organization_merged_at_its_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registers:organization", args=[self.pk])

    def refresh_keys(self) -> None:
        """Make it findable under its present name; every writer calls this before saving."""
        self.search_key = search_key(self.code, self.name)[:330]

    @property
    def depth(self) -> int:
        return self.path.count("/") - 1

    @property
    def unit_id(self) -> int | None:
        """The unit in which it stands today, itself for a unit; None for the province."""
        return unit_of(self.path)

    @property
    def is_unit(self) -> bool:
        """Directly under the province: figures are reported in its name."""
        return self.depth == 2

    @property
    def is_rated(self) -> bool:
        """The province and what stands above grassroots organizations are not rated here themselves."""
        return self.level in (Level.GRASSROOTS, Level.AFFILIATED)

    @property
    def is_cell(self) -> bool:
        return self.form == Form.CELL

    @property
    def dissolution(self) -> str:
        """The decision by which it was dissolved."""
        return decided(self.dissolution_decision, self.dissolution_decided_on)


class Placement(Dated):
    """Under whom an organization stood, from when to when, by which decision. `own_level`: what a child of
    the province was then; empty elsewhere, where it follows."""

    SCOPE_PATHS = ("organization__path",)

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="past_placements")
    own_level = models.CharField(_("level in the tree"), max_length=12, choices=OF_UNITS, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("placement")
        constraints = dated_constraints("placement", "organization")


class FormerName(Former):
    """A name that an organization bore until the day before `until`."""

    SCOPE_PATHS = ("organization__path",)
    held = "name"

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=255)

    class Meta(Former.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "until"], name="former_name_one_a_day")
        ]


class FormerForm(Former):
    """A form that an organization had until the day before `until`."""

    SCOPE_PATHS = ("organization__path",)
    held = "form"

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="former_forms")
    form = models.CharField(_("form"), max_length=12, choices=Form)

    class Meta(Former.Meta):
        verbose_name = _("former form")
        constraints = [
            models.UniqueConstraint(fields=["organization", "until"], name="former_form_one_a_day")
        ]


class Village(models.Model):
    """A thôn, làng or tổ dân phố. `committee` and `cell` are the latest; earlier ones: Coverage. Lineage as
    of organizations."""

    SCOPE_PATHS = ("committee__path",)

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=12, choices=VillageKind, blank=True)
    committee = models.ForeignKey(
        Organization, models.PROTECT, related_name="villages", verbose_name=_("commune committee")
    )
    cell = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="covered_villages",
        verbose_name=_("cell"),
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    starts_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    ends_precision = models.CharField(max_length=1, choices=Precision, default=Precision.DAY)
    ending_decision = models.CharField(_("decision number"), max_length=120, blank=True)
    ending_decided_on = models.DateField(_("decision date"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split_off", verbose_name=_("split from")
    )
    position = models.PositiveIntegerField(default=0)
    search_key = models.CharField(max_length=330, editable=False, default="")

    starts = partial("starts")
    ends = partial("ends")

    objects = VillageQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("village")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="village_life_in_order"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(ends_on__isnull=False),
                name="village_merged_at_its_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registers:village", args=[self.pk])

    @property
    def ending(self) -> str:
        """The decision by which it ended."""
        return decided(self.ending_decision, self.ending_decided_on)

    @property
    def gone_on(self) -> date | None:
        """The first day no longer counted; None while it lasts."""
        return self.ends_on and self.ends_on + timedelta(days=1)

    def counts_on(self, day: date) -> bool:
        """Its last day counts (INTERFACE, reading 2)."""
        return in_order(self.starts_on, day) and in_order(day, self.ends_on)

    def refresh_keys(self) -> None:
        """Make it findable under its present name; every writer calls this before saving."""
        self.search_key = search_key(self.code, self.name)[:330]


class Coverage(Dated):
    """To which committee a village belonged and which cell covered it, from when to when."""

    SCOPE_PATHS = ("village__committee__path",)

    village = models.ForeignKey(Village, models.CASCADE, related_name="coverages")
    committee = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    cell = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="coverages")

    class Meta(Dated.Meta):
        verbose_name = _("village coverage")
        constraints = dated_constraints("coverage", "village")


class Posting(models.Model):
    """Where a user stands in the tree; without one a user sees nothing."""

    SCOPE_PATHS = ("organization__path",)

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="posting")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="postings")

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")


class Installation(models.Model):
    """The one row that says what this database is."""

    is_demonstration = models.BooleanField(default=False)
    note = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name = _("database")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="installation_is_one"),
        ]


class DataVersion(models.Model):
    """The one row whose number every writing transaction raises last (orgs.versions)."""

    number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("version of the data")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="data_version_is_one")]


class AuditEntry(models.Model):
    """One change of one object. Append-only: written by orgs.audit, never changed or deleted."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=120)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    object_code = models.CharField(max_length=80, blank=True)
    unit = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_of_object"),
            models.Index(fields=["action", "id"], name="audit_by_action"),
        ]
        verbose_name = _("audit entry")
