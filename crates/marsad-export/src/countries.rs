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
