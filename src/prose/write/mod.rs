//! Units written back as Markdown.
//!
//! A block that stands in the text at hand keeps its bytes, unless it would read as part of another item where it stands now;
//! every other block is written in that text's prevailing [`Style`]. The white space between two blocks is what the text at
//! hand has between such blocks.
//!
//! **Invariant:** reading what was written gives the same units, after [`close`].

mod close;
mod column;
mod number;
mod sort;

use std::collections::{BTreeMap, BTreeSet};

use super::Prose;
use super::style::Style;
use super::token::{OFFSET, fnv};
use super::unit::{Kind, Mark, Shared};

pub use close::{adjoining, close, divided, grouped};
use column::{Entry, Lists};
use number::own_number;
use sort::{Sort, are_one_list, sort};

/// Writes units as a text, in the bytes and the style of the text at hand.
///
/// ```
/// use onetext::prose::{Prose, write::write};
/// let near = Prose::parse("One  stays.\n\nTwo goes.\n");
/// let kept = &near.units()[..2];
/// assert_eq!(write(kept, &near), "One  stays.\n");
/// ```
pub fn write(units: &[Shared], near: &Prose) -> String {
    let closed = divided(close(units), &adjoining(near));
    let placed = place(&closed, near);
    let mut writer = Writer::new(near);
    for at in 0..placed.len() {
        writer.block(&placed, at);
    }
    writer.finish()
}

/// A block to be written, with the block of the text at hand whose bytes it keeps.
struct Placed<'a> {
    units: &'a [Shared],
    near: Option<usize>,
    /// Whether it is written there as here, so that the bytes can stay.
    kept: bool,
}

fn place<'a>(units: &'a [Shared], near: &Prose) -> Vec<Placed<'a>> {
    let mut known: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, block) in near.blocks().iter().enumerate() {
        known.entry(identity(&block.units)).or_default().push(at);
    }
    let near_units = |at: usize| near.blocks()[at].units.iter();
    let mut last = None;
    grouped(units)
        .into_iter()
        .map(|units| {
            let candidates = known.get(&identity(units)).map_or(&[][..], Vec::as_slice);
            let after = |at: &&usize| last.is_none_or(|last| **at > last);
            let near = candidates
                .iter()
                .find(after)
                .or(candidates.first())
                .copied();
            last = near.or(last);
            let alike = |at: usize| {
                let mut pairs = units.iter().zip(near_units(at));
                pairs.all(|(unit, near)| unit.looks_like(near))
            };
            let kept = near.is_some_and(alike);
            Placed { units, near, kept }
        })
        .collect()
}

fn identity(units: &[Shared]) -> u64 {
    units
        .iter()
        .fold(OFFSET, |hash, unit| fnv(hash, &unit.id().to_le_bytes()))
}

struct Writer<'a> {
    near: &'a Prose,
    style: Style,
    gaps: BTreeMap<(Sort, Sort), &'a str>,
    out: String,
    /// The last item of each depth.
    items: Vec<Entry>,
    /// Whether all of the list so far is as it stands in the text at hand, one block after the other.
    intact: bool,
    /// How far the lists of the text at hand stand in.
    lists: Lists,
    /// The blocks of the text at hand that were written already.
    written: BTreeSet<usize>,
}

impl<'a> Writer<'a> {
    fn new(near: &'a Prose) -> Self {
        let mut gaps = BTreeMap::new();
        for pair in near.blocks().windows(2) {
            let gap = split_gap(near.lines(pair[0].lines.clone())).1;
            gaps.entry((sort(&pair[0].units), sort(&pair[1].units)))
                .or_insert(gap);
        }
        let out = near
            .blocks()
            .first()
            .map_or("", |first| near.lines(0..first.lines.start));
        Self {
            near,
            style: Style::of(near),
            gaps,
            out: out.to_owned(),
            items: Vec::new(),
            intact: true,
            lists: Lists::of(near),
            written: BTreeSet::new(),
        }
    }

