import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from resolution03.lib.migrating import check_at_once


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0021_kept_for_its_day"),
        ("orgs", "0009_village_ending"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(check_at_once, migrations.RunPython.noop),
        migrations.CreateModel(
            name="CountCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("times", models.PositiveSmallIntegerField(default=1, verbose_name="times")),
                (
                    "relation",
                    models.CharField(
                        choices=[("le", "≤"), ("ge", "≥"), ("eq", "=")],
                        default="le",
                        max_length=2,
                        verbose_name="relation",
                    ),
                ),
                (
                    "size",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("grassroots", "grassroots organizations"),
                            ("organizations", "organizations, itself included"),
                            ("cells", "cells"),
                            ("cells_all_year", "cells existing all year"),
                            ("cell_months", "months in which its cells existed"),
                            ("cells_of_nine", "cells with nine or more official members"),
                            ("village_cells", "cells of villages"),
                            ("good_cells", "cells rated HTTNV or better"),
                            ("members", "members"),
                            ("members_not_exempt", "members without the exempt"),
                            ("villages", "villages"),
                            ("heads_in_post", "village heads in post"),
                            ("heads_not_members", "village heads who are not members on 1 January"),
                            ("admitted", "admitted in the year"),
                        ],
                        max_length=20,
                        verbose_name="size of the list",
                    ),
                ),
                (
                    "register",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("heads_secretaries", "village heads who are secretaries of their cell"),
                            ("heads_admitted", "village heads admitted in the year"),
                            ("cells_founded", "cells founded in villages in the year"),
                            ("admitted_nobody", "organizations that admitted nobody in the year"),
                            ("admitted_women", "women among those admitted in the year"),
                            ("expelled", "members who left as expelled"),
                            ("expulsions", "expulsions entered under discipline"),
                        ],
                        max_length=20,
                        verbose_name="the registers' number",
                    ),
                ),
                ("is_monthly", models.BooleanField(default=False, verbose_name="each month")),
                ("is_hard", models.BooleanField(default=False, verbose_name="refused, not only asked")),
            ],
            options={
                "verbose_name": "check of a count",
                "ordering": ["activity", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[("half", "half-year"), ("year", "year")],
                        default="year",
                        max_length=4,
                        verbose_name="period",
                    ),
                ),
                ("total", models.PositiveIntegerField(verbose_name="total on paper")),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="activitycount",
            name="activity_count_once",
        ),
        migrations.AddField(
            model_name="activity",
            name="adds_up",
            field=models.BooleanField(default=True, verbose_name="added up when organizations merge"),
        ),
        migrations.AddField(
            model_name="activity",
            name="clause",
            field=models.CharField(blank=True, max_length=20, verbose_name="clause of the resolution"),
        ),
        migrations.AddField(
            model_name="activity",
            name="denominator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.activity",
                verbose_name="share of the count",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="direction",
            field=models.CharField(
                blank=True,
                choices=[("up", "more is better"), ("down", "less is better")],
                max_length=4,
                verbose_name="direction",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="group",
            field=models.CharField(blank=True, max_length=80, verbose_name="group"),
        ),
        migrations.AddField(
            model_name="activity",
            name="is_average",
            field=models.BooleanField(default=False, verbose_name="for each one, not in percent"),
        ),
        migrations.AddField(
            model_name="activity",
            name="is_monthly",
            field=models.BooleanField(default=False, verbose_name="each month"),
        ),
        migrations.AddField(
            model_name="activity",
            name="is_off",
            field=models.BooleanField(default=False, verbose_name="switched off"),
        ),
        migrations.AddField(
            model_name="activity",
            name="less",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.activity",
                verbose_name="less the count",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="level",
            field=models.CharField(
                choices=[("unit", "unit"), ("grassroots", "grassroots organization"), ("cell", "cell")],
                default="grassroots",
                max_length=12,
                verbose_name="level",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="measure",
            field=models.CharField(blank=True, max_length=30, verbose_name="unit of count"),
        ),
        migrations.AddField(
            model_name="activity",
            name="of_villages",
            field=models.BooleanField(default=False, verbose_name="only where there are villages"),
        ),
        migrations.AddField(
            model_name="activity",
            name="period",
            field=models.CharField(
                choices=[
                    ("year", "once a year"),
                    ("half", "half-year and year"),
                    ("event", "when there is something to give"),
                ],
                default="year",
                max_length=8,
                verbose_name="period",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="register",
            field=models.CharField(
                blank=True,
                choices=[
                    ("heads_secretaries", "village heads who are secretaries of their cell"),
                    ("heads_admitted", "village heads admitted in the year"),
                    ("cells_founded", "cells founded in villages in the year"),
                    ("admitted_nobody", "organizations that admitted nobody in the year"),
                    ("admitted_women", "women among those admitted in the year"),
                    ("expelled", "members who left as expelled"),
                    ("expulsions", "expulsions entered under discipline"),
                ],
                max_length=20,
                verbose_name="the registers' number",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="size",
            field=models.CharField(
                blank=True,
                choices=[
                    ("grassroots", "grassroots organizations"),
                    ("organizations", "organizations, itself included"),
                    ("cells", "cells"),
                    ("cells_all_year", "cells existing all year"),
                    ("cell_months", "months in which its cells existed"),
                    ("cells_of_nine", "cells with nine or more official members"),
                    ("village_cells", "cells of villages"),
                    ("good_cells", "cells rated HTTNV or better"),
                    ("members", "members"),
                    ("members_not_exempt", "members without the exempt"),
                    ("villages", "villages"),
                    ("heads_in_post", "village heads in post"),
                    ("heads_not_members", "village heads who are not members on 1 January"),
                    ("admitted", "admitted in the year"),
                ],
                max_length=20,
                verbose_name="share of",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="source",
            field=models.CharField(
                choices=[
                    ("typed", "typed"),
                    ("computed", "computed from the registers"),
                    ("compared", "typed and compared with the registers"),
                ],
                default="typed",
                max_length=8,
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="activitycount",
            name="organization",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.organization",
            ),
        ),
        migrations.AddField(
            model_name="activitycount",
            name="period",
            field=models.CharField(
                choices=[("half", "half-year"), ("year", "year")],
                default="year",
                max_length=4,
                verbose_name="period",
            ),
        ),
        migrations.AddField(
            model_name="activitycount",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="form",
            field=models.CharField(blank=True, max_length=10, verbose_name="report form"),
        ),
        migrations.AlterField(
            model_name="activitycount",
            name="grassroots",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.organization",
            ),
        ),
        migrations.AddIndex(
            model_name="activitycount",
            index=models.Index(fields=["year", "unit", "activity"], name="activity_count_unit"),
        ),
        migrations.AddField(
            model_name="countcheck",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="assessments.activity"
            ),
        ),
        migrations.AddField(
            model_name="countcheck",
            name="less",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.activity",
                verbose_name="less the count",
            ),
        ),
        migrations.AddField(
            model_name="countcheck",
            name="other",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.activity",
                verbose_name="another count",
            ),
        ),
        migrations.AddField(
            model_name="countcheck",
            name="plus",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="assessments.activity",
                verbose_name="together with",
            ),
        ),
        migrations.AddField(
            model_name="papertotal",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.activity"
            ),
        ),
        migrations.AddField(
            model_name="papertotal",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="papertotal",
            name="grassroots",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orgs.organization",
            ),
        ),
        migrations.AddField(
            model_name="papertotal",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
            ),
        ),
        migrations.AddField(
            model_name="papertotal",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
            ),
        ),
        migrations.AddField(
            model_name="papertotal",
            name="year",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.ratingyear"
            ),
        ),
        migrations.AddConstraint(
            model_name="countcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("other__isnull", False), ("register", ""), ("size", "")),
                    models.Q(
                        models.Q(("size", ""), _negated=True), ("other__isnull", True), ("register", "")
                    ),
                    models.Q(
                        models.Q(("register", ""), _negated=True), ("other__isnull", True), ("size", "")
                    ),
                    _connector="OR",
                ),
                name="count_check_against_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="countcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("times__gte", 1)), name="count_check_times"
            ),
        ),
        migrations.AddConstraint(
            model_name="papertotal",
            constraint=models.UniqueConstraint(
                fields=("year", "organization", "activity", "period"), name="paper_total_once"
            ),
        ),
    ]
