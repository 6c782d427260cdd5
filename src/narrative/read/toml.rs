//! TOML into values and back; the only file of the narrative that names `toml`.
//!
//! `toml` buys us errors with spans, so that each can name file, line and column.

use std::ops::Range;

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use super::text::{code_points, is_forbidden};
use crate::narrative::finding::Finding;

const SCHEMA: i64 = 1;
/// How many characters of a name are told.
const NAME: usize = 60;

/// Reads a file's text as a value of schema 1. What it says reaches releases and terminals, so it may have no character
/// that no text may have, whether it stands there as such or is written as `\u202E`.
///
/// # Errors
///
/// The first thing in the file that is not as it should be.
pub fn parse<T: DeserializeOwned>(path: &str, text: &str) -> Result<T, Finding> {
    let table = DeTable::parse(text).map_err(|why| explain(path, text, &why))?;
    if let Some(schema) = table.get_ref().get("schema").and_then(schema)
        && schema != SCHEMA
    {
        return Err(other_schema(path, text, schema));
    }
    if let Some((found, span)) = controls_of_table(table.get_ref()) {
        return Err(has_controls(path, text, &found, span));
    }
    toml::from_str(text).map_err(|why| explain(path, text, &why))
}

fn schema(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// The first name or value with characters that no text may have.
fn controls_of_table(table: &DeTable<'_>) -> Option<(String, Range<usize>)> {
    table.iter().find_map(|(name, value)| {
        let named = controls_of(name.get_ref(), name.span());
        named.or_else(|| controls_of_value(value))
    })
}

fn controls_of_value(value: &Spanned<DeValue<'_>>) -> Option<(String, Range<usize>)> {
    match value.get_ref() {
        DeValue::String(text) => controls_of(text, value.span()),
        DeValue::Array(values) => values.iter().find_map(controls_of_value),
        DeValue::Table(table) => controls_of_table(table),
        _ => None,
    }
}

fn controls_of(text: &str, span: Range<usize>) -> Option<(String, Range<usize>)> {
    text.contains(is_forbidden)
        .then(|| (code_points(text), span))
}

/// Says which characters may not be there: on their own line where they stand as such, on that of their value else.
fn has_controls(path: &str, text: &str, found: &str, span: Range<usize>) -> Finding {
    let sign = text
        .get(span.clone())
        .and_then(|value| value.find(is_forbidden));
    let start = span.start + sign.unwrap_or(0);
    let (line, column) = line_and_column(text, start..start);
    let message = format!("the text has control characters: {found}");
    Finding::error("control-character", path, message)
        .at_line(line)
        .at_column(column)
        .mend("take them out, or type the words again")
}

/// Writes a value as TOML, its lists one entry a line.
///
/// # Panics
///
/// The value is not a table, or has keys that are not strings; none of ours is so.
pub fn write<T: Serialize>(value: &T) -> String {
    toml::to_string_pretty(value).expect("our values are tables with names for keys")
}

fn other_schema(path: &str, text: &str, schema: i64) -> Finding {
    let is_schema = |line: &str| line.trim_start().starts_with("schema");
    let line = text.lines().position(is_schema).unwrap_or(0) + 1;
    let message = format!("schema {schema} is not known; this onetext reads schema {SCHEMA}");
    Finding::error("toml", path, message)
        .at_line(line)
        .mend(format!("set `schema = {SCHEMA}`, or use a newer onetext"))
}

fn explain(path: &str, text: &str, why: &toml::de::Error) -> Finding {
    let (message, mend) = in_our_words(why.message());
    let (line, column) = line_and_column(text, why.span().unwrap_or(0..0));
    Finding::error("toml", path, message)
        .at_line(line)
        .at_column(column)
        .mend(mend)
}

/// Turns the words of `toml` and `serde` into a message and a mend.
fn in_our_words(message: &str) -> (String, String) {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match names[..] {
        [name, ref known @ ..] if message.starts_with("unknown field") => {
            (format!("unknown key `{}`", short(name)), meant(name, known))
        }
        [name, ref known @ ..] if message.starts_with("unknown variant") => (
            format!("unknown value `{}`", short(name)),
            meant(name, known),
        ),
        [name, ..] if message.starts_with("missing field") => {
            (format!("missing key `{name}`"), format!("add `{name} = …`"))
        }
        _ => (
            message.trim().replace('\n', ", "),
            plain_mend(message).to_owned(),
        ),
    }
}

/// The beginning of a name that fills a page.
fn short(name: &str) -> String {
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

fn meant(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("take `{}` out; known are {}", short(name), listed(known)),
    }
}

fn plain_mend(message: &str) -> &'static str {
    if message.contains("duplicate key") {
        "keep one of the two"
    } else if message.starts_with("invalid type") {
        "write a value of the kind that is expected"
    } else {
        "mend the line; the file is TOML, see https://toml.io"
    }
}

fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

fn line_and_column(text: &str, span: Range<usize>) -> (usize, usize) {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::narrative::roster::Roster;

    fn refusal(text: &str) -> String {
        let finding = parse::<Roster>("roster.toml", text).unwrap_err();
        format!("{finding} ({})", finding.mend)
    }

    #[test]
    fn a_name_that_fills_a_page_is_cut() {
        let told = refusal(&format!("schema = 1\n{} = 1\n", "x".repeat(9_000)));
        assert!(told.contains("xxx…`") && told.len() < 400, "{told}");
    }

    #[test]
    fn characters_that_no_text_may_have_are_refused_however_they_are_written() {
        let one = "schema = 1\n[[contributors]]\nid = \"ana\"\n";
        let told = |line: &str| refusal(&format!("{one}{line}\n"));
        let mend = "(take them out, or type the words again)";
        for (line, said) in [
            (
                "name = \"A\u{202e}na\u{202c}\"",
                "4:10: the text has control characters: U+202C, U+202E",
            ),
            (
                "name = \"A\\u202Ena\"",
                "4:8: the text has control characters: U+202E",
            ),
            (
                "name = \"Ana\"\nemails = [\"a@example.org\", \"\\u001B[2J\"]",
                "5:28: the text has control characters: U+001B",
            ),
            (
                "\"\\u2066name\" = 1",
                "4:1: the text has control characters: U+2066",
            ),
        ] {
            assert_eq!(told(line), format!("roster.toml:{said} {mend}"));
        }
        let lines =
            "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"\"\"\nA\u{f6}\tB\nna\"\"\"\n";
        parse::<Roster>("roster.toml", lines).expect("lines and tabs are no controls");
    }

    #[test]
    fn each_error_names_its_place_and_its_mend() {
        let cases = [
            "schema = 1\n[[contributors]]\nid = \"ana\"\nnmae = \"Ana\"\n",
            "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"Ana\"\ncolour = 1\n",
            "schema = 1\nschema = 1\n",
            "schema = 1\n[[contributors]]\nid = \"ana\"\n",
            "[[contributors]]\nid = \"ana\"\nname = \"Ana\"\n",
            "schema = 1\n[[contributors]]\nid = \"ana\"\nname = 7\n",
            "schema = 1\n[[contributors]]\nid = \"Ana B\"\nname = \"Ana\"\n",
            "schema = 1\n[[contributors]]\nid = \"ana\"\nname = \"Ana\"\nkind = \"dask\"\n",
            "schema = 2\nnew = true\n",
            "schema = 1\n[[contributors\n",
        ];
        let known = "`id`, `name`, `kind`, `member`, `emails`, `accounts`, `facilitator`, \
                     `keys`, \
                     `credit`, `role`, `withdrawn`, `note`";
        let toml = "mend the line; the file is TOML, see https://toml.io";
        let expected = [
            "4:1: unknown key `nmae` (did you mean `name`?)".to_owned(),
            format!("5:1: unknown key `colour` (take `colour` out; known are {known})"),
            "2:1: duplicate key (keep one of the two)".to_owned(),
            "2:1: missing key `name` (add `name = …`)".to_owned(),
            "1:1: missing key `schema` (add `schema = …`)".to_owned(),
            "4:8: invalid type: integer `7`, expected a string \
             (write a value of the kind that is expected)"
                .to_owned(),
            format!(
                "3:6: `Ana B` is not a name of 1 to 40 characters from `a-z`, `0-9` and `-` ({toml})"
            ),
            "5:8: unknown value `dask` (did you mean `desk`?)".to_owned(),
            "1: schema 2 is not known; this onetext reads schema 1 \
             (set `schema = 1`, or use a newer onetext)"
                .to_owned(),
            format!("2:15: unclosed array table, expected `]]` ({toml})"),
        ];
        for (text, expected) in cases.iter().zip(expected) {
            assert_eq!(refusal(text), format!("roster.toml:{expected}"));
        }
    }
}
