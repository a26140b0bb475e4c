import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessments", "0023_counts_of_parts_two_and_three")]
    operations = [
        migrations.AlterField(
            model_name="activitycount",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
            ),
        ),
        migrations.AddConstraint(
            model_name="activitycount",
            constraint=models.UniqueConstraint(
                fields=("year", "organization", "activity", "period"), name="activity_count_once"
            ),
        ),
    ]
