from django.db import migrations, models

from assessments.rules import reference

DOCUMENTS = ("cap", "reading", "scheme", "target", "term")


def install(apps, schema_editor):
    reference.install_issuers(apps)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0012_dated_of_closed_years")]
    operations = [
        *(
            migrations.AddField(
                model,
                "issuer",
                models.CharField(blank=True, default="", max_length=120, verbose_name="issuer"),
                preserve_default=False,
            )
            for model in DOCUMENTS
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
