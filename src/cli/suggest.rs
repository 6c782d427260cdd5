//! Did you mean: the nearest known word; the only file of `cli` that names `strsim`.

/// How alike two words must be for one to be suggested: clap uses the same.
const ALIKE: f64 = 0.7;

/// Gives the known word that is nearest to what was typed, if one is near enough.
///
/// Of words equally near, the first wins.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &str)> = None;
    for word in known {
        let score = strsim::jaro_winkler(typed, word);
        if score > ALIKE && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, word));
        }
    }
    best.map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_the_nearest_word_or_none() {
        assert_eq!(nearest("sise", ["values", "size", "drivers"]), Some("size"));
        assert_eq!(nearest("zebra", ["values", "size"]), None);
        assert_eq!(nearest("ana", []), None);
    }
}
