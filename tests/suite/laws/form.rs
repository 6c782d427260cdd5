//! Laws of form: whatever comes out is well-formed Markdown that reads back as the same units.

use onetext::merge::Answers;
use onetext::prose::Prose;

use super::{ids, in_every_world, status_quo};
use crate::worlds::{Kind, World};

#[test]
fn p14_what_is_written_reads_as_the_same_units() {
    in_every_world(14, |mut case| {
        let read = case.read();
        let merged = read.merge();
        let mut answers = Answers::new();
        for round in 0..3 {
            let text = Prose::parse(&merged.text_with(&answers, &read.current));
            let units = merged.units(&answers);
            assert_eq!(
                ids(text.units()),
                ids(&units),
                "seed {} round {round}",
                case.seed
            );
            for choice in merged.choices() {
                let pick = case.world.chance.pick(&choice.alternatives);
                answers.insert(choice.id.clone(), pick.units.clone());
            }
        }
    });
}

/// Whether emphasis, code and brackets are closed.
fn is_balanced(text: &str) -> bool {
    let count = |sign: &str| text.matches(sign).count();
    count("**") % 2 == 0 && count("`") % 2 == 0 && count("[") == count("]")
}

#[test]
fn p29_no_emphasis_code_or_link_is_torn() {
    in_every_world(29, |case| {
        let read = case.read();
        let merged = read.merge();
        let alternatives = merged.choices().flat_map(|choice| &choice.alternatives);
        let offered = alternatives.flat_map(|alternative| alternative.units.clone());
        for unit in status_quo(&merged).into_iter().chain(offered) {
            assert!(
                is_balanced(unit.text()),
                "seed {}: {}",
                case.seed,
                unit.text()
            );
        }
    });
}

#[test]
fn all_kinds_of_blocks_are_in_the_worlds() {
    let mut world = World::new(1);
    let blocks: Vec<_> = (0..200).flat_map(|_| world.text().0).collect();
    for kind in [
        Kind::Heading,
        Kind::Item,
        Kind::Step,
        Kind::Quote,
        Kind::Table,
    ] {
        assert!(blocks.iter().any(|block| block.kind == kind), "{kind:?}");
    }
    assert!(
        blocks
            .iter()
            .any(|block| matches!(block.kind, Kind::Footnote(_)))
    );
}
