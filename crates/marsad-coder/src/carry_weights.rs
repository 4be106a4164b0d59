//! Weights of the model that gives news the day told last, fitted by `tools/fit_carry.py`; do not edit by hand.

/// The model's constant.
pub(crate) const BIAS: f64 = -1.175;
/// The weight of every feature, in the order of `carry::features`.
pub(crate) const WEIGHTS: &[(&str, f64)] = &[
    ("linked", 1.101),
    ("voiced", 0.348),
    ("later", 0.547),
    ("with", 0.179),
    ("hour", 0.660),
    ("today", 0.326),
    ("one_day", 0.459),
    ("same_sentence", 0.791),
    ("close", 0.384),
    ("gap34", -0.345),
    ("joined", 0.160),
    ("gap5", -0.320),
    ("breaks", -0.433),
    ("other_beside", -0.736),
    ("present", -0.743),
    ("because", -0.242),
    ("toll", -0.546),
    ("control", -0.703),
    ("movement", -0.301),
    ("clash", 0.434),
    ("fire", 0.177),
    ("weapon", 0.682),
    ("place", 0.257),
    ("same_who", 0.316),
    ("total_word", -0.525),
    ("habit", -0.428),
    ("many", -0.416),
];
