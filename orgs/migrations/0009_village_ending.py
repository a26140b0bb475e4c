"""By which decision a village ended; of what was loaded before, the decision stands with its latest cell."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orgs", "0008_lineage")]

    operations = [
        migrations.AddField(
            "village",
            "ending_decision",
            models.CharField(blank=True, default="", max_length=120, verbose_name="decision number"),
            preserve_default=False,
        ),
        migrations.AddField(
            "village",
            "ending_decided_on",
            models.DateField(blank=True, null=True, verbose_name="decision date"),
        ),
    ]
