"""The level of an organization becomes a column; of a child of the province it is dated with its placement.
Until now it followed from the depth in the tree, so every child of the province stood above grassroots
organizations."""

from django.db import migrations, models

from resolution03.lib.migrating import check_at_once


def level_by_depth(apps, schema_editor):
    organizations = apps.get_model("orgs", "Organization").objects
    units = organizations.filter(parent__isnull=False, parent__parent__isnull=True)
    units.update(level="unit", own_level="unit")
    below = organizations.filter(parent__parent__isnull=False)
    below.filter(parent__parent__parent__isnull=True).update(level="grassroots")
    below.filter(parent__parent__parent__isnull=False).update(level="affiliated")
    placements = apps.get_model("orgs", "Placement").objects
    placements.filter(parent__in=organizations.filter(parent=None)).update(own_level="unit")
    # What waits for the end of the transaction would forbid the next migration to alter the table.
    schema_editor.connection.check_constraints()
    check_at_once(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("orgs", "0006_decided_on")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="own_level",
            field=models.CharField(
                blank=True,
                choices=[("unit", "Cấp trên trực tiếp cơ sở"), ("grassroots", "Tổ chức cơ sở đảng")],
                default="",
                max_length=12,
                verbose_name="level in the tree",
            ),
            preserve_default=False,
        )
        for model in ("organization", "placement")
    ] + [
        migrations.AddField(
            model_name="organization",
            name="level",
            field=models.CharField(
                choices=[
                    ("province", "Đảng bộ tỉnh"),
                    ("unit", "Cấp trên trực tiếp cơ sở"),
                    ("grassroots", "Tổ chức cơ sở đảng"),
                    ("affiliated", "Trực thuộc đảng uỷ cơ sở"),
                ],
                default="province",
                editable=False,
                max_length=12,
            ),
        ),
        migrations.RunPython(level_by_depth, migrations.RunPython.noop),
    ]
