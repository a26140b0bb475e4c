from django.db import migrations, models

from assessments.rules import reference_counts
from resolution03.lib.migrating import check_at_once

KEPT = (("RatingYear", "frozen", "pk"), ("YearRevision", "rules", "year_id"))
"""Where closing froze rules, and of which year."""


def install(apps, schema_editor):
    """Closed years keep what they counted; then come the wholes, the checks and what was not counted yet."""
    for model, field, year in KEPT:
        for row in apps.get_model("assessments", model).objects.exclude(**{field: None}).iterator():
            frozen = getattr(row, field)
            if frozen:
                frozen["counts"] = reference_counts.first_counts(apps, getattr(row, year))
                row.save(update_fields=[field])
    reference_counts.install_counts(apps)


def of_themselves(apps, schema_editor):
    """Until now each count was of a grassroots organization."""
    apps.get_model("assessments", "ActivityCount").objects.update(organization=models.F("grassroots"))


class Migration(migrations.Migration):
    dependencies = [("assessments", "0022_what_is_counted")]
    operations = [
        migrations.RunPython(of_themselves, migrations.RunPython.noop),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunPython(check_at_once, migrations.RunPython.noop),
    ]
