//! The one place that starts a program: `git`, and `gpg` for the signatures that it alone can check.
//!
//! What is started gets a clean environment with what leads to the user's own settings and keys, and nothing else; it
//! asks nothing on our input, runs no hook, no file monitor and no pager, reads no replace refs, and is given up after a
//! while or when it says too much.

use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::{StoreError, files};

/// Variables that lead to the user's settings, keys and agents, and to where programs are.
const KEPT: [&str; 25] = [
    "APPDATA",
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "GIT_CEILING_DIRECTORIES",
    "GNUPGHOME",
    "GPG_TTY",
    "HOME",
    "HOMEDRIVE",
    "HOMEPATH",
    "LOCALAPPDATA",
    "LOGNAME",
    "PATH",
    "SSH_ASKPASS",
    "SSH_ASKPASS_REQUIRE",
    "SSH_AUTH_SOCK",
    "SYSTEMROOT",
    "TEMP",
    "TERM",
    "TMP",
    "TMPDIR",
    "USER",
    "USERPROFILE",
    "WAYLAND_DISPLAY",
    "XDG_CONFIG_HOME",
    "XDG_RUNTIME_DIR",
];

/// What git says in the environment when it has started its pager.
pub const PAGER: &str = "GIT_PAGER_IN_USE";

/// Variables by which people let git reach servers and log in there.
const REACH: [&str; 15] = [
    "ALL_PROXY",
    "GIT_ASKPASS",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSH_VARIANT",
    "GIT_SSL_CAINFO",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
    "all_proxy",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];

/// What keeps git from running hooks.
const NO_HOOKS: [&str; 2] = ["-c", "core.hooksPath=/dev/null"];

/// What every call of git is told before its command.
const GUARDS: [&str; 14] = [
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.attributesFile=/dev/null",
    "-c",
    "protocol.ext.allow=never",
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
    "-c",
    "advice.graftFileDeprecated=false",
];

/// Bytes that a program may say.
const MOST: u64 = 64 * 1024 * 1024;

/// How long a program may take; people type passphrases meanwhile.
const PATIENCE: Duration = Duration::from_secs(600);

/// How often it is looked whether a program keeps within its bounds.
const TICK: Duration = Duration::from_millis(50);

/// How long a program may take, and how much it may store.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// How long it may take.
    pub patience: Duration,
    /// Where it stores what it gets.
    pub folder: PathBuf,
    /// Bytes that may be in the files there.
    pub bytes: u64,
}

/// A program that is about to be started.
#[derive(Debug)]
pub struct Call {
    name: &'static str,
    command: Command,
    input: Option<Vec<u8>>,
    patience: Duration,
    stored: Option<(PathBuf, u64)>,
}

/// What a program came to.
#[derive(Clone, Debug)]
pub struct Said {
    /// Whether it succeeded.
    pub ok: bool,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it said besides.
    pub stderr: Vec<u8>,
}

impl Call {
    /// A call of git in a folder.
    pub fn git(dir: &Path) -> Self {
        Self::git_with_hooks(dir).args(NO_HOOKS)
    }

    /// A call of git in a folder that runs the user's hooks, because she asked for them.
    pub fn git_with_hooks(dir: &Path) -> Self {
        let mut call = Self::of("git");
        call.command.current_dir(dir).args(GUARDS);
        for (name, value) in std::env::vars_os() {
            let shown = name.to_string_lossy();
            if shown.starts_with("GIT_CONFIG") || shown == PAGER {
                call.command.env(&name, value);
            }
        }
        call.command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_GRAFT_FILE", "/dev/null");
        call
    }

    /// A call of `gpg` with a folder of its own for keys; it never sees the user's.
    pub fn gpg(home: &Path) -> Self {
        let mut call = Self::of("gpg");
        call.command
            .env("GNUPGHOME", home)
            .current_dir(home)
            .args(["--batch", "--no-tty", "--no-options", "--quiet"])
            .args(["--no-auto-key-retrieve", "--no-auto-check-trustdb"]);
        call
    }

