import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0016_target_sets")]

    operations = [
        migrations.CreateModel(
            "HeadWay",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        "way",
                        choices=[("a", "A: admit the village head"), ("b", "B: put forward a member")],
                        max_length=1,
                    ),
                ),
                ("chosen_on", models.DateField("chosen on")),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="way",
                        to="assessments.villageline",
                        verbose_name="village",
                    ),
                ),
            ],
            options={"verbose_name": "way for a village"},
        ),
        migrations.CreateModel(
            "RiskAge",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document_number", models.CharField("document number", blank=True, max_length=80)),
                ("document_date", models.DateField("document date", blank=True, null=True)),
                ("issuer", models.CharField("issuer", blank=True, max_length=120)),
                ("age", models.PositiveSmallIntegerField("age in years")),
                ("first_year", models.PositiveSmallIntegerField("first year", unique=True)),
            ],
            options={"verbose_name": "age for villages at risk", "ordering": ["first_year"]},
        ),
    ]
