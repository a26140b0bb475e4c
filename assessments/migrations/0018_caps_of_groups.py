"""A cap has groups of like bodies, a least size, an article; a unit may be excepted. From 2025 on those of
organizations are of HTTNV, where the Board changed nothing."""

import django.db.models.deletion
from django.db import migrations, models

from assessments.rules import reference


def renew(apps, schema_editor):
    reference.renew_caps(apps)


def restore(apps, schema_editor):
    reference.restore_caps(apps)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0017_heads_and_risk"),
        ("orgs", "0006_decided_on"),
    ]

    operations = [
        migrations.AddField(
            model_name="cap",
            name="article",
            field=models.CharField(blank=True, max_length=80, verbose_name="article"),
        ),
        migrations.AddField(
            model_name="cap",
            name="is_default",
            field=models.BooleanField(
                default=False, verbose_name="a default that awaits the Board's decision"
            ),
        ),
        migrations.AddField(
            model_name="cap",
            name="least_size",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="least size of a group"
            ),
        ),
        migrations.AlterField(
            model_name="cap",
            name="group",
            field=models.CharField(
                choices=[
                    ("grassroots", "in each grassroots organization"),
                    ("unit", "in each unit"),
                    ("unit_type", "in each unit, each group of types by itself"),
                    ("named", "in each group that the Board names; the others in each unit"),
                ],
                max_length=12,
                verbose_name="group",
            ),
        ),
        migrations.CreateModel(
            name="LikeGroup",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "by",
                    models.CharField(
                        choices=[("type", "by types"), ("organization", "by organizations")],
                        max_length=12,
                        verbose_name="how it is drawn",
                    ),
                ),
                ("entries", models.TextField(verbose_name="types or codes, one a line")),
            ],
            options={
                "verbose_name": "group of like bodies",
                "ordering": ["by", "name"],
                "constraints": [models.UniqueConstraint(fields=("by", "name"), name="like_group_one_name")],
            },
        ),
        migrations.CreateModel(
            name="CapException",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("grassroots", "grassroots organizations"),
                            ("affiliated", "affiliated organizations"),
                            ("member", "members"),
                        ],
                        max_length=12,
                        verbose_name="subject",
                    ),
                ),
                ("level_code", models.CharField(max_length=12, verbose_name="level")),
                ("percent", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="percent")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.organization",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "exception from a cap",
                "ordering": ["year", "subject", "unit"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "year", "subject", "level_code"), name="cap_exception_one_a_unit"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                        name="cap_exception_is_a_percentage",
                    ),
                ],
            },
        ),
        migrations.RunPython(renew, restore),
    ]
