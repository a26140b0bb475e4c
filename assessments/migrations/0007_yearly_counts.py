from django.db import migrations

from assessments.rules import reference


def install(apps, schema_editor):
    reference.install_activities(apps)


def remove(apps, schema_editor):
    for model in ("ActivityCount", "Activity"):
        apps.get_model("assessments", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_workbooks_in_and_out")]
    operations = [migrations.RunPython(install, remove)]
