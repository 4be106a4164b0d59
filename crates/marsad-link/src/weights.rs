//! Weights of the linking model, fitted by `tools/fit_incidents.py`; do not edit by hand.
//!
//! Five-fold cross-validated by spans of days on the development data, pairs of documents after grouping:
//! precision 0.856, recall 0.682, F1 0.759.

/// Groups are merged while the mean log-odds of their pairs are at least this.
pub(crate) const THRESHOLD: f64 = 0.25;
/// The model's constant.
pub(crate) const BIAS: f64 = -1.6713;
/// The weight of every feature; one that is not here weighs nothing.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("day_same", 1.3337),
    ("day_next", -1.0120),
    ("untold_same", 1.4743),
    ("untold_near", -1.3239),
    ("untold_far", -2.0603),
    ("published_apart", -0.6176),
    ("one_spot", 1.1683),
    ("near", 0.3470),
    ("beyond_15_km", 0.2888),
    ("in_area", 0.4130),
    ("in_wide_area", 1.1389),
    ("outside_area", 0.4545),
    ("placeless", 0.1107),
    ("two_towns", -1.8584),
    ("many_places", -0.9146),
    ("around", -0.3508),
    ("around_apart", -0.9495),
    ("who_same", 0.5147),
    ("who_other", -0.8086),
    ("whom_same", 0.0258),
    ("whom_other", -0.2764),
    ("action_same", 0.3866),
    ("family_same", 0.6074),
    ("means_same", -0.5024),
    ("means_other", -0.5522),
    ("objects_same", 0.6224),
    ("objects_other", -0.6561),
    ("killed_same", 0.4504),
    ("killed_same_many", 0.0398),
    ("killed_close", 0.0578),
    ("killed_other", -0.7087),
    ("injured_same", 0.3367),
    ("injured_same_many", 0.9338),
    ("injured_close", 0.0859),
    ("injured_other", -0.8394),
    ("name_same", 0.8427),
    ("rare_word", 1.4920),
    ("rare_words", 0.5431),
    ("seldom_words", 1.6572),
    ("both_lead", 0.6293),
    ("none_leads", -0.4644),
    ("one_late", -0.4460),
    ("both_late", -1.5071),
    ("one_old", -1.0226),
    ("incidents", -0.6645),
];
