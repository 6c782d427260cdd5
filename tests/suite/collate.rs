//! The laws of the collation of independent drafts, and the contrasts that no likeness sees.

use onetext::collate::{Draft, Grade, Row, Subject, collate};
use onetext::prose::Prose;

use crate::worlds::Chance;

/// Claims that drafts are made of; some are wordings of one another.
const CLAIMS: [&str; 14] = [
    "Members own the firm and share its profit.",
    "The members own the firm and share all its profit.",
    "Members own the firm and never share its profit.",
    "Most firms have about five people.",
    "Most firms have about fifty people.",
    "Most of the firms have five people or so.",
    "Pay is equal for everybody.",
    "Pay is not equal for everybody.",
    "Nobody counts the firms.",
    "We meet every week to plan the work.",
    "We meet each week and plan our work together.",
    "A co-op may hire people who are no members.",
    "A co-op must hire people who are no members.",
    "Short.",
];

fn read(texts: &[String]) -> Vec<Prose> {
    texts.iter().map(|text| Prose::parse(text)).collect()
}

fn drafts<'a>(texts: &'a [Prose], names: &[String]) -> Vec<Draft<'a>> {
    let draft = |(text, who): (&'a Prose, &String)| Draft::new(who, text);
    texts.iter().zip(names).map(draft).collect()
}

fn names(count: usize, prefix: &str) -> Vec<String> {
    (0..count).map(|at| format!("{prefix}{at:03}")).collect()
}

/// All that rows say, with each person named by the number of her draft.
fn seen(rows: &[Row], names: &[String]) -> Vec<String> {
    let number = |who: &String| names.iter().position(|name| name == who).expect("known");
    let variant = |variant: &onetext::collate::Variant| {
        let mut who: Vec<usize> = variant.who.iter().map(number).collect();
        who.sort_unstable();
        format!(
            "{} {} {:?} {:?} {:?} {who:?}",
            variant.id,
            variant.unit.text(),
            variant.grade,
            variant.contrasts,
            variant.mark
        )
    };
    let row = |row: &Row| {
        row.variants
            .iter()
            .map(variant)
            .collect::<Vec<_>>()
            .join(" | ")
    };
    rows.iter().map(row).collect()
}

fn written(chance: &mut Chance, count: usize) -> Vec<String> {
    (0..count)
        .map(|_| {
            let length = 1 + chance.below(6);
            let claims: Vec<&str> = (0..length).map(|_| *chance.pick(&CLAIMS)).collect();
            let glue = if chance.one_in(3) { "\n\n" } else { " " };
            claims.join(glue) + "\n"
        })
        .collect()
}

fn shuffled(chance: &mut Chance, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, chance.below(at + 1));
    }
    order
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut out = Vec::new();
    for shorter in permutations(count - 1) {
        for at in 0..count {
            let mut longer = shorter.clone();
            longer.insert(at, count - 1);
            out.push(longer);
        }
    }
    out
}

#[track_caller]
fn assert_same_in_order(texts: &[Prose], order: &[usize]) {
    let names = names(texts.len(), "w");
    let own = drafts(texts, &names);
    let turned: Vec<Draft<'_>> = order.iter().map(|at| own[*at].clone()).collect();
    assert_eq!(
        seen(&collate(&own), &names),
        seen(&collate(&turned), &names),
        "{order:?}"
    );
}

#[test]
fn every_order_of_a_few_drafts_gives_the_same_rows() {
    let mut chance = Chance::new(41);
    for count in 1..=4 {
        for _ in 0..20 {
            let texts = read(&written(&mut chance, count));
            for order in permutations(count) {
                assert_same_in_order(&texts, &order);
            }
        }
    }
}

#[test]
fn any_order_of_many_drafts_gives_the_same_rows() {
    let mut chance = Chance::new(42);
    for _ in 0..20 {
        let count = 20 + chance.below(60);
        let texts = read(&written(&mut chance, count));
        let order = shuffled(&mut chance, count);
        assert_same_in_order(&texts, &order);
    }
}

