//! Star clustering: each wording joins the likest centre that came before it, or becomes a centre.
//!
//! Likeness is the cosine of weighted stems, where a stem weighs more the fewer wordings have it (TF-IDF), or the share
//! of common words where that is high. All scores are integers, so that they are equal on every machine. Source: Aslam,
//! Pelekhov, Rus 2004, "The star clustering algorithm", with an order that depends on the set of drafts alone.
//!
//! The choice made here: a wording looks up its rarest stems only. Those that it leaves out weigh too little to reach
//! the threshold by themselves (prefix filtering: Bayardo, Ma, Srikant 2007, "Scaling up all pairs similarity search"),
//! so nothing is missed, and the words that everybody uses cost nothing.
//!
//! **Invariant:** the first of a group is its centre; every other one is like the centre and of its kind; no two of a
//! group stand in one draft.

use std::collections::{BTreeMap, BTreeSet};

use super::vector::{Vector, vectors};
use super::{ALIKE, Form, NEAR};

/// After how many wordings it is told how far the work has come.
const TOLD: usize = 512;

/// Groups wordings, given in canonical order; `done` hears now and then how many are placed.
pub fn cluster(forms: Vec<Form>, done: &dyn Fn(usize)) -> Vec<Vec<Form>> {
    let mut stars = Stars::default();
    let vectors = vectors(&forms);
    for (at, (form, vector)) in forms.into_iter().zip(vectors).enumerate() {
        if at % TOLD == 0 {
            done(at);
        }
        match stars.likest(&form, &vector) {
            Some(group) => stars.join(group, form),
            None => stars.found(form, vector),
        }
    }
    stars.groups
}

/// The groups so far.
#[derive(Default)]
struct Stars {
    groups: Vec<Vec<Form>>,
    /// By group: the vector of its centre.
    centres: Vec<Vector>,
    /// By group: the drafts that are in it.
    drafts: Vec<BTreeSet<u32>>,
    /// By stem: the centres that have it, each with its weight there.
    index: BTreeMap<u32, Vec<(u32, u64)>>,
    /// By group: what the stems looked up so far amount to; all nought between two searches.
    sums: Vec<u64>,
}

impl Stars {
    fn found(&mut self, form: Form, vector: Vector) {
        let group = u32::try_from(self.groups.len()).expect("groups are fewer than 2^32");
        for &(stem, weight) in vector.weights() {
            self.index.entry(stem).or_default().push((group, weight));
        }
        self.centres.push(vector);
        self.drafts.push(form.drafts().collect());
        self.groups.push(vec![form]);
        self.sums.push(0);
    }

    fn join(&mut self, group: usize, form: Form) {
        self.drafts[group].extend(form.drafts());
        self.groups[group].push(form);
    }

    /// The group whose centre is most like the wording, the first among equals.
    fn likest(&mut self, form: &Form, vector: &Vector) -> Option<usize> {
        let mut best: Option<(u32, usize)> = None;
        for (sum, group) in self.candidates(vector) {
            let least = best.map_or(ALIKE, |(score, _)| score);
            let score = self.score(form, vector, (sum, group), least);
            let better =
                best.is_none_or(|(most, first)| score > most || (score == most && group < first));
            if score >= ALIKE && better && self.is_free(group, form) {
                best = Some((score, group));
            }
        }
        best.map(|(_, group)| group)
    }

    /// How like a candidate is, per mille; nought if it cannot reach the least that is asked.
    fn score(&self, form: &Form, vector: &Vector, of: (u64, usize), least: u32) -> u32 {
        let (sum, group) = of;
        let (first, centre) = (&self.groups[group][0].unit, &self.centres[group]);
        if first.kind() != form.unit.kind() {
            return 0;
        }
        if first.is_like(&form.unit, NEAR) {
            return first.likeness(&form.unit).max(vector.cosine(centre));
        }
        if vector.at_most(centre, sum) < least {
            return 0;
        }
        vector.cosine(centre)
    }

    fn is_free(&self, group: usize, form: &Form) -> bool {
        form.drafts()
            .all(|draft| !self.drafts[group].contains(&draft))
    }

    /// The centres that share a rare stem with a wording, with what those stems amount to; the likeliest stands first,
    /// so that most others can be told from it at once.
    fn candidates(&mut self, vector: &Vector) -> Vec<(u64, usize)> {
        let mut touched = Vec::new();
        for (stem, weight) in vector.rarest() {
            for &(group, there) in self.index.get(stem).into_iter().flatten() {
                let group = usize::try_from(group).expect("a group is an index");
                if self.sums[group] == 0 {
                    touched.push(group);
                }
                self.sums[group] += weight * there;
            }
        }
        let mut found: Vec<(u64, usize)> = touched
            .into_iter()
            .map(|group| (std::mem::take(&mut self.sums[group]), group))
            .collect();
        let likeliest = (0..found.len()).max_by_key(|at| found[*at].0);
        if let Some(at) = likeliest {
            found.swap(0, at);
        }
        found
    }
}
