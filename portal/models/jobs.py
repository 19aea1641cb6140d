"""What the worker keeps of its jobs: which one runs where, and the rows that it could not do."""

from peewee import CharField, IntegerField

from ..db import BaseModel, UTCField


class JobLease(BaseModel):
    """A job that only one worker may do at a time, and until when it is taken."""

    job = CharField(max_length=60, primary_key=True)
    leased_until = UTCField()


class SetAside(BaseModel):
    """A row that a job failed at: left alone until `next_try_at`, so that the rows behind it are done meanwhile."""

    job = CharField(max_length=60)
    row = IntegerField()  # its id, in the table that the job reads
    reason = CharField(max_length=200)  # kind and place of the error: never its words, they may quote a person
    tries = IntegerField()
    failed_at = UTCField()  # first
    next_try_at = UTCField()
    told_at = UTCField(null=True)  # when the administrators were told

    class Meta:
        indexes = ((("job", "row"), True),)
