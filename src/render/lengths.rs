//! The three lengths of an answer: one line, short, whole.
//!
//! They are told apart by convention: the first sentence, the first paragraph, the whole text.

use crate::prose::Prose;

/// An answer in its three lengths, in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// The first sentence; nothing if there is none.
    pub one_line: Option<String>,
    /// The sentences of the first paragraph; nothing if the text begins with something else.
    pub short: Option<String>,
    /// The whole.
    pub long: String,
}

impl Lengths {
    /// Finds the lengths of an agreed text.
    ///
    /// ```
    /// use onetext::render::lengths::Lengths;
    /// let answer = Lengths::of("It is small. It grows.\n\nNobody counts it.\n");
    /// assert_eq!(answer.one_line.as_deref(), Some("It is small."));
    /// assert_eq!(answer.short.as_deref(), Some("It is small. It grows."));
    /// ```
    pub fn of(text: &str) -> Self {
        let prose = Prose::parse(text);
        let first = prose.units().iter().find(|unit| unit.is_sentence());
        let block = prose.blocks().first();
        let sentences: Vec<&str> = block
            .iter()
            .flat_map(|block| block.units.iter())
            .filter(|unit| unit.is_sentence())
            .map(|unit| unit.text())
            .collect();
        Self {
            one_line: first.map(|unit| unit.text().to_owned()),
            short: (!sentences.is_empty()).then(|| sentences.join(" ")),
            long: text.to_owned(),
        }
    }
}
