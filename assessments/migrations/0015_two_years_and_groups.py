"""What closing overrode goes with the year, so that every page and print can say it: of years on file, as the
revision of their latest closing kept it."""

import django.db.models.deletion
from django.db import migrations, models


def closed_without(missing, codes):
    """`missing` of a revision by unit: code, name and how many rows of each kind."""
    units = {}
    for one in missing:
        unit = units.setdefault(
            one["unit"], {"code": codes.get(one["unit"], ""), "name": one["unit"], "missing": {}}
        )
        unit["missing"][one["kind"]] = len(one["rows"])
    return list(units.values())


def fill(apps, schema_editor):
    Revision = apps.get_model("assessments", "YearRevision")
    Submission = apps.get_model("assessments", "Submission")
    for year in apps.get_model("assessments", "RatingYear").objects.filter(state="closed"):
        closings = Revision.objects.filter(year=year, kind="closing").order_by("-number")
        missing = closings.values_list("missing", flat=True).first()
        if missing:
            codes = dict(Submission.objects.filter(year=year).values_list("name", "code"))
            year.closed_without = closed_without(missing, codes)
            year.save(update_fields=["closed_without"])


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0014_terms_of_admissions"),
        ("orgs", "0006_decided_on"),
    ]

    operations = [
        migrations.AddField("ratingyear", "closed_without", models.JSONField(default=list)),
        migrations.AddField(
            "ratingyear",
            "is_shown",
            models.BooleanField(default=False, verbose_name="first page of viewers"),
        ),
        migrations.CreateModel(
            name="UnitGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="group")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unit_group",
                        to="orgs.organization",
                    ),
                ),
            ],
            options={"verbose_name": "group of a unit", "ordering": ["pk"]},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
