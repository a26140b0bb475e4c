import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_reference_data"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="yearrevision",
            name="kind",
            field=models.CharField(
                choices=[("closing", "closing"), ("supplement", "supplement")],
                default="closing",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="yearrevision",
            name="missing",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="NoticesRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("up_to", models.BigIntegerField(default=0)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices_read",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "notices read",
            },
        ),
        migrations.CreateModel(
            name="Supplement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "waiting for the Board"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                        ],
                        default="filed",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("deciding_body", models.CharField(max_length=160, verbose_name="deciding body")),
                ("decision_number", models.CharField(max_length=80, verbose_name="decision number")),
                ("decided_on", models.DateField(verbose_name="decision date")),
                ("filed_at", models.DateTimeField(auto_now_add=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="assessments.ratingyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "supplement",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SupplementLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason when not rated"),
                ),
                (
                    "decided",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.level",
                    ),
                ),
                (
                    "member_line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="assessments.memberline",
                    ),
                ),
                (
                    "organization_line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplements",
                        to="assessments.organizationline",
                    ),
                ),
                (
                    "self_rated",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.level",
                    ),
                ),
                (
                    "supplement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="assessments.supplement",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a supplement",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "drafts of the grassroots organizations"),
                            ("submission", "submission by the unit"),
                            ("answer", "returned rows sent again"),
                            ("review", "review by the Board"),
                        ],
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="deadline")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="reason for the extension"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.organization",
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="assessments.ratingyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "deadline",
                "ordering": ["year", "stage", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", True)),
                        fields=("year", "stage"),
                        name="deadline_of_all",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("year", "stage", "unit"),
                        name="deadline_of_a_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Discipline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("organization", "the organization itself"),
                            ("member", "members of the organization"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("reprimand", "reprimand"),
                            ("warning", "warning"),
                            ("removal", "removal from office"),
                            ("expulsion", "expulsion"),
                            ("dissolution", "dissolution"),
                        ],
                        max_length=12,
                        verbose_name="form",
                    ),
                ),
                ("count", models.PositiveSmallIntegerField(verbose_name="count")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discipline",
                        to="assessments.organizationline",
                    ),
                ),
            ],
            options={
                "verbose_name": "discipline",
                "ordering": ["line", "of", "form"],
                "constraints": [
                    models.UniqueConstraint(fields=("line", "of", "form"), name="discipline_one_a_form"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("form__in", ["reprimand", "warning", "dissolution"]), ("of", "organization")
                            ),
                            models.Q(
                                ("form__in", ["reprimand", "warning", "removal", "expulsion"]),
                                ("of", "member"),
                            ),
                            _connector="OR",
                        ),
                        name="discipline_form_of_its_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportedNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("grassroots", "Tổ chức cơ sở đảng"),
                            ("affiliated", "Trực thuộc đảng uỷ cơ sở"),
                            ("member", "Đảng viên"),
                            ("village", "villages"),
                            ("head", "village heads"),
                            ("admission", "admissions"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="reason for a warning")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organization"
                    ),
                ),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="assessments.ratingyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on reported totals",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("year", "organization", "subject"), name="reported_note_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSwitch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=40, verbose_name="rule")),
                ("is_on", models.BooleanField(default=True, verbose_name="asked for")),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rule_switches",
                        to="assessments.ratingyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "switch of a rule",
                "ordering": ["year", "rule"],
                "constraints": [
                    models.UniqueConstraint(fields=("year", "rule"), name="rule_switch_one_a_year")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="supplement",
            constraint=models.UniqueConstraint(
                fields=("year", "unit", "number"), name="supplement_one_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="supplement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "filed")),
                    models.Q(models.Q(("state", "filed"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="supplement_answered_when_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member_line__isnull", True), ("organization_line__isnull", False)),
                    models.Q(("member_line__isnull", False), ("organization_line__isnull", True)),
                    _connector="OR",
                ),
                name="supplement_line_of_one_line",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organization_line__isnull", False)),
                fields=("supplement", "organization_line"),
                name="supplement_line_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("member_line__isnull", False)),
                fields=("supplement", "member_line"),
                name="supplement_member_line_once",
            ),
        ),
    ]
