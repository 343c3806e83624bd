"""The history is guarded with all others (claims migration 0007)."""

import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0002_history_by_row"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="sourceevent",
            name="append_only",
        ),
    ]
