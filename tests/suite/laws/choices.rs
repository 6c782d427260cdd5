//! Laws of choices: a choice is genuine, stays the same while its wordings do, and comes back from paper as it was decided.

use onetext::merge::Choice;
use onetext::merge::choice::decision::{Decision, Posed, Verdict};
use onetext::merge::choice::sheet;

use super::{bare, bare_choices, ids, in_every_plain_world, in_every_world};
use crate::worlds::own_wording;

#[test]
fn p20_choices_are_genuine() {
    in_every_world(20, |case| {
        use onetext::merge::ChoiceKind::{Deletion, Late};
        for choice in case.read().merge().choices() {
            let mut all: Vec<_> = choice.alternatives.iter().map(|a| ids(&a.units)).collect();
            assert!(!all.contains(&ids(&choice.now)), "seed {}", case.seed);
            all.sort();
            all.dedup();
            assert_eq!(all.len(), choice.alternatives.len(), "seed {}", case.seed);
            assert!(
                all.len() > 1 || matches!(choice.kind, Late | Deletion),
                "seed {}",
                case.seed
            );
        }
    });
}

#[test]
fn p21_a_choice_stays_the_same_while_its_wordings_do() {
    in_every_plain_world(21, |mut case| {
        let before = case.read().merge();
        let heading = crate::worlds::Block {
            kind: crate::worlds::Kind::Heading,
            sentences: vec![
                ["news", "that", "stands", "before", "all"]
                    .map(str::to_owned)
                    .to_vec(),
            ],
        };
        case.current.0.insert(0, heading);
        let after = case.read().merge();
        assert_eq!(
            bare_choices(&before),
            bare_choices(&after),
            "seed {}",
            case.seed
        );
    });
}

/// What a facilitator writes herself.
const WELL: &str = "All is well.";

/// Something that may be decided at a choice, and the box that says so.
fn verdict(choice: &Choice, pick: usize) -> Option<(Verdict, String)> {
    let several: Vec<usize> = (0..choice.alternatives.len()).collect();
    match pick {
        0 => None,
        1 => Some((Verdict::Keep, "keep the text".to_owned())),
        2 => Some((Verdict::Park, "park".to_owned())),
        3 => Some((Verdict::Own(own_wording(choice, WELL)), "other:".to_owned())),
        _ => {
            let at = several[pick % several.len()];
            let option = sheet::options(choice)[at].clone();
            Some((Verdict::Take(at), option))
        }
    }
}

#[test]
fn p22_a_sheet_comes_back_as_it_was_filled_in() {
    in_every_world(22, |mut case| {
        let merged = case.read().merge();
        let choices: Vec<&Choice> = merged.choices().collect();
        let posed = choices.iter().map(|&choice| Posed {
            choice,
            earlier: None,
        });
        let page = sheet::write("Size", &posed.collect::<Vec<_>>());
        let mut parts = page.split_inclusive("\nReason:\n");
        let mut page = String::new();
        let mut expected = Vec::new();
        for choice in &choices {
            let part = parts.next().expect("each choice has a reason").to_owned();
            let Some((verdict, option)) = verdict(choice, case.world.chance.below(8)) else {
                page.push_str(&part);
                continue;
            };
            let ticked = part.replacen(&format!("- [ ] {option}"), &format!("- [x] {option}"), 1);
            let own = format!("other: {}\n", own_wording(choice, WELL));
            let ticked = ticked.replace("other:\n", &own);
            page.push_str(&ticked.replace("Reason:", "Reason: it reads better"));
            expected.push(Decision {
                choice: choice.id.clone(),
                verdict,
                reason: Some("it reads better".to_owned()),
            });
        }
        let read = sheet::read(&page, &choices);
        assert_eq!(read, Ok(expected), "seed {}\n{page}", case.seed);
        let known: Vec<_> = choices.iter().map(|choice| bare(choice)).collect();
        let mut distinct = known.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(known.len(), distinct.len(), "seed {}", case.seed);
    });
}