    fn block(&mut self, placed: &[Placed<'_>], at: usize) {
        let block = &placed[at];
        let before = at.checked_sub(1).map(|before| &placed[before]);
        if let Some(before) = before {
            let gap = self.gap(before, block);
            self.out.push_str(&gap);
        }
        let next = before.is_some_and(|before| before.near.map(|at| at + 1) == block.near);
        let at_margin = block.near.is_some_and(|at| self.lists.depths[at].is_none());
        self.intact = block.kept
            && match self.items.is_empty() {
                true => at_margin,
                false => self.intact && next,
            };
        let mark = block.units.first().and_then(|unit| unit.as_mark());
        let kept = block.near.filter(|_| block.kept).map(|at| self.bytes(at));
        let stands = |text: &&str| mark.is_none_or(|mark| self.stands(mark, text));
        let text = match kept.filter(|text| self.intact || stands(text)) {
            Some(text) => text.to_owned(),
            None => self.fresh(block),
        };
        let text = self.within_items(block, text);
        let text = self.numbered(placed, at, text);
        self.written.extend(block.near);
        self.out.push_str(text.trim_end_matches('\n'));
        self.out.push('\n');
    }

    /// The source of a block at hand, without the blank lines after it.
    fn bytes(&self, at: usize) -> &str {
        split_gap(self.near.lines(self.near.blocks()[at].lines.clone())).0
    }

    /// The blank lines between two blocks.
    fn gap(&self, before: &Placed<'_>, block: &Placed<'_>) -> String {
        let blocks = self.near.blocks();
        let after = |at: usize| split_gap(self.near.lines(blocks[at].lines.clone())).1;
        let (own, next) = (sort(before.units), sort(block.units));
        if let (Some(a), Some(b)) = (before.near, block.near)
            && a + 1 == b
        {
            return after(a).to_owned();
        }
        let same = |at: Option<usize>, wanted| {
            at.and_then(|at| blocks.get(at))
                .is_some_and(|block| sort(&block.units) == wanted)
        };
        match (before.near, block.near) {
            (Some(a), _) if same(Some(a + 1), next) => after(a).to_owned(),
            (_, Some(b)) if same(b.checked_sub(1), own) => after(b - 1).to_owned(),
            _ => match self.gaps.get(&(own, next)) {
                Some(gap) => (*gap).to_owned(),
                None if own == Sort::Quote && next == Sort::Quote => ">\n".to_owned(),
                None if are_one_list(own, next) => String::new(),
                None => "\n".to_owned(),
            },
        }
    }

    /// A block in the prevailing style, but with its own signs if only they are new.
    fn fresh(&mut self, block: &Placed<'_>) -> String {
        let units = block.units;
        let Some(Kind::Mark(mark)) = units.first().map(|unit| unit.kind()) else {
            return units.iter().map(|unit| unit.text()).collect();
        };
        let sentences: Vec<&str> = units[1..].iter().map(|unit| unit.text()).collect();
        if let Mark::Heading(level) = mark {
            return self.heading(*level, &sentences.join(" "), block);
        }
        let (first, rest) = self.prefixes(mark, block);
        self.style.filled(&sentences, &first, &rest)
    }

    fn heading(&self, level: u8, text: &str, block: &Placed<'_>) -> String {
        let sign = match block.near {
            Some(_) => block.units[0].sign(),
            None => {
                (self.style.underlined && level < 3).then_some(if level == 1 { '=' } else { '-' })
            }
        };
        match sign {
            Some(sign) => {
                let length = text.chars().count().max(3);
                format!("{text}\n{}", sign.to_string().repeat(length))
            }
            None => format!("{} {text}", "#".repeat(usize::from(level))),
        }
    }

    /// The sign of a list item, and the blank after it.
    fn bullet(&self, block: &Placed<'_>) -> String {
        let own = block.near.map(|_| block.units[0].sign().unwrap_or('-'));
        format!("{} ", own.unwrap_or(self.style.bullet))
    }

    /// The number of a list item, its sign, and the blank after it.
    fn ordinal(&self, block: &Placed<'_>) -> String {
        let number = block.near.and_then(|at| own_number(self.bytes(at)));
        let own = block.near.map(|_| block.units[0].sign().unwrap_or('.'));
        format!(
            "{}{} ",
            number.unwrap_or(1),
            own.unwrap_or(self.style.delimiter)
        )
    }

    /// What stands before the first line of a block, and before its other lines.
    fn prefixes(&self, mark: &Mark, block: &Placed<'_>) -> (String, String) {
        match mark {
            Mark::Paragraph | Mark::Heading(_) => (String::new(), String::new()),
            Mark::Quote => ("> ".to_owned(), "> ".to_owned()),
            Mark::Footnote(label) => (format!("[^{label}]: "), "    ".to_owned()),
            Mark::Continuation(depth) => {
                let indent = " ".repeat(self.continued(usize::from(*depth)));
                (indent.clone(), indent)
            }
            Mark::Item {
                depth,
                ordered,
                task,
            } => {
                let depth = usize::from(*depth);
                let indent = self.indent(depth);
                let marker = if *ordered {
                    self.ordinal(block)
                } else {
                    self.bullet(block)
                };
                let rest = " ".repeat(indent + marker.len());
                let task = task.map_or("", |done| if done { "[x] " } else { "[ ] " });
                (format!("{}{marker}{task}", " ".repeat(indent)), rest)
            }
        }
    }

    fn finish(mut self) -> String {
        let source = self.near.source();
        if !source.is_empty() {
            self.out.truncate(self.out.trim_end_matches('\n').len());
            self.out
                .push_str(&source[source.trim_end_matches('\n').len()..]);
        }
        if self.near.line_end() == "\r\n" {
            return self.out.replace('\n', "\r\n");
        }
        self.out
    }
}

/// Divides the source of a block into its text and the blank lines after it.
fn split_gap(source: &str) -> (&str, &str) {
    let text = source.trim_end_matches(['\n', ' ', '\t', '>']);
    let end = source[text.len()..]
        .find('\n')
        .map_or(source.len(), |at| text.len() + at + 1);
    source.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::unit::{Opaque, Unit};

    /// A text in which one word was changed for another, in the text's own style.
    fn edited(source: &str, before: &str, after: &str) -> String {
        let near = Prose::parse(source);
        let sentence = |unit: &Shared| {
            let sentence = Unit::sentence(unit.text().replace(before, after));
            if unit.is_sentence() {
                sentence
            } else {
                unit.clone()
            }
        };
        assert!(source.contains(before));
        write(
            &near.units().iter().map(sentence).collect::<Vec<_>>(),
            &near,
        )
    }

    #[test]
    fn a_paragraph_on_one_line_stays_on_one_line() {
        let source = "It is small. It has grown since. It will go on.\n\nOne. Two.\n";
        assert_eq!(
            edited(source, "since", "lately"),
            "It is small. It has grown lately. It will go on.\n\nOne. Two.\n"
        );
    }

    #[test]
    fn a_sentence_on_a_line_stays_on_a_line() {
        let source = "It is small.\nIt has grown since.\nIt will go on.\n\nOne.\nTwo.\n";
        assert_eq!(
            edited(source, "since", "lately"),
            "It is small.\nIt has grown lately.\nIt will go on.\n\nOne.\nTwo.\n"
        );
    }

    #[test]
    fn wrapped_lines_stay_within_the_width() {
        let source = "The fund supports local libraries and their\nstaff. It was founded by three teachers who\nstill serve.\n\nOne line of\nanother block.\n";
        assert_eq!(
            edited(source, "three", "three retired"),
            "The fund supports local libraries and their\nstaff. It was founded by three retired\nteachers who still serve.\n\nOne line of\nanother block.\n"
        );
    }

    #[test]
    fn line_ends_stay_as_they_are() {
        let source = "It is small.\r\nIt has grown since.\r\n\r\nOne.\r\nTwo.\r\n";
        assert_eq!(
            edited(source, "since", "lately"),
            "It is small.\r\nIt has grown lately.\r\n\r\nOne.\r\nTwo.\r\n"
        );
    }

    #[test]
    fn a_new_heading_and_a_new_item_look_like_the_others() {
        let near = Prose::parse("Size\n====\n\n1) One.\n2) Two.\n");
        let new = Prose::parse("# Age\n\n1. Half.\n");
        let units = [near.units(), new.units()].concat();
        assert_eq!(
            write(&units, &near),
            "Size\n====\n\n1) One.\n2) Two.\n\nAge\n===\n\n1) Half.\n"
        );
    }

    #[test]
    fn lists_stand_in_from_the_margin_as_they_did() {
        for source in [
            "  * We are one.\n  * We are two.\n",
            "- We are one.\n    - We are two.\n    - We are three.\n\n    We go on.\n",
            "1. We are one.\n    - We are two.\n\n    We go on.\n",
            "- We are one.\n\t- We are two.\n\t- We are three.\n",
            "- We are one.\n\n    We go on.\n",
        ] {
            for word in ["one", "two", "three", "go"] {
                if source.contains(word) {
                    let expected = source.replace(word, "more").replace('\t', "    ");
                    let written = edited(source, word, "more").replace('\t', "    ");
                    assert_eq!(written, expected);
                }
            }
        }
    }

    #[test]
    fn what_would_read_as_part_of_another_item_is_set_in_anew() {
        let near = Prose::parse("- One.\n  - Two.\n\n# Size\n\n- Three.\n\n    Goes on.\n");
        let units = near.units();
        let at = |text: &str| units.iter().position(|unit| unit.text() == text);
        let (two, goes_on) = (at("Two."), at("Goes on."));
        let (two, goes_on) = (two.expect("it is there"), goes_on.expect("it is there"));
        let units = [&units[..=two], &units[goes_on - 1..]].concat();
        let written = write(&units, &near);
        assert_eq!(written, "- One.\n  - Two.\n\n  Goes on.\n");
        assert_eq!(Prose::parse(&written).units(), units);
    }

    #[test]
    fn a_list_begins_with_the_number_it_began_with() {
        let source = "We go on.\n\n7. We grow.\n8. We stay.\n\nThen we stop.\n\n0. We rest.\n";
        for word in ["grow", "stay", "rest"] {
            assert_eq!(edited(source, word, "eat"), source.replace(word, "eat"));
        }
        let near = Prose::parse(source);
        let new = Prose::parse("1. We wake.\n");
        let at = near
            .units()
            .iter()
            .position(|unit| unit.text() == "We grow.");
        let (before, after) = near.units().split_at(at.expect("it is there") - 1);
        let written = write(&[before, new.units(), after].concat(), &near);
        assert!(
            written.contains("7. We wake.\n8. We grow.\n9. We stay.\n"),
            "{written}"
        );
    }

    #[test]
    fn what_is_within_an_item_stays_there_where_its_number_gets_longer() {
        let inner = "```toml\n   name = 1\n\n     more = 2\n   ```\n\n   Goes on here.\n";
        let near = Prose::parse(&format!("8. Eight.\n9. Nine.\n\n   {inner}"));
        let new = Prose::parse("1. More.\n");
        let units = [&near.units()[..2], new.units(), &near.units()[2..]].concat();
        let written = write(&units, &near);
        let inner = inner.replace("\n   ", "\n    ");
        let expected = format!("8. Eight.\n9. More.\n10. Nine.\n\n    {inner}");
        assert_eq!(written, expected);
        assert_eq!(Prose::parse(&written).units(), units);
    }

    #[test]
    fn what_is_within_an_item_is_not_taken_by_a_new_one() {
        for inner in [
            "```\n    run\n    ```",
            "| a | b |\n    | --- | --- |\n    | 1 | 2 |",
        ] {
            let near = Prose::parse(&format!("- We meet.\n\n    {inner}\n"));
            let new = Prose::parse("- One.\n  - The next one.\n");
            let at = near
                .units()
                .iter()
                .position(|unit| matches!(unit.kind(), Kind::Opaque(_)));
            let (start, end) = near.units().split_at(at.expect("it is there"));
            let units = [start, &new.units()[2..], end].concat();
            let written = write(&units, &near);
            let inner = inner.replace("\n    ", "\n  ");
            assert_eq!(
                written,
                format!("- We meet.\n  - The next one.\n\n  {inner}\n")
            );
        }
    }

    #[test]
    fn a_list_that_nobody_touched_keeps_its_bytes() {
        for list in [
            "- A here.\n  - B here.\n\n  It goes on.\n\n    - C here.\n",
            "- A here.\n\n\t```\n\trun\n\t```\n\n   - B here.\n",
            "> - A here.\n>   - B here.\n",
            "[^1]: A here.\n\n    - B here.\n\n    - C here.\n",
            "10) A here.\n\n    It goes on.\n    - B here.\n        - C here.\n",
        ] {
            let source = format!("We are small.\n\n{list}\nWe are fine.\n");
            let expected = source.replace("fine", "more");
            assert_eq!(edited(&source, "fine", "more"), expected);
            let near = Prose::parse(&source);
            assert_eq!(Prose::parse(&expected).units().len(), near.units().len());
        }
    }

    /// The mark of an item without a number.
    fn item(depth: u8) -> Shared {
        Unit::mark(Mark::Item {
            depth,
            ordered: false,
            task: None,
        })
    }

    #[test]
    fn what_is_opaque_at_the_margin_ends_a_list() {
        let code = Unit::opaque(Opaque::Code, "```\nlet it = be;\n```");
        let units = [
            item(1),
            Unit::sentence("One."),
            code,
            item(2),
            Unit::sentence("Two."),
        ];
        let written = write(&units, &Prose::default());
        assert_eq!(written, "- One.\n\n```\nlet it = be;\n```\n\n- Two.\n");
        assert_eq!(Prose::parse(&written).units(), close(&units));
    }

    #[test]
    fn an_item_is_at_most_one_deeper_than_the_one_before_it() {
        let units = [
            item(1),
            Unit::sentence("One."),
            item(4),
            Unit::sentence("Two."),
        ];
        assert_eq!(write(&units, &Prose::default()), "- One.\n  - Two.\n");
    }
}
