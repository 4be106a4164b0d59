//! A server of PostgreSQL that belongs to one test: a cluster in a temporary folder, on a free port, gone when it is dropped.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A running server.
pub struct Server {
    folder: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
}

impl Server {
    /// A new server; `None`, with a line that says so, where PostgreSQL is not installed.
    pub fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            eprintln!("skipped: PostgreSQL is not installed (apt-get install postgresql-15)");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("marsad-postgres-").tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Self { folder, programs, port };
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(server.folder.path()));
        }
        run(server
            .program("initdb")
            .args(["-U", "marsad", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(server.data()));
        server.resume();
        Some(server)
    }

    /// The URL of a new, empty database.
    pub fn database(&self, name: &str) -> String {
        let statement = format!("CREATE DATABASE {name}");
        run(self.program("psql").args([
            "-h",
            "127.0.0.1",
            "-U",
            "marsad",
            "-d",
            "postgres",
            "-c",
            &statement,
            "-p",
            &self.port.to_string(),
        ]));
        format!("postgres://marsad@127.0.0.1:{}/{name}", self.port)
    }

    /// Starts it again.
    pub fn resume(&self) {
        let options =
            format!("-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{}'", self.port, self.folder.path().display());
        let log = self.folder.path().join("log");
        run(self.program("pg_ctl").args(["-w", "start", "-o", &options, "-D"]).arg(self.data()).arg("-l").arg(log));
    }

    /// Stops it as a power cut would.
    pub fn crash(&self) {
        let _ = self.program("pg_ctl").args(["-m", "immediate", "-w", "stop", "-D"]).arg(self.data()).output();
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of PostgreSQL, which does not run as root.
    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if is_root() { Command::new("runuser") } else { Command::new(&path) };
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(&path);
        }
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.crash();
    }
}

/// The folder of the newest PostgreSQL that is installed.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").is_file()).collect();
    found.sort();
    found.pop().or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|folder| folder.join("initdb").is_file())
    })
}

fn is_root() -> bool {
    std::os::unix::fs::MetadataExt::uid(&std::fs::metadata("/proc/self").unwrap()) == 0 && Path::new("/usr/sbin/runuser").exists()
}

/// Output goes to files: a server that outlives `pg_ctl` would hold a pipe open.
fn run(command: &mut Command) -> Output {
    let told = tempfile::NamedTempFile::new().unwrap();
    let (out, err) = (told.reopen().unwrap(), told.reopen().unwrap());
    let status = command.stdin(std::process::Stdio::null()).stdout(out).stderr(err).status().unwrap();
    assert!(status.success(), "{command:?}: {}", std::fs::read_to_string(told.path()).unwrap_or_default());
    Output { status, stdout: Vec::new(), stderr: Vec::new() }
}
