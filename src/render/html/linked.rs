//! JSON-LD: what search engines and archives read of a page, as data.
//!
//! Whatever a contributor wrote stands in strings whose `<`, `>` and `&` are spelt as code points: no text can end the
//! element that the data stands in.

use serde_json::{Value, json};

use crate::render::document::{plain, words};
use crate::render::view::{AnswerView, View};

/// The data of a page, for `<script type="application/ld+json">`.
pub fn write(view: &View) -> String {
    let status = if view.draft {
        "Draft: not agreed"
    } else {
        "Published"
    };
    let licence = view.licence.as_ref();
    let article = json!({
        "@type": "Article",
        "@id": "#main",
        "headline": view.headline,
        "description": plain(&view.standfirst),
        "inLanguage": view.language,
        "datePublished": view.day,
        "version": view.version,
        "creativeWorkStatus": status,
        "creditText": view.status,
        "license": licence.map(|id| format!("https://spdx.org/licenses/{id}.html")),
        "citation": view.notes.iter().map(|note| &note.title).collect::<Vec<_>>(),
    });
    let questions = json!({
        "@type": "FAQPage",
        "@id": "#questions",
        "inLanguage": view.language,
        "isPartOf": { "@id": "#main" },
        "mainEntity": view.answers.iter().map(question).collect::<Vec<_>>(),
    });
    let page = json!({ "@context": "https://schema.org", "@graph": [article, questions] });
    inert(&page.to_string())
}

fn question(answer: &AnswerView) -> Value {
    json!({
        "@type": "Question",
        "@id": format!("#{}", answer.anchor),
        "name": answer.asked,
        "acceptedAnswer": {
            "@type": "Answer",
            "text": words(&answer.blocks),
            "creativeWorkStatus": answer.status,
        },
    })
}

/// JSON that is the same value, and nothing but text to HTML.
fn inert(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for sign in json.chars() {
        match sign {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element_and_the_value_stays() {
        let hostile = json!({ "name": "</script><script>alert(1)</script> & \u{2028}<!--" });
        let text = inert(&hostile.to_string());
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let read: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(read, hostile);
    }
}
