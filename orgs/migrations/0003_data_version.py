from django.db import migrations, models


def begin(apps, schema_editor):
    """After all that the trail told so far."""
    last = apps.get_model("orgs", "AuditEntry").objects.aggregate(last=models.Max("id"))["last"]
    apps.get_model("orgs", "DataVersion").objects.create(pk=1, number=last or 0)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_audit_by_action")]
    operations = [
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "version of the data",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="data_version_is_one")
                ],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
