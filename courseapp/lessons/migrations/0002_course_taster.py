from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lessons", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="course",
            name="taster",
            field=models.TextField(
                blank=True, default="", help_text="Markdown; empty if the course has none."
            ),
            preserve_default=False,
        ),
    ]
