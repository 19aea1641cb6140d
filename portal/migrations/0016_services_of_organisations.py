"""Which services an organisation provides, where it says so."""

from peewee import *

def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = 'organisation'

    class OrganisationService(Model):
        organisation = ForeignKeyField(Organisation, on_delete='CASCADE')
        service = CharField(max_length=60)
        provides = BooleanField()
        class Meta:
            database = db
            table_name = 'organisation_service'
            indexes = ((('organisation', 'service'), True), (('service',), False))
    db.create_tables([OrganisationService])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('organisation_service'))
