//! Commands as they can be typed, whatever a stranger has called a file or a branch.

/// Signs that no shell reads as anything else.
const PLAIN: &str = "-_./:=@%+,^~";

/// A word as a shell takes it for itself.
pub fn quoted(word: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || PLAIN.contains(sign);
    // A leading tilde is a home, and the beginning of a word is where it counts.
    match !word.is_empty() && !word.starts_with('~') && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// A program with its arguments.
pub fn typed(program: &str, arguments: &[String]) -> String {
    let quoted = arguments.iter().map(|argument| quoted(argument));
    let words: Vec<String> = std::iter::once(program.to_owned()).chain(quoted).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn a_command_can_be_typed() {
        let arguments = ["push", "-o", "title=It's a test", "--", "", "a:b"].map(str::to_owned);
        assert_eq!(
            typed("git", &arguments),
            r"git push -o 'title=It'\''s a test' -- '' a:b"
        );
    }
}
