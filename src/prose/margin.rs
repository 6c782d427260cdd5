//! How far lines stand in from the margin.

use std::borrow::Cow;

/// The columns that the start of a line takes: a tab goes on to the next multiple of four.
pub fn wide(text: &str) -> usize {
    text.chars().fold(0, |column, sign| match sign {
        '\t' => column / 4 * 4 + 4,
        _ => column + 1,
    })
}

/// The blanks that a line starts with.
pub fn margin(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Lines set in so that the first stands at a column, and the others as far from it as they were.
pub fn set_in(lines: &str, column: usize) -> Cow<'_, str> {
    let first = wide(margin(lines));
    if first == column {
        return Cow::Borrowed(lines);
    }
    let set = |line: &str| {
        let blanks = (wide(margin(line)) + column).saturating_sub(first);
        match line.trim_start_matches([' ', '\t']) {
            "" => String::new(),
            text => format!("{}{text}", " ".repeat(blanks)),
        }
    };
    Cow::Owned(lines.split('\n').map(set).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_distance_from_the_first() {
        let lines = "\tif so\n\n\t  then\n  else";
        assert_eq!(set_in(lines, 2), "  if so\n\n    then\nelse");
        assert!(matches!(set_in(lines, 4), Cow::Borrowed(_)));
    }
}
