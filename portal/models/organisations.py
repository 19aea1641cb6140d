"""Reference data: localities, the bodies that serve them, kindergartens and their places, moved days off."""

from peewee import BooleanField, CharField, DateField, ForeignKeyField, IntegerField

from ..db import BaseModel, JSONField


class Organisation(BaseModel):
    """A body that provides a service, an office of the State Corporation, or the authorised body."""

    code = CharField(max_length=40, unique=True)
    kind = CharField(max_length=20, index=True)  # provider, state_corporation, authorised_body, school, contact_centre
    name_kk = CharField(max_length=300)
    name_ru = CharField(max_length=300)
    name_en = CharField(max_length=300)
    address_kk = CharField(max_length=300, default="")
    address_ru = CharField(max_length=300, default="")
    address_en = CharField(max_length=300, default="")
    phone = CharField(max_length=16, default="")
    email = CharField(max_length=200, default="")
    duty_officer = CharField(max_length=200, default="")  # surname and name of who accepts on the body's behalf
    locality_code = CharField(max_length=40, default="", index=True)  # of a school: where it is
    hours = JSONField(default=dict)  # {passport id: hours as in the passport file}: the alternative it has chosen


class OrganisationService(BaseModel):
    """What an organisation says of a service: that it provides it, or that it does not.

    Without a row the passport says who does, see services/reference/provision.py.
    """

    organisation = ForeignKeyField(Organisation, backref="services", on_delete="CASCADE")
    service = CharField(max_length=60)
    provides = BooleanField()

    class Meta:
        table_name = "organisation_service"
        indexes = ((("organisation", "service"), True), (("service",), False))


class Locality(BaseModel):
    """A town or a village, with the body that keeps its kindergarten queue."""

    code = CharField(max_length=40, unique=True)
    region_kk = CharField(max_length=100)
    region_ru = CharField(max_length=100)
    region_en = CharField(max_length=100)
    name_kk = CharField(max_length=100)
    name_ru = CharField(max_length=100)
    name_en = CharField(max_length=100)
    body = ForeignKeyField(Organisation, backref="localities", on_delete="RESTRICT")


class Kindergarten(BaseModel):
    code = CharField(max_length=40, unique=True)
    locality = ForeignKeyField(Locality, backref="kindergartens", on_delete="RESTRICT")
    name_kk = CharField(max_length=200)
    name_ru = CharField(max_length=200)
    name_en = CharField(max_length=200)
    address_kk = CharField(max_length=300, default="")
    address_ru = CharField(max_length=300, default="")
    address_en = CharField(max_length=300, default="")
    phone = CharField(max_length=16, default="")


class Group(BaseModel):
    """Places of one kindergarten for one year of birth in one language of instruction (kk, ru)."""

    kindergarten = ForeignKeyField(Kindergarten, backref="groups", on_delete="CASCADE")
    birth_year = IntegerField()
    language = CharField(max_length=2)
    places = IntegerField()

    class Meta:
        table_name = "kindergarten_group"
        indexes = ((("kindergarten", "birth_year", "language"), True),)


class MovedDay(BaseModel):
    """A day that a decree made a day off or a working day; comes before the library's calendar.

    `week`: whose day it moves: five_day, six_day, both (services/terms/working_weeks.py).
    """

    day = DateField(unique=True)
    works = BooleanField()
    week = CharField(max_length=8, default="both")
    source = CharField(max_length=300, default="")
