//! How things look: the only file that names `anstyle` and `terminal_size`.

use anstyle::{AnsiColor, Style};

/// What a piece of text is, from which its look follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Plain,
    /// What matters most in a line.
    Strong,
    /// What can be skipped.
    Faint,
    /// The head of a part.
    Heading,
    /// A contributor, a question, a path.
    Name,
    /// Words that came in.
    Added,
    /// Words that went.
    Removed,
    /// Words that stand elsewhere now.
    Moved,
    /// Something is in order.
    Good,
    /// Something wants a look.
    Warning,
    /// Something is wrong.
    Error,
    /// What to do about it.
    Hint,
}

impl Role {
    /// The look of the role.
    pub fn style(self) -> Style {
        let style = Style::new();
        let coloured = |colour: AnsiColor| style.fg_color(Some(colour.into()));
        match self {
            Self::Plain => style,
            Self::Strong => style.bold(),
            Self::Faint => style.dimmed(),
            Self::Heading => style.bold().underline(),
            Self::Name => coloured(AnsiColor::Cyan),
            Self::Added => coloured(AnsiColor::Green),
            Self::Removed => coloured(AnsiColor::Red).strikethrough(),
            Self::Moved => coloured(AnsiColor::Magenta),
            Self::Good => coloured(AnsiColor::Green),
            Self::Warning => coloured(AnsiColor::Yellow).bold(),
            Self::Error => coloured(AnsiColor::Red).bold(),
            Self::Hint => coloured(AnsiColor::Blue).bold(),
        }
    }
}

/// The columns to lay text out in: the terminal's, within what reads well, and 80 where there is none.
pub fn width() -> usize {
    terminal_size::terminal_size()
        .map_or(80, |(columns, _)| usize::from(columns.0))
        .clamp(40, 100)
}
