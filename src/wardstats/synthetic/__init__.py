"""Made-up data with the shape and the quirks of the real: to measure speed and to try things out, never to publish."""

from wardstats.synthetic.agencies import AgencyFile, write_quarter
from wardstats.synthetic.street import Written, write_year

__all__ = ["AgencyFile", "Written", "write_quarter", "write_year"]
