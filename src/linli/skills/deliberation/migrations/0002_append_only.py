"""What was written down stays written down."""

from django.db import migrations

from linli.core.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0001_initial")]
    operations = [append_only("deliberation_moderationline"), append_only("deliberation_notice")]
