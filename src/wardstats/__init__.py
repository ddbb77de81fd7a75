"""The statistics of community safety, as a library: evidence in, figures out that know where they came from.

The public names are here, and each is loaded when it is first used: importing the package costs next to nothing. Everything
behind them is free to change.

A figure is computed from kept files, disclosed, and only then printed or drawn::

    reader = Reader(evidence, "E08000031")
    result = compute("crime-change", reader, **{"from": "2024-11", "until": "2025-11"})
    disclosed = disclose(result)
    disclosed.fact("percent")            # "−11.7%"
    vega_lite(disclosed)                 # the specification of its chart
"""

import lazy_loader

from wardstats.version import LIBRARY_VERSION

__version__ = LIBRARY_VERSION

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
