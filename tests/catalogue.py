"""The passports that every test starts with: those of the files, read once."""

from portal.services.passports.catalogue import Catalogue
from portal.services.procedures.table import use_procedures

use_procedures()  # as every process does when it starts: passports are checked by them

BUILT_IN = Catalogue.load()
