//! Places by their names.
//!
//! A [`Gazetteer`] is one block of bytes that is used as it lies: nothing is parsed or copied at start-up, so
//! it may be embedded or mapped from a file. [`build`] makes the block from the TSV files of a language pack.
//!
//! Architecture invariant: this crate reads no network, and no name of a place stands in its code.

mod build;
mod gazetteer;
mod geo;
mod import;
mod key;
mod map;
mod outline;
mod rows;
mod search;
mod user;

pub use build::{build, build_folder, read_folder};
pub use gazetteer::{FormatError, Gazetteer, Place, PlaceKind};
pub use geo::{bearing_offset, distance_km};
pub use import::{ImportError, NEAR_KM, Options, Summary, import, import_cod_ab, import_geonames};
pub use key::{Key, key_of};
pub use map::{Mark, Shape, map_svg};
pub use outline::{Outline, contains, country_of, division_of, has_outline};
pub use rows::{BadRow, Row, parse_tsv, write_tsv};
pub use search::{Hit, KindWord, Query, Source, search};
pub use user::{UserError, UserGazetteer, load_user, user_path};
