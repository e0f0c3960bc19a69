"""The calendar of Paris: the public holidays of France and the school holidays of its zone.
How a country's days become a table `country_calendar` knows, school holidays `school_breaks`."""

from seongsu_assets.sources.country_calendar import CountryCalendar
from seongsu_assets.sources.school_breaks import school_break

french_calendar = CountryCalendar("FR", language="fr", breaks=school_break)
