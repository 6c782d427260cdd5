//! Servers of our own for proposals: bare repositories with the hooks of forges, in a folder or behind `git daemon` on
//! loopback, and one that accepts whoever calls and never says a word.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use super::sandbox::Sandbox;

/// Takes `refs/for/…`, as Forgejo does.
pub const AGIT: &str = include_str!("proc-receive.sh");
/// Opens merge requests, as GitLab does.
pub const GITLAB: &str = include_str!("gitlab-post-receive.sh");
/// Names the page for a pull request, as GitHub does.
pub const GITHUB: &str = include_str!("github-post-receive.sh");

/// The web address that the hooks name.
pub const WEB: &str = "https://git.example.org/co-ops/story";

/// A bare repository that a sandbox has as a remote.
#[derive(Debug)]
pub struct Server<'a> {
    sandbox: &'a Sandbox,
    folder: PathBuf,
}

impl<'a> Server<'a> {
    /// Makes a server with what the sandbox has committed, and lets the sandbox call it `origin`.
    pub fn of(sandbox: &'a Sandbox) -> Self {
        Self::called(sandbox, "origin")
    }

    /// Makes a server with what the sandbox has committed, as a remote of some name.
    pub fn called(sandbox: &'a Sandbox, remote: &str) -> Self {
        let work = sandbox.path();
        let folder = work.with_file_name(format!("{remote}.git"));
        let shown = folder.display().to_string();
        sandbox.git(["clone", "-q", "--bare", ".", &shown]);
        sandbox.git(["remote", "add", remote, &format!("file://{shown}")]);
        sandbox.git(["fetch", "-q", remote]);
        let server = Self { sandbox, folder };
        server.set("receive.advertisePushOptions", "true");
        server
    }

    /// One that takes proposals as Forgejo does.
    pub fn forgejo(sandbox: &'a Sandbox) -> Self {
        tells(sandbox, "forgejo");
        let server = Self::of(sandbox);
        server.set("receive.procReceiveRefs", "refs/for");
        server.hook("proc-receive", AGIT);
        server
    }

    /// One that opens merge requests as GitLab does.
    pub fn gitlab(sandbox: &'a Sandbox) -> Self {
        tells(sandbox, "gitlab");
        let server = Self::of(sandbox);
        server.hook("post-receive", GITLAB);
        server
    }

    /// One that names the page for pull requests as GitHub does.
    pub fn github(sandbox: &'a Sandbox) -> Self {
        tells(sandbox, "github");
        let server = Self::of(sandbox);
        server.hook("post-receive", GITHUB);
        server
    }

    /// Writes a hook.
    pub fn hook(&self, name: &str, script: &str) -> &Self {
        let path = self.folder.join("hooks").join(name);
        fs::create_dir_all(self.folder.join("hooks")).expect("a folder can be made");
        fs::write(&path, script).expect("a hook can be written");
        executable(&path);
        self
    }

    /// Changes its settings.
    pub fn set(&self, key: &str, value: &str) -> &Self {
        self.git(["config", key, value]);
        self
    }

    /// Runs git in it.
    pub fn git<'b>(&self, arguments: impl IntoIterator<Item = &'b str>) -> String {
        let folder = self.folder.display().to_string();
        let mut all = vec!["-C".to_owned(), folder];
        all.extend(arguments.into_iter().map(str::to_owned));
        self.sandbox.git(all)
    }

    /// Its refs with their commits, a line each.
    pub fn refs(&self) -> String {
        self.git(["for-each-ref", "--format=%(refname) %(objectname)"])
    }

    /// A file of its folder.
    pub fn file(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap_or_default()
    }

    /// Writes a file into its folder.
    pub fn write(&self, name: &str, text: &str) -> &Self {
        fs::write(self.folder.join(name), text).expect("a file can be written");
        self
    }

    /// Serves it by `git daemon` from now on, as long as what is given lives; the sandbox's remote leads there.
    ///
    /// Where git was installed without its daemon this says so, and the remote goes on being a folder.
    pub fn behind_daemon(&self) -> Option<Daemon> {
        let programs = self.sandbox.git(["--exec-path"]);
        if !Path::new(programs.trim()).join("git-daemon").exists() {
            let told = "git was installed without its daemon: this test goes by a folder instead";
            let _ = std::io::Write::write_all(&mut std::io::stderr(), told.as_bytes());
            return None;
        }
        let root = self.folder.parent().expect("it is in a folder").to_owned();
        let daemon = Daemon::start(move |caller| answer(&root, caller));
        let name = self
            .folder
            .file_name()
            .expect("it has a name")
            .to_string_lossy()
            .into_owned();
        let address = format!("git://127.0.0.1:{}/{name}", daemon.port);
        self.sandbox.git(["remote", "set-url", "origin", &address]);
        Some(daemon)
    }
}

/// Commits what kind of forge the narrative is on.
fn tells(sandbox: &Sandbox, kind: &str) {
    let path = "narrative/narrative.toml";
    let text = sandbox.read(path);
    sandbox.write(
        path,
        format!("{text}\n[forge]\nkind = \"{kind}\"\nurl = \"{WEB}\"\n"),
    );
    sandbox.git(["commit", "-q", "-m", "the forge", "--", path]);
}

/// Something on loopback that answers callers until it is dropped.
#[derive(Debug)]
pub struct Daemon {
    /// Where it listens.
    pub port: u16,
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Daemon {
    /// Accepts everybody, and never says a word.
    pub fn silent() -> Self {
        let mut callers = Vec::new();
        Self::start(move |caller| callers.push(caller))
    }

    fn start(mut answer: impl FnMut(TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let ended = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&ended);
        let thread = std::thread::spawn(move || {
            for caller in listener.incoming() {
                if seen.load(Ordering::SeqCst) {
                    break;
                }
                answer(caller.expect("somebody called"));
            }
        });
        Self {
            port,
            ended,
            thread: Some(thread),
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // The last call wakes the listener, which sees that it is to end.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Lets one `git daemon` speak with one caller.
fn answer(root: &Path, caller: TcpStream) {
    let spoken = OwnedFd::from(caller.try_clone().expect("a socket can be shared"));
    let heard = OwnedFd::from(caller);
    let ended = Command::new("git")
        .args(["daemon", "--inetd", "--export-all", "--enable=receive-pack"])
        .args(["--informative-errors", "--timeout=60"])
        .arg(format!("--base-path={}", root.display()))
        .arg(root)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .stdin(Stdio::from(heard))
        .stdout(Stdio::from(spoken))
        .stderr(Stdio::null())
        .status();
    ended.expect("git daemon can be started");
}

#[cfg(unix)]
fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it can be set");
}
