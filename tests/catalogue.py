"""The passports that every test starts with: those of the files, read once."""

from portal.services.passports.catalogue import Catalogue

BUILT_IN = Catalogue.load()
