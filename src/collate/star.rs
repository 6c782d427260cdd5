//! Star clustering: each wording joins the likest centre that came before it, or becomes a centre.
//!
//! Likeness is the cosine of weighted stems, where a stem weighs more the fewer wordings have it (TF-IDF). All scores
//! are integers, so that they are equal on every machine. Source: Aslam, Pelekhov, Rus 2004, "The star clustering
//! algorithm", with an order that depends on the set of drafts alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::prose::token::{Class, OFFSET, fnv, folded};
use crate::prose::unit::Unit;

use super::Form;

/// Cosine, per mille, from which two wordings may say the same.
const ALIKE: u64 = 450;
/// Letters of a word that count: a stem without a dictionary.
const STEM: usize = 6;

type Vector = BTreeMap<u64, u64>;

/// Groups wordings, given in canonical order; the first of each group is its centre.
pub fn cluster(forms: Vec<Form>) -> Vec<Vec<Form>> {
    let vectors = weighted(&forms);
    let mut index: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut centres: Vec<Vector> = Vec::new();
    let mut groups: Vec<Vec<Form>> = Vec::new();
    for (form, vector) in forms.into_iter().zip(vectors) {
        match likest(&form, &vector, &index, &centres, &groups) {
            Some(at) => groups[at].push(form),
            None => {
                for stem in vector.keys() {
                    index.entry(*stem).or_default().push(groups.len());
                }
                centres.push(vector);
                groups.push(vec![form]);
            }
        }
    }
    groups
}

fn likest(
    form: &Form,
    vector: &Vector,
    index: &BTreeMap<u64, Vec<usize>>,
    centres: &[Vector],
    groups: &[Vec<Form>],
) -> Option<usize> {
    let mut dots: BTreeMap<usize, u64> = BTreeMap::new();
    for (stem, weight) in vector {
        for &centre in index.get(stem).into_iter().flatten() {
            *dots.entry(centre).or_default() += weight * centres[centre][stem];
        }
    }
    let mine = form.places.keys().collect::<BTreeSet<_>>();
    dots.into_iter()
        .map(|(centre, dot)| (cosine(dot, vector, &centres[centre]), centre))
        .filter(|(cosine, _)| *cosine >= ALIKE)
        .filter(|(_, centre)| {
            groups[*centre]
                .iter()
                .all(|other| !other.places.keys().any(|who| mine.contains(who)))
        })
        .max_by_key(|(cosine, centre)| (*cosine, std::cmp::Reverse(*centre)))
        .map(|(_, centre)| centre)
}

/// The cosine of two vectors, per mille.
fn cosine(dot: u64, a: &Vector, b: &Vector) -> u64 {
    let length = |vector: &Vector| {
        vector
            .values()
            .map(|weight| weight * weight)
            .sum::<u64>()
            .isqrt()
    };
    1000 * dot / (length(a) * length(b)).max(1)
}

fn weighted(forms: &[Form]) -> Vec<Vector> {
    let stems: Vec<BTreeMap<u64, u64>> = forms.iter().map(|form| stems(&form.unit)).collect();
    let mut spread: BTreeMap<u64, u64> = BTreeMap::new();
    stems
        .iter()
        .flat_map(BTreeMap::keys)
        .for_each(|stem| *spread.entry(*stem).or_default() += 1);
    let all = u64::try_from(forms.len()).expect("forms are fewer than 2^64");
    let rare = |stem: &u64| u64::from(((all << 16) / spread[stem]).ilog2()) - 15;
    stems
        .into_iter()
        .map(|stems| {
            stems
                .into_iter()
                .map(|(stem, count)| (stem, 8 * count * rare(&stem)))
                .collect()
        })
        .collect()
}

fn stems(unit: &Unit) -> BTreeMap<u64, u64> {
    let mut out = BTreeMap::new();
    for token in unit
        .tokens()
        .iter()
        .filter(|token| token.class == Class::Word)
    {
        let word = folded(&unit.text()[token.range.clone()]).to_lowercase();
        let stem: String = word.chars().take(STEM).collect();
        *out.entry(fnv(OFFSET, stem.as_bytes())).or_default() += 1;
    }
    out
}
