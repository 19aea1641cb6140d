"""An edition is proposed by one person and published by another."""

from peewee import *


def up(migrator, db):
    # In place: the library would rebuild the table to add a column that refers to another one.
    db.execute_sql("ALTER TABLE \"passport_edition\" ADD COLUMN \"proposed_from\" VARCHAR(10) NOT NULL DEFAULT ''")
    db.execute_sql(
        'ALTER TABLE "passport_edition" ADD COLUMN "proposed_by_id" INTEGER'
        ' REFERENCES "staff_member" ("id") ON DELETE RESTRICT'
    )
    migrator.migrate(migrator.add_index("passport_edition", ("proposed_by_id",)))


def down(migrator, db):
    migrator.migrate(migrator.drop_index("passport_edition", "passport_edition_proposed_by_id"))
    db.execute_sql('ALTER TABLE "passport_edition" DROP COLUMN "proposed_by_id"')
    db.execute_sql('ALTER TABLE "passport_edition" DROP COLUMN "proposed_from"')
