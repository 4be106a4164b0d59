//! Countries: ISO 3166-1 codes and numbers, names as ACLED writes them, and its regions.

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// ISO 3166-1 numeric.
    pub number: u16,
    /// Its name.
    pub name: &'static str,
    /// ACLED's region.
    pub region: &'static str,
}

/// Code, number, name.
type Listed = (&'static str, u16, &'static str);

/// The countries of every region.
const TABLE: &[(&str, &[Listed])] = &[
    (
        "Middle East",
        &[
            ("AE", 784, "United Arab Emirates"),
            ("BH", 48, "Bahrain"),
            ("CY", 196, "Cyprus"),
            ("IL", 376, "Israel"),
            ("IQ", 368, "Iraq"),
            ("IR", 364, "Iran"),
            ("JO", 400, "Jordan"),
            ("KW", 414, "Kuwait"),
            ("LB", 422, "Lebanon"),
            ("OM", 512, "Oman"),
            ("PS", 275, "Palestine"),
            ("QA", 634, "Qatar"),
            ("SA", 682, "Saudi Arabia"),
            ("SY", 760, "Syria"),
            ("TR", 792, "Turkey"),
            ("YE", 887, "Yemen"),
        ],
    ),
    (
        "Northern Africa",
        &[
            ("DZ", 12, "Algeria"),
            ("EG", 818, "Egypt"),
            ("EH", 732, "Western Sahara"),
            ("LY", 434, "Libya"),
            ("MA", 504, "Morocco"),
            ("SD", 729, "Sudan"),
            ("TN", 788, "Tunisia"),
        ],
    ),
    (
        "Eastern Africa",
        &[
            ("BI", 108, "Burundi"),
            ("DJ", 262, "Djibouti"),
            ("ER", 232, "Eritrea"),
            ("ET", 231, "Ethiopia"),
            ("KE", 404, "Kenya"),
            ("KM", 174, "Comoros"),
            ("MZ", 508, "Mozambique"),
            ("RW", 646, "Rwanda"),
            ("SO", 706, "Somalia"),
            ("SS", 728, "South Sudan"),
            ("TZ", 834, "Tanzania"),
            ("UG", 800, "Uganda"),
        ],
    ),
    (
        "Middle Africa",
        &[
            ("CD", 180, "Democratic Republic of Congo"),
            ("CF", 140, "Central African Republic"),
            ("CM", 120, "Cameroon"),
            ("TD", 148, "Chad"),
        ],
    ),
    (
        "Western Africa",
        &[
            ("BF", 854, "Burkina Faso"),
            ("BJ", 204, "Benin"),
            ("ML", 466, "Mali"),
            ("MR", 478, "Mauritania"),
            ("NE", 562, "Niger"),
            ("NG", 566, "Nigeria"),
            ("SN", 686, "Senegal"),
            ("TG", 768, "Togo"),
        ],
    ),
    (
        "Caucasus and Central Asia",
        &[
            ("AF", 4, "Afghanistan"),
            ("AM", 51, "Armenia"),
            ("AZ", 31, "Azerbaijan"),
            ("GE", 268, "Georgia"),
            ("KG", 417, "Kyrgyzstan"),
            ("KZ", 398, "Kazakhstan"),
            ("TJ", 762, "Tajikistan"),
            ("TM", 795, "Turkmenistan"),
            ("UZ", 860, "Uzbekistan"),
        ],
    ),
    (
        "South Asia",
        &[("BD", 50, "Bangladesh"), ("IN", 356, "India"), ("LK", 144, "Sri Lanka"), ("NP", 524, "Nepal"), ("PK", 586, "Pakistan")],
    ),
    (
        "Southeast Asia",
        &[("ID", 360, "Indonesia"), ("MM", 104, "Myanmar"), ("MY", 458, "Malaysia"), ("PH", 608, "Philippines"), ("TH", 764, "Thailand")],
    ),
    (
        "Europe",
        &[
            ("BE", 56, "Belgium"),
            ("DE", 276, "Germany"),
            ("ES", 724, "Spain"),
            ("FR", 250, "France"),
            ("GB", 826, "United Kingdom"),
            ("GR", 300, "Greece"),
            ("IT", 380, "Italy"),
            ("RU", 643, "Russia"),
            ("SE", 752, "Sweden"),
            ("UA", 804, "Ukraine"),
        ],
    ),
    ("North America", &[("CA", 124, "Canada"), ("US", 840, "United States")]),
];

/// The country of an alpha-2 code, where the table has it.
pub(crate) fn country(code: &str) -> Option<Country> {
    TABLE.iter().find_map(|(region, countries)| {
        let &(code, number, name) = countries.iter().find(|(known, ..)| *known == code)?;
        Some(Country { code, number, name, region })
    })
}

/// State numbers of Gleditsch and Ward (1999, with later revisions), which UCDP counts countries and governments by.
const STATES: &[(&str, u16)] = &[
    ("US", 2),
    ("CA", 20),
    ("GB", 200),
    ("BE", 211),
    ("FR", 220),
    ("ES", 230),
    ("DE", 260),
    ("IT", 325),
    ("GR", 350),
    ("CY", 352),
    ("RU", 365),
    ("UA", 369),
    ("AM", 371),
    ("GE", 372),
    ("AZ", 373),
    ("SE", 380),
    ("ML", 432),
    ("SN", 433),
    ("BJ", 434),
    ("MR", 435),
    ("NE", 436),
    ("BF", 439),
    ("TG", 461),
    ("CM", 471),
    ("NG", 475),
    ("CF", 482),
    ("TD", 483),
    ("CD", 490),
    ("UG", 500),
    ("KE", 501),
    ("TZ", 510),
    ("BI", 516),
    ("RW", 517),
    ("SO", 520),
    ("DJ", 522),
    ("ET", 530),
    ("ER", 531),
    ("MZ", 541),
    ("KM", 581),
    ("MA", 600),
    ("DZ", 615),
    ("TN", 616),
    ("LY", 620),
    ("SD", 625),
    ("SS", 626),
    ("IR", 630),
    ("TR", 640),
    ("IQ", 645),
    ("EG", 651),
    ("SY", 652),
    ("LB", 660),
    ("JO", 663),
    ("IL", 666),
    ("SA", 670),
    ("YE", 678),
    ("KW", 690),
    ("BH", 692),
    ("QA", 694),
    ("AE", 696),
    ("OM", 698),
    ("AF", 700),
    ("TM", 701),
    ("TJ", 702),
    ("KG", 703),
    ("UZ", 704),
    ("KZ", 705),
    ("IN", 750),
    ("PK", 770),
    ("BD", 771),
    ("MM", 775),
    ("LK", 780),
    ("NP", 790),
    ("TH", 800),
    ("MY", 820),
    ("PH", 840),
    ("ID", 850),
];

/// The number of a state in Gleditsch and Ward's list; territories have none.
pub(crate) fn state_number(code: &str) -> Option<u16> {
    STATES.iter().find(|(known, _)| *known == code).map(|state| state.1)
}

/// UCDP's region, which goes by the numbers of states.
pub(crate) fn ucdp_region(country: Country) -> &'static str {
    match state_number(country.code) {
        Some(0..200) => "Americas",
        Some(200..400) => "Europe",
        Some(400..630) => "Africa",
        Some(630..700) => "Middle East",
        Some(_) => "Asia",
        None if country.region.ends_with("Africa") => "Africa",
        None => country.region,
    }
}
