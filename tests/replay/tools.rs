//! The programs that merge three files.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::Case;

/// A program and how it is called.
pub struct Tool {
    pub name: &'static str,
    program: PathBuf,
    /// Its arguments; a number stands for a file of the case.
    arguments: &'static [&'static str],
}

/// The tools that are there: onetext as it was built beside this program, git, and perhaps wiggle.
pub fn tools() -> Vec<Tool> {
    let own = std::env::current_exe().expect("a program knows where it lies");
    let onetext = own
        .parent()
        .and_then(|dir| dir.parent())
        .map(|dir| dir.join("onetext"));
    let tool = |name, program, arguments: &'static [&'static str]| Tool {
        name,
        program,
        arguments,
    };
    let all = vec![
        tool(
            "git",
            "git".into(),
            &["merge-file", "-p", "-q", "1", "0", "2"],
        ),
        tool("wiggle", "wiggle".into(), &["-m", "1", "0", "2"]),
        tool(
            "onetext",
            onetext.unwrap_or_default(),
            &["merge-file", "0", "1", "2"],
        ),
    ];
    all.into_iter().filter(Tool::is_there).collect()
}

impl Tool {
    fn is_there(&self) -> bool {
        let mut command = Command::new(&self.program);
        command
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status().is_ok()
    }

    /// What it makes of a case; nothing if that is a conflict.
    pub fn merge(&self, case: &Case) -> Option<String> {
        let mut command = Command::new(&self.program);
        for argument in self.arguments {
            match argument.parse::<usize>() {
                Ok(at) => command.arg(&case.paths[at]),
                Err(_) => command.arg(argument),
            };
        }
        let out = command.stdin(Stdio::null()).stderr(Stdio::null()).output();
        let out = out.expect("the tool is there");
        out.status
            .success()
            .then(|| String::from_utf8_lossy(&out.stdout).into_owned())
    }
}

/// The processor's time of all programs started so far, in hundredths of a second; 0 where the system does not tell.
pub fn ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    // Of the fields after the name, the fourteenth and fifteenth: time of children, in the program and in the system.
    fields
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum()
}
