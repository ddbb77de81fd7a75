"""Methods: one statistic a module, numbers in, a frozen result out, nothing hidden."""

from wardstats.methods.at_risk import Stay, days_at_risk
from wardstats.methods.changes import Change, Verdict, change
from wardstats.methods.cohorts import CohortResult, LeaversRule, Leaving, Member, cohort_result
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
from wardstats.methods.ogrs import (
    Ogrs3Facts,
    Ogrs3Score,
    Ogrs4Facts,
    Ogrs4Score,
    RiskBand,
    is_as_imported,
    ogrs3,
    ogrs4,
)
from wardstats.methods.ogrs_tables import Ogrs3Offence, Ogrs4Offence, Sex
from wardstats.methods.predicted_maps import MapAccuracy, MapScore, map_accuracy
from wardstats.methods.proportions import Proportion, proportion
from wardstats.methods.ranking import Rank, ranks
from wardstats.methods.rates import Rate, count_interval, rate
from wardstats.methods.reoffending import (
    AgainstPrediction,
    CaseloadQuarter,
    FollowedUp,
    ProvenReoffending,
    Reoffence,
    UnableToMeasureYet,
    is_series_break,
    local_adult_reoffending,
    observed_against_expected,
    proven_reoffending,
)
from wardstats.methods.shares import ShareQuotient, share_quotient
from wardstats.methods.strata import PooledRatio, StratifiedComparison, Stratum, mantel_haenszel
from wardstats.methods.two_proportions import ProportionComparison, compare_proportions, miettinen_nurminen

__all__ = [
    "Adjustment",
    "AgainstChance",
    "AgainstPrediction",
    "CaseloadQuarter",
    "Change",
    "ChartLimits",
    "CohortResult",
    "Concentration",
    "ControlChart",
    "Dispersion",
    "FollowedUp",
    "Funnel",
    "FunnelArea",
    "FunnelKind",
    "Grid",
    "HotSpots",
    "Interval",
    "Judgement",
    "KernelDensity",
    "LeaversRule",
    "Leaving",
    "LorenzCurve",
    "MapAccuracy",
    "MapScore",
    "Member",
    "NearRepeatBand",
    "NearRepeats",
    "Ogrs3Facts",
    "Ogrs3Offence",
    "Ogrs3Score",
    "Ogrs4Facts",
    "Ogrs4Offence",
    "Ogrs4Score",
    "Overdispersion",
    "PooledRatio",
    "Proportion",
    "ProportionComparison",
    "ProvenReoffending",
    "Rank",
    "Rate",
    "RateRatio",
    "RelativeRate",
    "Reoffence",
    "RiskBand",
    "Sex",
    "ShareQuotient",
    "SpecialCause",
    "Stage",
    "Stay",
    "StratifiedComparison",
    "Stratum",
    "TopShare",
    "UnableToMeasureYet",
    "UnknownBounds",
    "Verdict",
    "change",
    "cohort_result",
    "compare_proportions",
    "concentration",
    "control_chart",
    "count_interval",
    "days_at_risk",
    "getis_ord",
    "grid_neighbours",
    "is_as_imported",
    "is_below_four_fifths",
    "is_series_break",
    "knox_test",
    "local_adult_reoffending",
    "lorenz_curve",
    "mantel_haenszel",
    "map_accuracy",
    "miettinen_nurminen",
    "neighbours_within",
    "observed_against_expected",
    "ogrs3",
    "ogrs4",
    "paired_dispersion",
    "proportion",
    "proportion_funnel",
    "proven_reoffending",
    "quartic_density",
    "ranks",
    "rate",
    "rate_funnel",
    "rate_ratio",
    "relative_rates",
    "share_quotient",
    "unknown_bounds",
]