#[test]
fn names_do_not_matter() {
    let mut chance = Chance::new(43);
    for _ in 0..50 {
        let texts = read(&written(&mut chance, 9));
        let (own, mut other) = (names(9, "a"), names(9, "z"));
        other.reverse();
        assert_eq!(
            seen(&collate(&drafts(&texts, &own)), &own),
            seen(&collate(&drafts(&texts, &other)), &other)
        );
    }
}

#[test]
fn every_passage_stands_in_one_variant_of_one_row() {
    let mut chance = Chance::new(44);
    for _ in 0..100 {
        let count = 1 + chance.below(12);
        let texts = read(&written(&mut chance, count));
        let names = names(count, "w");
        let rows = collate(&drafts(&texts, &names));
        for (text, who) in texts.iter().zip(&names) {
            for passage in text.passages() {
                let variants = rows.iter().flat_map(|row| &row.variants);
                let holding = variants.filter(|variant| variant.unit == *passage);
                let people: Vec<bool> = holding.map(|variant| variant.who.contains(who)).collect();
                assert_eq!(people, [true], "{}", passage.text());
            }
        }
        let mut all: Vec<&str> = rows
            .iter()
            .flat_map(|row| row.variants.iter().map(|variant| variant.id.as_str()))
            .collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
    }
}

#[test]
fn two_passages_of_one_draft_are_never_joined() {
    let mut chance = Chance::new(45);
    for _ in 0..100 {
        let texts = read(&written(&mut chance, 8));
        let names = names(8, "w");
        for row in collate(&drafts(&texts, &names)) {
            let mut people: Vec<&String> = row.variants.iter().flat_map(|v| &v.who).collect();
            let all = people.len();
            people.sort();
            people.dedup();
            assert_eq!(people.len(), all, "{row:?}");
        }
    }
}

#[test]
fn only_identical_words_are_support() {
    let texts = read(&[
        "Members own the firm and share its profit.\n".to_owned(),
        "Members own the firm and share its profit.\n".to_owned(),
        "Members own the firm and share its profits.\n".to_owned(),
    ]);
    let rows = collate(&drafts(&texts, &names(3, "w")));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].said_by().len(), 2);
    assert_eq!(rows[0].variants[1].grade, Grade::Near);
}

#[test]
fn near_duplicates_are_found_among_words_that_everybody_uses() {
    let (one, two) = (
        "We have a small shop in Leeds and it is open to all of us on most days.",
        "We have a small shop in York and it is open to all of us on most days.",
    );
    let mut texts = vec![format!("{one}\n"), format!("{two}\n")];
    let common = "We have it in a shop and to all of us it is open on most small days";
    texts
        .extend((0..40).map(|at| format!("{common} q{at} r{at} s{at} t{at} u{at} v{at} w{at}.\n")));
    let texts = read(&texts);
    let rows = collate(&drafts(&texts, &names(42, "w")));
    let row = rows
        .iter()
        .find(|row| {
            row.variants
                .iter()
                .any(|variant| variant.unit.text() == one)
        })
        .expect("it stands somewhere");
    assert!(
        row.variants
            .iter()
            .any(|variant| variant.unit.text() == two)
    );
}

