"""The published weights of the Offender Group Reconviction Scale, versions 3 and 4 (static), and the groups they are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Sex(Enum):
    """Sex as it is recorded by courts: the scales have weights for these two and no other."""

    FEMALE = "female"
    MALE = "male"


class Ogrs3Offence(Enum):
    """The offence of the current conviction in the twenty groups of version 3; the value is its weight."""

    VIOLENCE = 0.0
    ROBBERY = -0.634795912
    PUBLIC_ORDER = 0.181917975
    SEXUAL_NOT_AGAINST_CHILD = 0.003276327
    SEXUAL_AGAINST_CHILD = -0.653434071
    SOLICITING_OR_PROSTITUTION = 0.760608858
    BURGLARY_DOMESTIC = -0.12394352
    BURGLARY_OTHER = 0.240604429
    THEFT_NOT_MOTOR = 0.661244321
    HANDLING_STOLEN_GOODS = 0.351866973
    FRAUD_OR_FORGERY = 0.159910192
    ABSCONDING_OR_BAIL = 0.733378677
    TAKING_OR_DRIVING_AWAY = 0.380059431
    THEFT_FROM_VEHICLE = 0.427225615
    OTHER_MOTORING = 0.262228428
    DRINK_DRIVING = -0.121439408
    CRIMINAL_DAMAGE = 0.204960477
    DRUG_IMPORT_EXPORT_OR_PRODUCTION = -0.795556373
    DRUG_POSSESSION_OR_SUPPLY = 0.077165871
    OTHER = -0.060667525


OGRS3_ONE_YEAR = 1.402562384
OGRS3_TWO_YEARS = 2.121705678
OGRS3_CAREER = 1.251124464
OGRS3_FIRST = 0.126142106
OGRS3_REPEATED = 0.463062792

OGRS3_AGES: tuple[tuple[int, Mapping[Sex, float]], ...] = tuple(
    (youngest, {Sex.MALE: male, Sex.FEMALE: female})
    for youngest, male, female in (
        (10, 0.0, -0.785038489),
        (12, 0.083922902, -0.613852078),
        (14, 0.075775765, -0.669521331),
        (16, -0.061594199, -0.959179629),
        (18, -0.625103618, -0.897480934),
        (21, -1.051515067, -1.028488454),
        (25, -1.166679288, -1.052777806),
        (30, -1.325976554, -1.129127959),
        (35, -1.368045933, -1.42187494),
        (40, -1.499690953, -1.524652221),
        (50, -2.025261458, -2.44983716),
    )
)
"""From which age on at the start of follow-up, and the weight of each sex."""


class Ogrs4Offence(Enum):
    """The offence of the current conviction in the twenty groups of version 4."""

    ABSCONDING_OR_BAIL = "absconding or bail"
    BURGLARY_DOMESTIC = "domestic burglary"
    BURGLARY_OTHER = "other burglary"
    CRIMINAL_DAMAGE = "criminal damage"
    DRINK_DRIVING = "drink driving"
    DRUG_IMPORT_EXPORT_OR_PRODUCTION = "drug import, export or production"
    DRUG_POSSESSION_OR_SUPPLY = "drug possession or supply"
    DRUNKENNESS = "drunkenness"
    FRAUD_OR_FORGERY = "fraud or forgery"
    HANDLING_STOLEN_GOODS = "handling stolen goods"
    MOTORING_NOT_DRINK = "motoring other than drink driving"
    OTHER = "other"
    PUBLIC_ORDER_OR_HARASSMENT = "public order or harassment"
    ROBBERY = "robbery and other acquisitive violence"
    SEXUAL_AGAINST_CHILD = "sexual, against a child"
    SEXUAL_NOT_AGAINST_CHILD = "sexual, not against a child"
    THEFT_NOT_MOTOR = "theft other than of or from vehicles"
    VIOLENCE_OR_WEAPONS = "violence against the person or weapons"
    VEHICLE_RELATED_THEFT = "theft of or from vehicles"
    WELFARE_FRAUD = "welfare fraud"


@dataclass(frozen=True)
class OfSex:
    """Weights that differ between the sexes: ``age`` and ``career`` by power, the first of them of the first power."""

    intercept: float
    age: tuple[float, float, float, float]
    years_to_second: float
    career: tuple[float, ...]


@dataclass(frozen=True)
class OfViolence:
    """Weights of violent sanctions before: none, one, each, and the logarithm of their rate over the career."""

    never: Mapping[Sex, float]
    once: float
    each: float
    rate: float
    career_boost: int


@dataclass(frozen=True)
class Ogrs4Weights:
    """All weights of one static predictor of version 4."""

    intercept: float
    of: Mapping[Sex, OfSex]
    offence_free_months: tuple[float, float, float, float]
    offence: Mapping[Ogrs4Offence, float]
    first_sanction: float
    second_sanction: float
    each_sanction: float
    career_boost: int
    violence: OfViolence | None = None


OGRS4_ALL = Ogrs4Weights(
    intercept=5.01702292499072,
    of={
        Sex.MALE: OfSex(
            intercept=0.0,
            age=(-0.142428460338541, 0.0011000413899151, 0.0000198538471606, -0.0000002648918335),
            years_to_second=-0.0432051839161834,
            career=(1.55298303083717, 0.129334968245905),
        ),
        Sex.FEMALE: OfSex(
            intercept=-2.95224200717183,
            age=(-0.0175014516689226, 0.0001625346907234, 0.0000003645241305, -0.0000000746220588),
            years_to_second=-0.0427998315841607,
            career=(1.01980307124196, -0.039439197041062),
        ),
    },
    offence_free_months=(-0.0762086223169624, 0.0016230134182902, 0.0000224473135387, -0.0000012808638685),
    offence={
        Ogrs4Offence.ABSCONDING_OR_BAIL: 0.325485504296161,
        Ogrs4Offence.BURGLARY_DOMESTIC: 0.155944202809011,
        Ogrs4Offence.BURGLARY_OTHER: 0.2060248043228,
        Ogrs4Offence.CRIMINAL_DAMAGE: 0.12167599899735,
        Ogrs4Offence.DRINK_DRIVING: -0.264724530382273,
        Ogrs4Offence.DRUG_IMPORT_EXPORT_OR_PRODUCTION: -0.468252524851408,
        Ogrs4Offence.DRUG_POSSESSION_OR_SUPPLY: 0.0204101986121863,
        Ogrs4Offence.DRUNKENNESS: 0.587490417262633,
        Ogrs4Offence.FRAUD_OR_FORGERY: -0.434791453303048,
        Ogrs4Offence.HANDLING_STOLEN_GOODS: 0.088414958679896,
        Ogrs4Offence.MOTORING_NOT_DRINK: -0.0439980822830184,
        Ogrs4Offence.OTHER: 0.0384434393037725,
        Ogrs4Offence.PUBLIC_ORDER_OR_HARASSMENT: 0.0854410288820027,
        Ogrs4Offence.ROBBERY: -0.119211282701221,
        Ogrs4Offence.SEXUAL_AGAINST_CHILD: 0.111620464721896,
        Ogrs4Offence.SEXUAL_NOT_AGAINST_CHILD: 0.169969798103235,
        Ogrs4Offence.THEFT_NOT_MOTOR: 0.462548123919817,
        Ogrs4Offence.VIOLENCE_OR_WEAPONS: -0.110075583936778,
        Ogrs4Offence.VEHICLE_RELATED_THEFT: 0.173405416410866,
        Ogrs4Offence.WELFARE_FRAUD: -1.15395495579948,
    },
    first_sanction=-3.94357049933093,
    second_sanction=-3.06189212045904,
    each_sanction=-0.0042757301284995,
    career_boost=26,
)

OGRS4_VIOLENT = Ogrs4Weights(
    intercept=3.12324433235579,
    of={
        Sex.MALE: OfSex(
            intercept=0.0,
            age=(-0.104477239763612, 0.0008606154365776, 0.000013815779629, -0.0000001960154357),
            years_to_second=-0.0517946785377468,
            career=(0.620598396891494,),
        ),
        Sex.FEMALE: OfSex(
            intercept=-1.84281451035478,
            age=(-0.0151569773369266, -0.0000517057104954, -0.0000007587337191, 0.0000000203053155),
            years_to_second=-0.0524808327112117,
            career=(0.507851479286236,),
        ),
    },
    offence_free_months=(-0.073627004774941, 0.0015286971037078, 0.0000095033186151, -0.0000008860433091),
    offence={
        Ogrs4Offence.ABSCONDING_OR_BAIL: 0.351192370764659,
        Ogrs4Offence.BURGLARY_DOMESTIC: 0.189290151743428,
        Ogrs4Offence.BURGLARY_OTHER: 0.152185842790808,
        Ogrs4Offence.CRIMINAL_DAMAGE: 0.371503082545136,
        Ogrs4Offence.DRINK_DRIVING: -0.0955339743007365,
        Ogrs4Offence.DRUG_IMPORT_EXPORT_OR_PRODUCTION: -0.422720654391483,
        Ogrs4Offence.DRUG_POSSESSION_OR_SUPPLY: -0.0876488981693274,
        Ogrs4Offence.DRUNKENNESS: 0.897225111715064,
        Ogrs4Offence.FRAUD_OR_FORGERY: -0.362999252067375,
        Ogrs4Offence.HANDLING_STOLEN_GOODS: 0.0120019188396128,
        Ogrs4Offence.MOTORING_NOT_DRINK: -0.184914428055833,
        Ogrs4Offence.OTHER: 0.0998951874967628,
        Ogrs4Offence.PUBLIC_ORDER_OR_HARASSMENT: 0.356342355096462,
        Ogrs4Offence.ROBBERY: -0.0032926198476618,
        Ogrs4Offence.SEXUAL_AGAINST_CHILD: -0.930849896127774,
        Ogrs4Offence.SEXUAL_NOT_AGAINST_CHILD: -0.159028472471635,
        Ogrs4Offence.THEFT_NOT_MOTOR: 0.260179775875471,
        Ogrs4Offence.VIOLENCE_OR_WEAPONS: 0.109809951520084,
        Ogrs4Offence.VEHICLE_RELATED_THEFT: 0.165882021264931,
        Ogrs4Offence.WELFARE_FRAUD: -0.987504454326342,
    },
    first_sanction=-1.90092364059771,
    second_sanction=-1.10995084554834,
    each_sanction=-0.0067658067744931,
    career_boost=12,
    violence=OfViolence(
        never={Sex.MALE: -2.19912021141319, Sex.FEMALE: -2.8090905835064},
        once=0.164824968220639,
        each=0.0185294325031695,
        rate=0.522272685793084,
        career_boost=30,
    ),
)
