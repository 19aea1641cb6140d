"""When something was last done, by the clock that was then in force."""

from peewee import CharField

from ..db import BaseModel, UTCField


class LastDone(BaseModel):
    """What a jump of the clock is seen by."""

    name = CharField(max_length=40, primary_key=True)
    at = UTCField()
