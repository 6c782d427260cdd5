//! Stems: what "grow", "grows", "growing" and "grown" have in common, near enough.
//!
//! The choice made here: a few suffixes are taken off by rule, after the first steps of Porter 1980. Whole stemmers would
//! be a table per language, and the crates that carry them are seldom released; here a stem only *suggests* likeness, so
//! a wrong one costs a suggestion and never a word. In other languages the rules find little to take off, and words
//! count as they are written.
//!
//! **Invariant:** a stem is not empty, and is a function of the folded word in lower case.

/// The shortest stem that a suffix is taken off to.
const SHORTEST: usize = 3;

/// Takes the suffix off a word, given in lower case.
pub fn stem(word: &str) -> String {
    let bare = word.strip_suffix("'s").unwrap_or(word);
    let singular = without_plural(bare);
    let plain = ["ing", "ed", "ly"]
        .iter()
        .find_map(|suffix| shortened(&singular, suffix))
        .map_or(singular, undoubled);
    let plain = match plain.strip_suffix('y') {
        Some(rest) if rest.len() >= SHORTEST => format!("{rest}i"),
        _ => plain,
    };
    shortened(&plain, "e").unwrap_or(plain)
}

fn without_plural(word: &str) -> String {
    let kept = ["ss", "us", "is"];
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() > 1) {
        return format!("{rest}y");
    }
    match word.strip_suffix('s') {
        Some(rest) if rest.len() >= SHORTEST && !kept.iter().any(|end| word.ends_with(end)) => {
            rest.to_owned()
        }
        _ => word.to_owned(),
    }
}

/// The word without a suffix, if a stem with a vowel is left.
fn shortened(word: &str, suffix: &str) -> Option<String> {
    let rest = word.strip_suffix(suffix)?;
    let vowel = |sign: char| "aeiouy".contains(sign);
    (rest.chars().count() >= SHORTEST && rest.contains(vowel)).then(|| rest.to_owned())
}

/// "planned" is "plan" with its last letter twice.
fn undoubled(stem: String) -> String {
    let mut signs = stem.chars().rev();
    let twice = match (signs.next(), signs.next()) {
        (Some(last), Some(before)) => last == before && "bdgmnprt".contains(last),
        _ => false,
    };
    if twice {
        stem[..stem.len() - 1].to_owned()
    } else {
        stem
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            &["grow", "grows", "growing"][..],
            &["share", "shares", "shared", "sharing"],
            &["plan", "plans", "planned", "planning"],
            &["company", "companies", "company's"],
            &["equal", "equally"],
        ] {
            let stems: Vec<String> = forms.iter().map(|form| stem(form)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn short_words_and_other_endings_stay() {
        for word in ["is", "red", "bus", "thing", "process", "größen", "5.4"] {
            assert_eq!(stem(word), word);
        }
    }
}