    fn of(name: &'static str) -> Self {
        let mut command = Command::new(name);
        command.env_clear().env("LC_ALL", "C");
        for kept in KEPT {
            if let Some(value) = std::env::var_os(kept) {
                command.env(kept, value);
            }
        }
        Self {
            name,
            command,
            input: None,
            patience: PATIENCE,
            stored: None,
        }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<I: AsRef<std::ffi::OsStr>>(mut self, args: impl IntoIterator<Item = I>) -> Self {
        self.command.args(args);
        self
    }

    /// Sets a variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes a variable away.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Hands a variable on as it is, if it is set.
    #[must_use]
    pub fn keeping(mut self, name: &str) -> Self {
        if let Some(value) = std::env::var_os(name) {
            self.command.env(name, value);
        }
        self
    }

    /// Hands on how the user reaches servers and logs in there.
    #[must_use]
    pub fn reaching(self) -> Self {
        REACH.into_iter().fold(self, Self::keeping)
    }

    /// Gives it something to read.
    #[must_use]
    pub fn given(mut self, input: &[u8]) -> Self {
        self.input = Some(input.to_vec());
        self
    }

    /// Gives it less time than others have.
    #[must_use]
    pub fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Ends it when it takes too long, stores too much, or is git and needs too much in one piece: a few bytes of a pack can
    /// stand for an object that fills the memory.
    #[must_use]
    pub fn bounded(mut self, bounds: &Bounds) -> Self {
        self.stored = Some((bounds.folder.clone(), bounds.bytes));
        self.env("GIT_ALLOC_LIMIT", &bounds.bytes.to_string())
            .within(bounds.patience)
    }

    /// Runs it to its end.
    ///
    /// # Errors
    ///
    /// It cannot be started, takes too long, stores or says too much.
    pub fn run(mut self) -> Result<Said, StoreError> {
        let io = |source| StoreError::io(Path::new(self.name), source);
        self.command
            .stdin(match self.input {
                Some(_) => Stdio::piped(),
                None => Stdio::null(),
            })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = self.command.spawn().map_err(io)?;
        let heard = heard(&mut child);
        if heard.is_err() {
            end(&mut child);
        }
        let (stdout, stderr) = heard.map_err(io)?;
        if let (Some(mut stdin), Some(input)) = (child.stdin.take(), self.input) {
            // A program that has read enough closes its input; what it came to says the rest.
            let _ = stdin.write_all(&input);
        }
        let mut watch = Watch {
            name: self.name,
            left: self.patience,
            stored: self.stored,
        };
        let said = watch
            .all(stdout)
            .and_then(|stdout| Ok((stdout, watch.all(stderr)?)));
        match said {
            Ok((stdout, stderr)) => {
                let ok = child.wait().map_err(io)?.success();
                Ok(Said { ok, stdout, stderr })
            }
            Err(error) => {
                end(&mut child);
                Err(error)
            }
        }
    }
}

/// What is left of a program's time and room.
struct Watch {
    name: &'static str,
    left: Duration,
    stored: Option<(PathBuf, u64)>,
}

impl Watch {
    /// Waits for all that a program says on a stream.
    fn all(&mut self, stream: Heard) -> Result<Vec<u8>, StoreError> {
        let unending = || StoreError::Unending(self.name);
        let stream = stream.ok_or_else(unending)?;
        loop {
            match stream.recv_timeout(TICK.min(self.left)) {
                Ok(bytes) if u64::try_from(bytes.len()).is_ok_and(|length| length < MOST) => {
                    return Ok(bytes);
                }
                Err(RecvTimeoutError::Timeout) if !self.left.is_zero() => {
                    self.left = self.left.saturating_sub(TICK);
                    self.check_room()?;
                }
                _ => return Err(StoreError::Unending(self.name)),
            }
        }
    }

    fn check_room(&self) -> Result<(), StoreError> {
        match &self.stored {
            Some((folder, most)) if files::size(folder) > *most => Err(StoreError::TooMuch(*most)),
            _ => Ok(()),
        }
    }
}

impl Said {
    /// The output, if the program succeeded.
    pub fn succeeded(self) -> Option<Vec<u8>> {
        self.ok.then_some(self.stdout)
    }

    /// The object of ours that git found damaged, if that is what it says.
    pub fn damaged(&self) -> Option<StoreError> {
        let text = String::from_utf8_lossy(&self.stderr);
        let mut lines = text.lines().filter(|line| line.contains("corrupt"));
        let id = lines.find_map(|line| {
            let (_, rest) = line.split_once("loose object ")?;
            let id = rest.trim_start_matches('\'').get(..40)?;
            let whole = id.bytes().all(|byte| byte.is_ascii_hexdigit());
            whole.then(|| id.to_owned())
        })?;
        Some(StoreError::Damaged {
            id,
            what: "an object".to_owned(),
            why: "git finds its file corrupt".to_owned(),
        })
    }

    /// Whether git came to an end because it needed more in one piece than it may.
    pub fn is_over(&self) -> bool {
        !self.ok && String::from_utf8_lossy(&self.stderr).contains("fatal: attempting to allocate ")
    }

    /// The last line of what was said besides, for an error.
    pub fn complaint(&self) -> String {
        let text = String::from_utf8_lossy(&self.stderr);
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.collect::<Vec<_>>().join("; ")
    }
}

/// What a program will have said on a stream.
type Heard = Option<Receiver<Vec<u8>>>;

/// Listens to what a program says, and to what it says besides.
fn heard(child: &mut Child) -> std::io::Result<(Heard, Heard)> {
    let stdout = child.stdout.take().map(read).transpose()?;
    let stderr = child.stderr.take().map(read).transpose()?;
    Ok((stdout, stderr))
}

/// Ends a program. It may be gone already: either way there is nothing to be told.
fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

/// Reads a stream beside the others, so that none of them fills up.
fn read(stream: impl Read + Send + 'static) -> std::io::Result<Receiver<Vec<u8>>> {
    let (sender, receiver) = channel();
    std::thread::Builder::new().spawn(move || {
        let mut bytes = Vec::new();
        // What could be read is all that there is; nobody may wait any more.
        let _ = stream.take(MOST).read_to_end(&mut bytes);
        let _ = sender.send(bytes);
    })?;
    Ok(receiver)
}
