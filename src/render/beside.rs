//! What stands beside an answer, as blocks of the neutral model, so that it is in every format: notices of earlier
//! releases, what members say of the answer, and their statements.

use super::document::{Block, Citations, Span, blocks};
use super::{Answer, Release};

/// Whether the answers of a release stand differently with the members, so that each must say for itself.
pub fn differ(release: &Release<'_>) -> bool {
    let mut pairs = release.answers.windows(2);
    pairs.any(|pair| pair[0].agreement != pair[1].agreement)
}

/// The blocks that follow an answer's own.
///
/// `agreement` is the line about this answer, if it says more than the release's status does.
pub fn beside(
    answer: &Answer,
    agreement: Option<&str>,
    anchor: &str,
    citations: &mut Citations,
) -> Vec<Block> {
    let lines = answer.notices.iter().map(String::as_str).chain(agreement);
    let mut out: Vec<Block> = lines
        .zip(1..)
        .map(|(line, at)| paragraph(format!("{anchor}-n{at}"), emphasis(line)))
        .collect();
    if !answer.statements.is_empty() {
        out.push(Block::Heading {
            level: 1,
            text: vec![Span::Text("What members say".to_owned())],
        });
    }
    for (statement, at) in answer.statements.iter().zip(1..) {
        let own = format!("{anchor}-s{at}");
        let by = vec![Span::Text(format!("{}:", statement.by))];
        out.push(paragraph(own.clone(), by));
        out.push(Block::Quote(blocks(&statement.text, &own, citations)));
    }
    out
}

fn emphasis(line: &str) -> Vec<Span> {
    vec![Span::Emphasis(vec![Span::Text(line.to_owned())])]
}

fn paragraph(anchor: String, text: Vec<Span>) -> Block {
    Block::Paragraph {
        anchor,
        number: None,
        text,
        passages: Vec::new(),
        ground: None,
    }
}
