"""Targets stand in sets, each a document; those that are there are the set of the resolution."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from assessments.rules import reference
from resolution03.lib.migrating import check_at_once


def into_the_default_set(apps, schema_editor):
    target = apps.get_model("assessments", "Target")
    default = reference.install_default_set(apps)
    target.objects.update(set=default)
    target.objects.filter(province_only=True).update(scope="province")
    target.objects.filter(indicator__in=reference.GUIDING).update(is_guiding=True)
    same = target.objects.filter(
        document_number=default.document_number, document_date=default.document_date, issuer=default.issuer
    )
    same.update(document_number="", document_date=None, issuer="")
    schema_editor.connection.check_constraints()
    check_at_once(apps, schema_editor)


def out_of_it(apps, schema_editor):
    target = apps.get_model("assessments", "Target")
    target.objects.exclude(set__is_default=True).delete()
    target.objects.filter(scope="province").update(province_only=True)
    for default in apps.get_model("assessments", "TargetSet").objects.filter(is_default=True):
        own = ("document_number", "document_date", "issuer")
        target.objects.filter(document_number="").update(**{name: getattr(default, name) for name in own})
    schema_editor.connection.check_constraints()
    check_at_once(apps, schema_editor)


SCOPES = [("province", "the province"), ("units", "every unit"), ("quota", "a quota of each unit")]


class Migration(migrations.Migration):
    dependencies = [("assessments", "0015_two_years_and_groups"), ("orgs", "0006_decided_on")]
    operations = [
        migrations.CreateModel(
            name="TargetSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=80, verbose_name="document number"),
                ),
                ("document_date", models.DateField(blank=True, null=True, verbose_name="document date")),
                ("issuer", models.CharField(blank=True, max_length=120, verbose_name="issuer")),
                (
                    "code",
                    models.CharField(
                        max_length=20,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9][A-Z0-9._-]*$", "Letters A to Z, digits, “.”, “-” and “_”."
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("title", models.CharField(max_length=160, verbose_name="name in headings")),
                ("short_name", models.CharField(max_length=40, verbose_name="short name")),
                ("is_default", models.BooleanField(default=False, verbose_name="the default set")),
            ],
            options={
                "verbose_name": "set of targets",
                "ordering": ["-is_default", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("is_default", True)),
                        fields=("is_default",),
                        name="target_set_one_default",
                    )
                ],
            },
        ),
        migrations.AddField(
            "target",
            "set",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="assessments.targetset",
                verbose_name="set of targets",
            ),
        ),
        migrations.AddField(
            "target",
            "scope",
            models.CharField(choices=SCOPES, default="units", max_length=8, verbose_name="whom it binds"),
        ),
        migrations.AddField(
            "target",
            "is_guiding",
            models.BooleanField(default=False, verbose_name="as a direction, not binding"),
        ),
        migrations.AlterField(
            "target",
            "value",
            models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="value"),
        ),
        migrations.RemoveConstraint("target", "target_one_a_first_year"),
        migrations.AlterModelOptions(
            "target",
            {
                "ordering": [
                    "set_id",
                    "indicator",
                    "scope",
                    models.OrderBy(F("first_year"), nulls_first=True),
                ],
                "verbose_name": "target",
            },
        ),
        migrations.RunPython(into_the_default_set, out_of_it),
        migrations.RemoveField("target", "province_only"),
        migrations.AlterField(
            "target",
            "set",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="assessments.targetset",
                verbose_name="set of targets",
            ),
        ),
        migrations.AddConstraint(
            "target",
            models.UniqueConstraint(
                fields=("set", "indicator", "scope", "first_year"), name="target_one_of_a_set"
            ),
        ),
        migrations.AddConstraint(
            "target",
            models.CheckConstraint(
                condition=Q(
                    Q(("scope", "quota"), ("value__isnull", True)),
                    Q(Q(("scope", "quota"), _negated=True), ("value__isnull", False)),
                    _connector="OR",
                ),
                name="target_value_unless_quota",
            ),
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.PositiveIntegerField(verbose_name="value")),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="assessments.target",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="orgs.organization",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "quota",
                "ordering": ["target_id", "unit_id"],
                "constraints": [models.UniqueConstraint(fields=("target", "unit"), name="quota_one_a_unit")],
            },
        ),
    ]