const CONTRASTS: [(&str, &str, Subject); 45] = {
    use Subject::{Amounts, Modals, Negation, Numbers, Opposites, Order};
    [
        ("We should pay tax.", "We should not pay tax.", Negation),
        ("We do meet.", "We don't meet.", Negation),
        ("We can vote.", "We can't vote.", Negation),
        ("We will grow.", "We won’t grow.", Negation),
        ("They could leave.", "They cannot leave.", Negation),
        ("We always meet.", "We never meet.", Negation),
        ("We work with bosses.", "We work without bosses.", Negation),
        ("There are bosses.", "There are no bosses.", Negation),
        ("Everybody counts them.", "Nobody counts them.", Negation),
        ("All of us agree.", "None of us agree.", Negation),
        ("Either side pays.", "Neither side pays.", Negation),
        ("We have money.", "We lack money.", Negation),
        ("We are 12 firms.", "We are 40 firms.", Numbers),
        ("We are twelve firms.", "We are 13 firms.", Numbers),
        ("It took two years.", "It took years.", Numbers),
        ("It grew 5.4 percent.", "It grew 4.5 percent.", Numbers),
        ("One vote each.", "Two votes each.", Numbers),
        (
            "About five million pounds.",
            "About five thousand pounds.",
            Numbers,
        ),
        ("Since the 1980s.", "Since the 1990s.", Numbers),
        ("Forty-five members.", "Forty-six members.", Numbers),
        ("Members must vote.", "Members may vote.", Modals),
        ("Members should vote.", "Members can vote.", Modals),
        ("Members have to vote.", "Members vote.", Modals),
        ("We will hire.", "We would hire.", Modals),
        ("All firms pay.", "Some firms pay.", Amounts),
        ("Most firms pay.", "Few firms pay.", Amounts),
        ("Every firm pays.", "A firm pays.", Amounts),
        ("Only members vote.", "Members vote.", Amounts),
        ("We often meet.", "We sometimes meet.", Amounts),
        ("Profits increase.", "Profits decrease.", Opposites),
        ("Pay rises.", "Pay falls.", Opposites),
        ("Firms are growing.", "Firms are shrinking.", Opposites),
        ("Work is paid.", "Work is unpaid.", Opposites),
        ("Rules are formal.", "Rules are informal.", Opposites),
        (
            "It is a profit company.",
            "It is a non-profit company.",
            Opposites,
        ),
        ("We support the law.", "We oppose the law.", Opposites),
        ("We voted for it.", "We voted against it.", Opposites),
        ("It is voluntary.", "It is mandatory.", Opposites),
        ("It helps.", "It hinders.", Opposites),
        ("It is likely.", "It is unlikely.", Opposites),
        ("Pay went up.", "Pay went down.", Opposites),
        ("We meet in March.", "We meet in April.", Numbers),
        ("We meet on Monday.", "We meet on Friday.", Numbers),
        ("Workers hire capital.", "Capital hire workers.", Order),
        ("Five of 12 agree.", "12 of five agree.", Order),
    ]
};

const AGREEING: [(&str, &str); 12] = [
    ("We do not meet.", "We don't meet."),
    ("We cannot meet.", "We can not meet."),
    ("We can't meet.", "We cannot meet."),
    ("We won't meet.", "We will not meet."),
    ("There are 12 firms.", "There are twelve firms."),
    ("About a hundred firms.", "About one hundred firms."),
    (
        "There are 2,500 firms.",
        "There are two thousand five hundred firms.",
    ),
    ("There are 45 firms.", "There are forty-five firms."),
    ("All firms vote.", "Every firm votes."),
    ("We share profit.", "We share profits."),
    ("We must not leave.", "We must never leave."),
    ("It’s small.", "It's small."),
];

/// What two sentences of two people are told to differ in, whichever of them becomes the centre.
fn told(one: &str, other: &str) -> Option<Vec<Subject>> {
    // What both say besides makes the pair alike enough to stand in one row.
    let tail = "the harbour, the archive, the orchard, the quarry and the meadow";
    let long = |text: &str| format!("{}, beside {tail}.\n", text.trim_end_matches('.'));
    let texts = read(&[long(one), long(other)]);
    let rows = collate(&drafts(&texts, &names(2, "w")));
    let variant = rows.first()?.variants.get(1);
    let subjects = |variant: &onetext::collate::Variant| {
        let contrasts = variant.contrasts.iter();
        contrasts.map(|contrast| contrast.subject).collect()
    };
    match (rows.len(), variant) {
        (1, Some(variant)) => Some(subjects(variant)),
        (1, None) => Some(Vec::new()),
        _ => None,
    }
}

#[test]
fn what_turns_a_claim_round_is_named() {
    for (one, other, subject) in CONTRASTS {
        let told = told(one, other).unwrap_or_else(|| panic!("{one} / {other} stand apart"));
        assert!(told.contains(&subject), "{one} / {other}: {told:?}");
    }
}

#[test]
fn what_is_only_written_otherwise_is_no_contrast() {
    for (one, other) in AGREEING {
        let told = told(one, other).unwrap_or_else(|| panic!("{one} / {other} stand apart"));
        assert!(told.is_empty(), "{one} / {other}: {told:?}");
    }
}
