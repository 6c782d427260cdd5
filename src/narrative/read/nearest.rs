//! The name that somebody may have meant; names `strsim`.
//!
//! `strsim` buys us an edit distance in which two swapped letters are one slip, as they are to a typist.

/// Finds the candidate nearest to a word, if one is near enough to have been meant; the first of several.
///
/// ```
/// use onetext::narrative::nearest;
/// assert_eq!(nearest("nmae", ["id", "name"]), Some("name"));
/// assert_eq!(nearest("colour", ["id", "name"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let allowed = 1 + word.chars().count() / 3;
    candidates
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&word, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
