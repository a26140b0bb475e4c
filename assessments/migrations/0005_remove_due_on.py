from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_deadlines_of_all")]
    operations = [
        migrations.RemoveField(model_name="ratingyear", name="due_on"),
        migrations.RemoveField(model_name="submission", name="due_on"),
    ]
