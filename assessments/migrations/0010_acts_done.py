"""What a batch wrote says of which columns it kept the values; acts are kept until they are taken back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = {
    "orgs.organization": (
        "code", "name", "form", "type_label", "established_on", "established_precision", "dissolved_on",
        "dissolved_precision", "dissolution_decision", "parent_id",
    ),
    "orgs.placement": ("organization_id", "parent_id", "starts_on", "ends_on", "decision"),
    "orgs.formername": ("organization_id", "name", "until", "decision"),
    "orgs.village": (
        "code", "name", "kind", "starts_on", "starts_precision", "ends_on", "ends_precision", "committee_id",
        "cell_id",
    ),
    "orgs.coverage": ("village_id", "committee_id", "cell_id", "starts_on", "ends_on", "decision"),
    "members.member": (
        "code", "full_name", "born_on", "born_precision", "sex", "admitted_on", "admitted_precision",
        "admitted_outside", "arrived_on", "arrived_precision", "official_on", "official_precision",
        "is_exempt", "left_on", "left_precision", "leaving_reason", "cell_id",
    ),
    "members.membership": ("member_id", "cell_id", "starts_on", "ends_on", "decision"),
    "members.villagehead": (
        "village_id", "full_name", "is_member", "is_secretary", "starts_precision", "ends_on",
        "ends_precision", "starts_on", "member_id",
    ),
    "assessments.organizationline": ("self_rated_id", "decided_id", "reason", "accepted", "version"),
    "assessments.memberline": ("self_rated_id", "decided_id", "reason", "accepted", "version"),
    "assessments.tally": ("year_id", "organization_id", "subject", "key", "unit_id", "count"),
    "assessments.activitycount": (
        "year_id", "grassroots_id", "unit_id", "activity_id", "count", "version",
    ),
}  # fmt: skip
"""The columns of which values were kept until now, in their order."""


def name_columns(apps, schema_editor):
    rows = apps.get_model("assessments", "BatchRows").objects
    for label, columns in KEPT.items():
        rows.filter(model=label).update(columns=list(columns))


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0009_planned_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="batchrows",
            name="columns",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(name_columns, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ActDone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("batch", models.UUIDField(unique=True)),
                ("code", models.CharField(max_length=60)),
                ("object_type", models.CharField(max_length=60)),
                ("object_id", models.BigIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by_name", models.CharField(max_length=120)),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("taken_back_by_name", models.CharField(blank=True, max_length=120)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "act",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["object_type", "object_id"], name="act_of_object")],
            },
        ),
    ]
