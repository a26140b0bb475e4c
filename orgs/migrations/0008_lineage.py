"""Into what an organization or a village went at its end, and of what it was split; of what happened before
nothing is guessed."""

from django.db import migrations, models

WORDS = {"merged_into": ("merged", "merged into"), "split_from": ("split_off", "split from")}
ENDS = {"organization": "dissolved_on", "village": "ends_on"}


def _lineage(model, name):
    related, words = WORDS[name]
    return migrations.AddField(
        model,
        name,
        models.ForeignKey(
            f"orgs.{model}",
            models.PROTECT,
            null=True,
            blank=True,
            related_name=related,
            verbose_name=words,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("orgs", "0007_level")]

    operations = [_lineage(model, name) for model in ENDS for name in WORDS] + [
        migrations.AddConstraint(
            model,
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | models.Q((f"{end}__isnull", False)),
                name=f"{model}_merged_at_its_end",
            ),
        )
        for model, end in ENDS.items()
    ]
