//! Importing places: what comes of sound files, and what is said of the others.

use marsad_places::{Gazetteer, Options, Source, Summary, build, import, key_of, load_user, parse_tsv, search};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of its own for every test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("marsad-places-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path
    }
    fn target(&self) -> PathBuf {
        self.0.join("data/marsad/places.gaz")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A line of a GeoNames dump.
fn line(id: u32, name: &str, alternates: &str, lat: &str, lon: &str, feature: &str) -> String {
    let (class, code) = feature.split_once('.').unwrap();
    format!("{id}\t{name}\t{name}\t{alternates}\t{lat}\t{lon}\t{class}\t{code}\tSY\t\t09\t\t\t\t0\t\t400\tAsia/Damascus\t2020-01-31\n")
}

fn dump() -> String {
    line(1, "Qarya", "قرية الشمس,Qaria", "36.40", "37.20", "P.PPL")
        + &line(2, "Nameless", "", "36.45", "37.25", "P.PPL")
        + &line(3, "Tall", "", "36.50", "37.30", "P.PPL")
        + &line(4, "Astray", "بعيدة جدا", "10.0", "10.0", "P.PPL")
        + &line(5, "School", "مدرسة القرية", "36.4", "37.2", "S.SCH")
}

fn names() -> String {
    "90\t3\tar\tتل الريح\t1\t\t\t\t\t\n91\t3\tckb\tگری با\t\t\t\t\t\t\n92\t3\ten\tWind Hill\t\t\t\t\t\t\n93\t999\tar\tليست هنا\t\t\t\t\t\t\n".to_owned()
}

fn known() -> Gazetteer {
    let rows = "id\tnames\tenglish\tkind\tcountry\tadmin1\tadmin2\tlat\tlon\tradius_km\tpopulation\tsource\tlicence\n\
                sy:hill\tتل الريح\tWind Hill\tvillage\tSY\tAleppo\t\t36.505\t37.305\t1\t\ts\tl\n";
    Gazetteer::new(build(&parse_tsv(rows, true).0, &[])).unwrap()
}

fn run(paths: &[PathBuf], target: &Path) -> Result<Summary, String> {
    import(paths, target, &Options::default()).map_err(|e| e.to_string())
}

#[test]
fn geonames() {
    let folder = Folder::new("geonames");
    let paths = [folder.file("SY.txt", dump()), folder.file("alternateNamesV2.txt", names())];
    let divisions = folder.file("admin1CodesASCII.txt", "SY.09\tHalab\tAleppo\t1\n");
    let summary = run(&[&paths[..], &[divisions]].concat(), &folder.target()).unwrap();
    assert_eq!(summary, Summary { read: 5, nameless: 1, astray: 1, added: 2, completed: 0, known: 0 });
    let gazetteer = load_user(&folder.target()).unwrap().unwrap();
    let place = gazetteer.find(key_of("گری با")).next().unwrap();
    assert_eq!((place.id, place.name, place.admin1, place.kind.name()), ("gn:3", "تل الريح", "Aleppo", "village"));
    let query = marsad_places::Query { name: "قرية الشمس", ..Default::default() };
    let hits = search(&[Source { gazetteer: &gazetteer, user: true }], &query);
    assert_eq!((hits[0].id, hits[0].source), ("gn:1", "user"));
    // Again: nothing new, nothing lost.
    let again = run(std::slice::from_ref(&folder.0), &folder.target()).unwrap();
    assert_eq!((again.added, again.completed, again.known), (0, 0, 2));
    assert_eq!(load_user(&folder.target()).unwrap().unwrap().len(), 2);
}

#[test]
fn known_places_get_spellings() {
    let folder = Folder::new("known");
    let paths = [folder.file("SY.txt", dump()), folder.file("alternateNamesV2.txt", names())];
    let known = known();
    let options = Options { known: &[&known], ..Default::default() };
    let summary = import(&paths, &folder.target(), &options).unwrap();
    assert_eq!((summary.added, summary.completed), (1, 1));
    let gazetteer = load_user(&folder.target()).unwrap().unwrap();
    let place = gazetteer.find(key_of("گری با")).next().unwrap();
    assert_eq!((place.id, place.lat), ("sy:hill", 36.505));
    assert_eq!(gazetteer.find(key_of("تل الريح")).count(), 0);
}

#[test]
fn cod_ab() {
    let folder = Folder::new("cod");
    let table = "\u{feff}ADM4_EN,ADM4_AR,ADM4_PCODE,ADM3_EN,ADM2_EN,ADM1_EN,ADM0_PCODE,Latitude,Longitude\r\n\
                 \"Sun, Upper\",\"كفر الشمس \"\"العليا\"\"\",C1001,Nahya,Qada,Aleppo,SY,36.4,37.2\r\n\
                 Moon,,C1002,Nahya,Qada,Aleppo,SY,36.4,37.3\r\n";
    let summary = run(&[folder.file("syr_pplp.csv", table)], &folder.target()).unwrap();
    assert_eq!((summary.read, summary.nameless, summary.added), (2, 1, 1));
    let gazetteer = load_user(&folder.target()).unwrap().unwrap();
    let place = gazetteer.find(key_of("كفر الشمس العليا")).next().unwrap();
    assert_eq!((place.id, place.country, place.admin1, place.admin2), ("pcode:C1001", "SY", "Aleppo", "Qada"));
    let divisions = "adm2_name;adm2_name1;adm2_pcode;adm1_name;adm1_pcode;center_lat;center_lon;area_sqkm\n\
                     Qada;القضاء الجديد;SY0201;Aleppo;SY02;36.3;37.4;314.2\n";
    run(&[folder.file("divisions.csv", divisions)], &folder.target()).unwrap();
    let gazetteer = load_user(&folder.target()).unwrap().unwrap();
    let place = gazetteer.find(key_of("القضاء الجديد")).next().unwrap();
    assert_eq!((place.kind.name(), place.country, place.radius_km), ("admin2", "SY", 10.0));
    assert_eq!(gazetteer.len(), 2);
}

/// What is said of a file, while the gazetteer in force stays as it was, to the byte.
fn refused(name: &str, content: impl AsRef<[u8]>) -> String {
    let folder = Folder::new(&format!("refused-{name}-{}", content.as_ref().len()));
    let sound = folder.file("XX.txt", line(7, "Old", "قرية قديمة", "36.0", "37.0", "P.PPL"));
    run(&[sound], &folder.target()).unwrap();
    let before = fs::read(folder.target()).unwrap();
    let bad = folder.file(name, content);
    let paths = if name.starts_with("alternate") { vec![folder.file("SY.txt", dump()), bad] } else { vec![bad] };
    let error = run(&paths, &folder.target()).unwrap_err();
    assert_eq!(fs::read(folder.target()).unwrap(), before);
    assert_eq!(fs::read_dir(folder.target().parent().unwrap()).unwrap().count(), 1, "a temporary file was left");
    error.rsplit('/').next().unwrap().to_owned()
}

#[test]
fn faults_are_told_with_their_line() {
    let cut = |text: String, bytes: usize| text.as_bytes()[..text.len() - bytes].to_vec();
    let told = [
        refused("SY.txt", cut(dump(), 30)),
        refused("SY.txt", cut(dump(), 5)),
        refused("SY.txt", cut(line(1, "A", "قرية", "36", "37", "P.PPL"), 66)),
        refused("SY.txt", line(1, "A", "قرية", "36", "37", "P.PPL").replace("\tAsia", "\tmore\tAsia")),
        refused("SY.txt", dump() + &line(6, "A", "قرية", "96.1", "37", "P.PPL")),
        refused("SY.txt", dump() + &line(6, "A", "قرية", "36.1", "x", "P.PPL")),
        refused("SY.txt", ""),
        refused("SY.txt", b"PK\x03\x04rest".as_slice()),
        refused("SY.txt", [dump().as_bytes(), b"\xff\xfe\n"].concat()),
        refused("SY.txt", "x".repeat(5 << 20)),
        refused("alternateNamesV2.txt", "90\t3\tar\tتل\n"),
        refused("alternateNamesV2.txt", cut(names(), 40)),
        refused("table.csv", "name,lat\nx,1\n"),
        refused("table.csv", "ADM3_EN,ADM3_AR,ADM3_PCODE\nx,قرية,SY1\n"),
        refused("table.csv", "ADM3_AR,ADM3_PCODE,LAT,LON\nقرية,SY1,36,37\nقرية,SY2,36\n"),
        refused("table.csv", "ADM3_AR,ADM3_PCODE,LAT,LON\nقرية,SY1,36,370\n"),
        refused("table.csv", "ADM3_AR,ADM3_PCODE,LAT,LON\n\"قرية,SY1,36,37\n"),
        refused("table.csv", "ADM3_AR,ADM3_PCODE,LAT,LON\n"),
        refused("table.csv", "ADM3_AR,ADM3_PCODE,LAT,LON\nقرية,SY1,37.2,36.4\nقرية,SY2,39.1,35.2\n"),
        refused("notes.docx", "hello"),
    ];
    for (told, wanted) in told.iter().zip([
        "SY.txt:5: 16 columns",
        "SY.txt:5: the day of the last change «2020-0» is not a date; the file ends in the middle of a line",
        "SY.txt:1: ",
        "SY.txt:1: 20 columns instead of the 19",
        "SY.txt:6: latitude «96.1» is out of range",
        "SY.txt:6: longitude «x» is not a number",
        "SY.txt:1: the file is empty",
        "SY.txt:1: this is a zip archive",
        "SY.txt:6: the line is not UTF-8",
        "SY.txt:1: the line has no end",
        "alternateNamesV2.txt:1: 4 columns",
        "alternateNamesV2.txt:",
        "table.csv:1: no columns of a level",
        "table.csv:1: no columns of coordinates",
        "table.csv:3: 3 columns instead of 4",
        "table.csv:2: longitude «370» is out of range",
        "table.csv:2: a quoted cell has no end",
        "table.csv:1: the table has a header and no rows",
        "table.csv: 2 of 2 places lie far outside their country",
        "notes.docx: not a file that can be imported",
    ]) {
        assert!(told.starts_with(wanted), "{told}\n  instead of\n{wanted}");
    }
}

#[test]
fn another_version_is_refused() {
    let folder = Folder::new("version");
    let sound = folder.file("SY.txt", dump());
    run(std::slice::from_ref(&sound), &folder.target()).unwrap();
    let mut bytes = fs::read(folder.target()).unwrap();
    bytes[7] = b'0';
    fs::write(folder.target(), &bytes).unwrap();
    let told = run(std::slice::from_ref(&sound), &folder.target()).unwrap_err();
    assert!(told.contains("another version") && told.contains("--replace"), "{told}");
    assert_eq!(fs::read(folder.target()).unwrap(), bytes);
    assert!(load_user(&folder.target()).is_err());
    // The block inside may be of another version too, and a file may be cut short.
    bytes[7] = b'1';
    bytes[24 + 7] = b'0';
    fs::write(folder.target(), &bytes).unwrap();
    assert!(load_user(&folder.target()).unwrap_err().to_string().contains("of this version"));
    fs::write(folder.target(), &bytes[..bytes.len() - 3]).unwrap();
    assert!(load_user(&folder.target()).unwrap_err().to_string().contains("cut short"));
    let summary = import(&[sound], &folder.target(), &Options { replace: true, ..Default::default() }).unwrap();
    assert!(summary.added == 1 && load_user(&folder.target()).unwrap().is_some());
    assert!(load_user(&folder.0.join("none.gaz")).unwrap().is_none());
}
