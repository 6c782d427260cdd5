//! The questions, as what a reply says is held against them.

use super::Asked;
use super::likeness::{Model, Shared};

/// The questions, and what was said around them.
#[derive(Clone, Debug)]
pub struct Models<'a> {
    /// The questions.
    pub asked: &'a [Asked],
    models: Vec<Model>,
    background: Option<Model>,
}

impl<'a> Models<'a> {
    /// Takes the questions and the words around them.
    pub fn new(asked: &'a [Asked], background: Option<&str>) -> Self {
        Self {
            asked,
            models: asked.iter().map(|one| Model::new(&one.text)).collect(),
            background: background.map(Model::new),
        }
    }

    /// The question of a number.
    pub fn of_number(&self, number: u32) -> Option<usize> {
        self.asked.iter().position(|one| one.number == number)
    }

    /// The question of a title: its short name.
    pub fn of_title(&self, title: &str) -> Option<usize> {
        let plain = |text: &str| text.replace(['-', '*', '_'], " ").trim().to_lowercase();
        let title = plain(title.trim_end_matches([':', '.', ' ']));
        self.asked.iter().position(|one| {
            let name = plain(&one.name);
            title == name || title == format!("{} {name}", one.number)
        })
    }

    /// The question whose words, or a good part of them, a piece of a quote is; none if two are as near.
    pub fn quoted(&self, text: &str) -> Option<usize> {
        self.nearest(text, |shared| {
            shared.of_text >= 70 && (shared.count >= 3 || shared.of_model == 100)
        })
    }

    /// The question that a paragraph repeats.
    pub fn repeated(&self, text: &str) -> Option<usize> {
        self.nearest(text, |shared| shared.of_text >= 80 && shared.of_model >= 50)
    }

    fn nearest(&self, text: &str, enough: impl Fn(&Shared) -> bool) -> Option<usize> {
        let text = Model::new(text);
        let shared = self.models.iter().map(|model| model.shared(&text));
        let near: Vec<(usize, usize)> = shared
            .enumerate()
            .filter(|(_, shared)| enough(shared))
            .map(|(at, shared)| (shared.count, at))
            .collect();
        let (most, at) = *near.iter().max_by_key(|(count, _)| *count)?;
        let alone = near.iter().filter(|(count, _)| *count == most).count() == 1;
        alone.then_some(at)
    }

    /// The question that a text begins with word for word, and where the text goes on.
    pub fn begun(&self, text: &str) -> Option<(usize, usize)> {
        let read = Model::new(text);
        let models = self.models.iter().enumerate();
        let worded = models.filter(|(_, model)| model.count() >= 3);
        worded
            .filter_map(|(at, model)| Some((at, model.end_in(&read, text)?)))
            .max_by_key(|(_, end)| *end)
    }

    /// Whether a question begins with the first word of a text.
    pub fn may_begin(&self, text: &str) -> bool {
        let read = Model::new(text);
        self.models
            .iter()
            .any(|model| model.first() == read.first())
    }

    /// How many words the longest question has.
    pub fn longest(&self) -> usize {
        self.models.iter().map(Model::count).max().unwrap_or(0)
    }

    /// Whether what follows a number may be a question in other words: hardly any, or some of its own.
    pub fn may_be(&self, question: usize, text: &str) -> bool {
        let text = Model::new(text);
        text.count() < 4 || self.models[question].shared(&text).of_text >= 30
    }

    /// Whether words stand in a question as they are.
    pub fn stands_in(&self, question: usize, text: &str) -> bool {
        self.models[question].contains(&Model::new(text))
    }

    /// Whether a paragraph is of the message that asked.
    pub fn is_background(&self, text: &str) -> bool {
        let text = Model::new(text);
        let near = |model: &Model| {
            let shared = model.shared(&text);
            (shared.count >= 3 && shared.of_text >= 75) || model.contains(&text)
        };
        self.background.as_ref().is_some_and(near)
    }
}
