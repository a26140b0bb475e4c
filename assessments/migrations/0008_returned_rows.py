"""Of each returned row the version that was given back: what is later was mended since."""

from django.db import migrations, models
from django.db.models import F

NAMES = ("OrganizationLine", "MemberLine")


def note_versions(apps, schema_editor):
    """Of rows that are out now: written after their unit's return, they are mended."""
    submissions = apps.get_model("assessments", "Submission").objects.filter(state="returned")
    for model in [apps.get_model("assessments", name) for name in NAMES]:
        back = model.objects.exclude(return_reason="")
        back.update(returned_version=F("version"))
        for year, unit, since in submissions.values_list("year", "unit", "since"):
            mended = back.filter(year=year, unit=unit, version__gt=0, updated_at__gt=since)
            mended.update(returned_version=F("version") - 1)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0007_yearly_counts")]
    operations = [
        *(
            migrations.AddField(name.lower(), "returned_version", models.PositiveIntegerField(default=0))
            for name in NAMES
        ),
        migrations.RunPython(note_versions, migrations.RunPython.noop),
    ]
