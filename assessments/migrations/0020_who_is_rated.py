import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from assessments.rules import reference

SUBJECTS = [
    ("grassroots", "Tổ chức cơ sở đảng"),
    ("affiliated", "Trực thuộc đảng uỷ cơ sở"),
    ("member", "Đảng viên"),
    ("village", "villages"),
    ("head", "village heads"),
    ("admission", "admissions"),
    ("title", "titles awarded"),
]


def install(apps, schema_editor):
    reference.install_reasons(apps)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0019_issued_standing"), ("orgs", "0006_decided_on")]
    operations = [
        migrations.AddField(
            "organizationline",
            "awarded",
            models.BooleanField(default=False, verbose_name="awarded the title “exemplary”"),
        ),
        migrations.AddField("ratingrevision", "awarded", models.BooleanField(default=False)),
        migrations.AddField(
            "supplementline",
            "awarded",
            models.BooleanField(default=False, verbose_name="awarded the title “exemplary”"),
        ),
        *(
            migrations.AlterField(model, "subject", models.CharField(choices=SUBJECTS, max_length=12))
            for model in ("tally", "reportednote")
        ),
        migrations.RemoveConstraint("discipline", "discipline_form_of_its_kind"),
        migrations.AlterField(
            "discipline",
            "form",
            models.CharField(
                choices=[
                    ("reprimand", "reprimand"),
                    ("warning", "warning"),
                    ("removal", "removal from office"),
                    ("expulsion", "expulsion"),
                    ("dissolution", "dissolution"),
                    ("any", "all forms"),
                ],
                max_length=12,
                verbose_name="form",
            ),
        ),
        migrations.AlterField(
            "discipline",
            "of",
            models.CharField(
                choices=[
                    ("organization", "the organization itself"),
                    ("member", "members of the organization"),
                    ("committee", "of them members of the committee"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            "discipline",
            models.CheckConstraint(
                condition=Q(of="organization", form__in=["reprimand", "warning", "dissolution"])
                | Q(of="member", form__in=["reprimand", "warning", "removal", "expulsion"])
                | Q(of="committee", form="any"),
                name="discipline_form_of_its_kind",
            ),
        ),
        migrations.CreateModel(
            "UnratedReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=80, verbose_name="document number"),
                ),
                ("document_date", models.DateField(blank=True, null=True, verbose_name="document date")),
                ("issuer", models.CharField(blank=True, max_length=120, verbose_name="issuer")),
                (
                    "text",
                    models.CharField(max_length=120, unique=True, verbose_name="reason when not rated"),
                ),
                ("for_organizations", models.BooleanField(default=False, verbose_name="for organizations")),
                ("for_members", models.BooleanField(default=False, verbose_name="for members")),
                (
                    "first_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="first year"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position in lists")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
                (
                    "known",
                    models.CharField(
                        blank=True,
                        choices=[("recent", "admitted less than six months before 31 December")],
                        default="",
                        max_length=12,
                        verbose_name="stands there by itself for",
                    ),
                ),
            ],
            options={"verbose_name": "reason when not rated", "ordering": ["position", "pk"]},
        ),
        migrations.AddConstraint(
            "unratedreason",
            models.UniqueConstraint(
                condition=~Q(known=""), fields=("known",), name="unrated_reason_one_known"
            ),
        ),
        migrations.AddConstraint(
            "unratedreason",
            models.CheckConstraint(
                condition=Q(for_organizations=True) | Q(for_members=True),
                name="unrated_reason_for_somebody",
            ),
        ),
        migrations.CreateModel(
            "OtherYearEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type_label", models.CharField(blank=True, max_length=120, verbose_name="type")),
                (
                    "unit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="orgs.organization",
                    ),
                ),
            ],
            options={"verbose_name": "year that closes otherwise", "ordering": ["type_label", "pk"]},
        ),
        migrations.AddConstraint(
            "otheryearend",
            models.CheckConstraint(
                condition=Q(unit__isnull=False, type_label="") | (Q(unit__isnull=True) & ~Q(type_label="")),
                name="other_year_end_of_one",
            ),
        ),
        migrations.AddConstraint(
            "otheryearend",
            models.UniqueConstraint(
                condition=~Q(type_label=""), fields=("type_label",), name="other_year_end_type_once"
            ),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
