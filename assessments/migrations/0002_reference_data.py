from django.db import migrations

from assessments.rules import reference


def install(apps, schema_editor):
    reference.install(apps)
    reference.install_first_targets(apps)


def remove(apps, schema_editor):
    for model in ("Reading", "Level", "Scheme", "Target", "Cap", "Term"):
        apps.get_model("assessments", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
