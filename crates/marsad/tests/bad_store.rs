//! Stores on bad ground: a full disk, files that may only be read, many writers at once.

#[path = "../../marsad-store/tests/postgres/mod.rs"]
#[allow(dead_code)]
mod postgres;

use assert_cmd::cargo::cargo_bin;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn run(command: &mut Command) -> (i32, String) {
    let output = command.output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

fn marsad(folder: &Path, arguments: &[&str]) -> (i32, String) {
    run(Command::new(cargo_bin("marsad")).current_dir(folder).args(arguments))
}

/// JSON Lines of so many reports of some kilobytes.
fn reports(at: &Path, name: &str, count: usize) {
    let filler: String = (0..400).map(|n| format!("تفصيل{n} ")).collect();
    let line = |n: usize| {
        format!("{{\"id\":\"{name}{n}\",\"url\":\"https://x.example/{name}/{n}\",\"language\":\"ar\",\"text\":\"خبر {n}. {filler}\"}}\n")
    };
    std::fs::write(at.join(name), (0..count).map(line).collect::<String>()).unwrap();
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// A file system of a few megabytes, where this process may mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size},mode=777"), "tmpfs"])
            .arg(at)
            .stderr(Stdio::null())
            .status();
        done.is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// After a disk was full: what was stored is whole, and the rest is stored when there is room.
fn recovers(at: &Path, store: &str, all: usize) {
    let (code, told) = marsad(at, &["check", "--store", store]);
    assert_eq!(code, 0, "{told}");
    let stored: usize = told.split(' ').next().unwrap().parse().unwrap();
    assert!(stored >= 10 && stored < all, "{told}");
}

#[test]
fn a_full_disk_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    let Some(disk) = SmallDisk::mount(&at.join("disk"), "4m") else {
        eprintln!("skipped: this process may not mount a small disk; a limit on files is tested instead");
        return;
    };
    reports(at, "few", 10);
    reports(at, "many", 1500);
    let store = disk.0.join("obs").to_string_lossy().into_owned();
    assert_eq!(marsad(at, &["init", &store]).0, 0);
    assert_eq!(marsad(at, &["ingest", "few", "--store", &store]).0, 0);
    let (code, told) = marsad(at, &["ingest", "many", "--store", &store]);
    assert!(code == 1 && told.contains("the disk is full"), "{told}");
    recovers(at, &store, 1510);
    // A backup that finds no room leaves no file behind.
    let _ = std::fs::write(disk.0.join("filler"), vec![0u8; 1 << 20]);
    let (_, told) = marsad(at, &["backup", "disk/b", "--store", &store]);
    assert!(!told.contains("panicked"), "{told}");
    let _ = std::fs::remove_file(disk.0.join("filler"));
    // With room, the next run finishes the job.
    let grown = Command::new("mount").args(["-o", "remount,size=200m"]).arg(&disk.0).status().unwrap();
    assert!(grown.success());
    let (code, told) = marsad(at, &["ingest", "many", "--store", &store]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = marsad(at, &["check", "--store", &store]);
    assert!(code == 0 && told.contains("1510 documents, all whole"), "{told}");
}

#[test]
fn a_limit_on_files_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    reports(at, "few", 10);
    reports(at, "many", 1500);
    assert_eq!(marsad(at, &["init", "obs"]).0, 0);
    assert_eq!(marsad(at, &["ingest", "few", "--store", "obs"]).0, 0);
    let program = cargo_bin("marsad");
    // Blocks of 512 bytes; the signal would kill before the error is seen.
    let limited = "trap '' XFSZ; ulimit -f 4000; exec \"$0\" ingest many --store obs";
    let (code, told) = run(Command::new("sh").current_dir(at).args(["-c", limited]).arg(&program));
    assert!(code == 1 && (told.contains("the disk is full") || told.contains("the disk cannot be read or written")), "{code} {told}");
    recovers(at, "obs", 1510);
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" backup b --store obs";
    let (code, told) = run(Command::new("sh").current_dir(at).args(["-c", limited]).arg(&program));
    assert!(code == 1 && told.contains("the disk") && !at.join("b").exists(), "{code} {told}");
    assert_eq!(marsad(at, &["backup", "b", "--store", "obs"]).0, 0);
    let limited = "trap '' XFSZ; ulimit -f 200; exec \"$0\" restore b again";
    let (code, told) = run(Command::new("sh").current_dir(at).args(["-c", limited]).arg(&program));
    assert!(code == 1 && told.contains("the disk") && !at.join("again").exists(), "{code} {told}");
    let left: Vec<_> = std::fs::read_dir(at)
        .unwrap()
        .flatten()
        .map(|one| one.file_name())
        .filter(|name| name.to_string_lossy().starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    let (code, told) = marsad(at, &["ingest", "many", "--store", "obs"]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = marsad(at, &["check", "--store", "obs"]);
    assert!(code == 0 && told.contains("1510 documents, all whole"), "{told}");
}

#[test]
fn a_full_disk_of_a_server_loses_nothing() {
    let Some(server) = postgres::Server::start() else { return };
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    std::fs::set_permissions(at, std::fs::Permissions::from_mode(0o755)).unwrap();
    let Some(disk) = SmallDisk::mount(&at.join("disk"), "14m") else {
        eprintln!("skipped: this process may not mount a small disk");
        return;
    };
    reports(at, "few", 10);
    reports(at, "many", 3000);
    if is_root() {
        let (code, told) = run(Command::new("chown").arg("postgres").arg(&disk.0));
        assert_eq!(code, 0, "{told}");
    }
    let database = server.database("small");
    let space = format!("CREATE TABLESPACE small LOCATION '{}'", disk.0.display());
    let psql = |database: &str, statement: &str| {
        let (code, told) = run(Command::new("psql").args([database, "-c", statement]));
        assert_eq!(code, 0, "{told}");
    };
    let other = database.replace("/small", "/postgres");
    psql(&other, &space);
    psql(&other, "ALTER DATABASE small SET TABLESPACE small");
    assert_eq!(marsad(at, &["init", "obs", "--database", &database]).0, 0);
    assert_eq!(marsad(at, &["ingest", "few", "--store", "obs"]).0, 0);
    let (code, told) = marsad(at, &["ingest", "many", "--store", "obs"]);
    assert!(code == 1 && told.contains("the disk is full"), "{told}");
    recovers(at, "obs", 3010);
    let grown = Command::new("mount").args(["-o", "remount,size=400m"]).arg(&disk.0).status().unwrap();
    assert!(grown.success());
    let (code, told) = marsad(at, &["ingest", "many", "--store", "obs"]);
    assert_eq!(code, 0, "{told}");
    let (code, told) = marsad(at, &["check", "--store", "obs"]);
    assert!(code == 0 && told.contains("3010 documents, all whole"), "{told}");
    drop(server);
}

/// Files that may not be written to: what reads goes on, what writes is told, and no byte changes.
#[test]
fn a_store_that_may_only_be_read() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    reports(at, "few", 10);
    assert_eq!((marsad(at, &["init", "obs"]).0, marsad(at, &["ingest", "few", "--store", "obs"]).0), (0, 0));
    let program = at.join("marsad");
    std::fs::copy(cargo_bin("marsad"), &program).unwrap();
    reports(at, "more", 10);
    for (path, mode) in
        [(at.join("obs/marsad.db"), 0o444), (at.join("obs/marsad.toml"), 0o444), (at.join("obs"), 0o555), (at.to_owned(), 0o755)]
    {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    let before = std::fs::read(at.join("obs/marsad.db")).unwrap();
    // Root may write anything, so somebody else tries.
    let reader = |arguments: &[&str]| {
        let mut command = Command::new(if is_root() { "setpriv" } else { "env" });
        if is_root() {
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]);
        }
        let output = command
            .arg(&program)
            .args(arguments)
            .args(["--store", "obs"])
            .current_dir(at)
            .env("HOME", at)
            .env_remove("XDG_DATA_HOME")
            .output()
            .unwrap();
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, _, told) = reader(&["ingest", "more"]);
    assert!(code == 1 && told.contains("may not be written to"), "{code} {told}");
    let (code, out, told) = reader(&["query", "--in", "documents", "--format", "jsonl"]);
    assert!(code == 0 && out.lines().count() == 10, "{told}");
    let (code, out, told) = reader(&["query", "خبر", "--in", "documents", "--format", "jsonl"]);
    assert!(code == 0 && out.is_empty() && told.contains("10 documents are not in the index"), "{told}");
    for arguments in [&["check"][..], &["stats"], &["export", "acled"], &["backup", "-"]] {
        let output = reader(arguments);
        assert_eq!(output.0, 0, "{arguments:?}: {}", output.2);
    }
    assert_eq!(std::fs::read(at.join("obs/marsad.db")).unwrap(), before);
    // The database, its settings, and the list of feeds.
    assert_eq!(std::fs::read_dir(at.join("obs")).unwrap().count(), 3);
}

/// Several runs at once: each waits for the others, and everything is there once.
#[test]
fn writers_wait_for_each_other() {
    let home = tempfile::tempdir().unwrap();
    let at = home.path();
    let server = postgres::Server::start();
    for name in ["a", "b", "c"] {
        reports(at, name, 300);
    }
    let databases = [None, server.as_ref().map(|server| server.database("writers"))];
    for (n, database) in databases.iter().enumerate().filter(|(n, database)| *n == 0 || database.is_some()) {
        let store = format!("obs{n}");
        let mut init = vec!["init", &store];
        init.extend(database.iter().flat_map(|url| ["--database", url.as_str()]));
        assert_eq!(marsad(at, &init).0, 0);
        let start = |files: &[&str]| {
            let mut command = Command::new(cargo_bin("marsad"));
            command.current_dir(at).arg("ingest").args(files).args(["--store", &store, "--threads", "1"]);
            command.stderr(Stdio::null()).spawn().unwrap()
        };
        let runs = [start(&["a", "b"]), start(&["b", "c"]), start(&["c", "a"])];
        // Somebody searches meanwhile.
        let (code, told) = marsad(at, &["query", "خبر", "--in", "documents", "--store", &store]);
        assert_eq!(code, 0, "{told}");
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        let (code, told) = marsad(at, &["check", "--store", &store]);
        assert!(code == 0 && told.contains("900 documents, all whole"), "{told}");
    }
}
