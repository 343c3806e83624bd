"""Short public ids: permanent, never given away again."""

from typing import ClassVar

from django.db import models

from apps.actors.fields import PUBLIC_ID, PUBLIC_ID_MESSAGE, matches, shape_check
from apps.claims.ids import new_public_id
from apps.claims.triggers import keep_public_id


class PublicId(models.Model):
    """A row with a short public id that never changes and is never given away again."""

    public_id = models.CharField(
        "id",
        max_length=40,
        unique=True,
        default=new_public_id,
        validators=[matches(PUBLIC_ID, PUBLIC_ID_MESSAGE)],
        help_text="Permanent and public, for example “c064”. Leave the random one unless you bring an id with you.",
        error_messages={"unique": "Another one has this id already."},
    )

    class Meta:
        abstract = True
        constraints: ClassVar = [shape_check("public_id", PUBLIC_ID, PUBLIC_ID_MESSAGE, may_be_empty=False)]
        triggers: ClassVar = [keep_public_id()]

    def __str__(self) -> str:
        return self.public_id
