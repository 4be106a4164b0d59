//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by spans of days on the development data, pairs of documents after grouping:
//! precision 0.852, recall 0.661, F1 0.745.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = 0.25;
/// The model's constant.
pub(crate) const BIAS: f64 = -1.9269;
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.1933),
    ("day_next", -0.7433),
    ("untold_same", 1.3476),
    ("untold_near", -1.3806),
    ("untold_far", -2.2164),
    ("published_apart", -0.5989),
    ("one_spot", 1.2009),
    ("near", 0.2150),
    ("beyond_15_km", 0.2171),
    ("in_area", 0.4775),
    ("in_wide_area", 0.6446),
    ("outside_area", 0.3010),
    ("placeless", 0.2293),
    ("two_towns", -1.9086),
    ("many_places", -1.0410),
    ("around", -0.4725),
    ("around_apart", -1.0610),
    ("who_same", 0.6326),
    ("who_other", -0.3744),
    ("whom_same", 0.1750),
    ("whom_other", 0.0222),
    ("action_same", -0.0345),
    ("family_same", 0.8259),
    ("means_same", -0.3443),
    ("means_other", -0.7498),
    ("objects_same", 0.5722),
    ("objects_other", -0.7519),
    ("killed_same", 0.6695),
    ("killed_same_many", 0.2686),
    ("killed_close", 0.3277),
    ("killed_other", -0.2824),
    ("injured_same", 0.3901),
    ("injured_same_many", 1.0331),
    ("injured_close", -0.1466),
    ("injured_other", -0.9762),
    ("name_same", 0.7841),
    ("rare_word", 1.5747),
    ("rare_words", 0.4567),
    ("seldom_words", 1.8779),
    ("both_lead", 0.9873),
    ("none_leads", -0.4570),
    ("one_late", -0.4099),
    ("both_late", -1.4979),
    ("one_old", -1.0580),
    ("incidents", -0.5200),
];
