//! A text in the user's own editor.

use std::path::Path;
use std::process::Command;

use crate::store::Scratch;

use super::error::{CommandError, Kind};

/// Opens a text in `$VISUAL` or `$EDITOR` and gives back what was saved.
///
/// `name` is the temporary file's name, from which an editor tells the kind of text.
///
/// # Errors
///
/// No editor is set, it cannot be started, or it failed.
pub fn edit(text: &str, name: &str) -> Result<String, CommandError> {
    let editor = ["VISUAL", "EDITOR"].iter().find_map(|variable| {
        std::env::var(variable)
            .ok()
            .filter(|command| !command.trim().is_empty())
    });
    let Some(editor) = editor else {
        let error = CommandError::usage("no editor is set");
        return Err(error.hint("set `VISUAL` or `EDITOR`, for instance `export EDITOR=nano`"));
    };
    let failed = |error: std::io::Error| CommandError::io(Path::new(name), &error);
    let folder = Scratch::new()?;
    let path = folder.path().join(name);
    std::fs::write(&path, text).map_err(failed)?;
    // As git does it: the setting is a line for the shell, so that a path with spaces can be quoted.
    let status = Command::new("sh")
        .args(["-c", &format!("{editor} \"$@\""), &editor])
        .arg(&path)
        .status()
        .map_err(|error| {
            CommandError::usage("there is no `sh` to start the editor").caused_by(Some(&error))
        })?;
    if status.code() == Some(127) {
        let error = CommandError::usage(format!("the editor `{editor}` cannot be started"));
        return Err(error.hint("set `VISUAL` or `EDITOR`, for instance `export EDITOR=nano`"));
    }
    if !status.success() {
        let message = format!("the editor `{editor}` ended with an error, so nothing was changed");
        return Err(CommandError::new(Kind::Interrupted, message));
    }
    let bytes = std::fs::read(&path).map_err(failed)?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        CommandError::usage(format!("what the editor saved is not UTF-8 at byte {at}"))
    })
}
