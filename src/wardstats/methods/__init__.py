"""Methods: one statistic a module, numbers in, a frozen result out, nothing hidden."""

from wardstats.methods.changes import Change, Verdict, change
from wardstats.methods.control_charts import ChartLimits, ControlChart, SpecialCause, control_chart
from wardstats.methods.dispersion import Dispersion, paired_dispersion
from wardstats.methods.disproportionality import (
    RateRatio,
    RelativeRate,
    Stage,
    UnknownBounds,
    is_below_four_fifths,
    rate_ratio,
    relative_rates,
    unknown_bounds,
)
from wardstats.methods.funnels import (
    Adjustment,
    Funnel,
    FunnelArea,
    FunnelKind,
    Judgement,
    Overdispersion,
    proportion_funnel,
    rate_funnel,
)
from wardstats.methods.hot_spots import HotSpots, getis_ord, grid_neighbours, neighbours_within
from wardstats.methods.intervals import Interval
from wardstats.methods.kernel_density import Grid, KernelDensity, quartic_density
from wardstats.methods.lorenz import (
    AgainstChance,
    Concentration,
    LorenzCurve,
    TopShare,
    concentration,
    lorenz_curve,
)
from wardstats.methods.near_repeats import NearRepeatBand, NearRepeats, knox_test
from wardstats.methods.predicted_maps import MapAccuracy, MapScore, map_accuracy
from wardstats.methods.proportions import Proportion, proportion
from wardstats.methods.ranking import Rank, ranks
from wardstats.methods.rates import Rate, count_interval, rate
from wardstats.methods.shares import ShareQuotient, share_quotient
from wardstats.methods.strata import PooledRatio, StratifiedComparison, Stratum, mantel_haenszel
from wardstats.methods.two_proportions import ProportionComparison, compare_proportions, miettinen_nurminen

__all__ = [
    "Adjustment",
    "AgainstChance",
    "Change",
    "ChartLimits",
    "Concentration",
    "ControlChart",
    "Dispersion",
    "Funnel",
    "FunnelArea",
    "FunnelKind",
    "Grid",
    "HotSpots",
    "Interval",
    "Judgement",
    "KernelDensity",
    "LorenzCurve",
    "MapAccuracy",
    "MapScore",
    "NearRepeatBand",
    "NearRepeats",
    "Overdispersion",
    "PooledRatio",
    "Proportion",
    "ProportionComparison",
    "Rank",
    "Rate",
    "RateRatio",
    "RelativeRate",
    "ShareQuotient",
    "SpecialCause",
    "Stage",
    "StratifiedComparison",
    "Stratum",
    "TopShare",
    "UnknownBounds",
    "Verdict",
    "change",
    "compare_proportions",
    "concentration",
    "control_chart",
    "count_interval",
    "getis_ord",
    "grid_neighbours",
    "is_below_four_fifths",
    "knox_test",
    "lorenz_curve",
    "mantel_haenszel",
    "map_accuracy",
    "miettinen_nurminen",
    "neighbours_within",
    "paired_dispersion",
    "proportion",
    "proportion_funnel",
    "quartic_density",
    "ranks",
    "rate",
    "rate_funnel",
    "rate_ratio",
    "relative_rates",
    "share_quotient",
    "unknown_bounds",
]
