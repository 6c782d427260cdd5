//! A report of tests in XML, as build servers read it: each finding is a test, and an error is a failure.
//!
//! Source of the form: `testmoapp/junitxml`, which writes down what the usual readers take.

use crate::cli::read::check::Checked;
use crate::cli::terminal::escape::visible;
use crate::narrative::Finding;
use crate::render::office::xml::Xml;

/// Writes the report; without findings there is one test, which has passed.
pub fn report(found: &Checked) -> String {
    let mut xml = Xml::document();
    let tests = found.findings.len().max(1).to_string();
    let failures = found.errors.to_string();
    let counts = [
        ("tests", &*tests),
        ("failures", &*failures),
        ("errors", "0"),
    ];
    let named = |name: &'static str| [&[("name", name)][..], &counts].concat();
    xml.open("testsuites", &named("onetext"));
    xml.open("testsuite", &named("onetext check"));
    for finding in super::worst_first(&found.findings) {
        test(&mut xml, finding);
    }
    if found.findings.is_empty() {
        xml.empty(
            "testcase",
            &[("name", "no findings"), ("classname", "onetext")],
        );
    }
    xml.close().close();
    xml.finish() + "\n"
}

fn test(xml: &mut Xml, finding: &Finding) {
    let [path, place, message] =
        [&finding.path, &finding.place(), &finding.message].map(|text| visible(text));
    let name = format!("{}: {place}", finding.rule);
    let line = finding.line.map(|line| line.to_string());
    let mut attributes = vec![("name", &*name), ("classname", &*path), ("file", &*path)];
    attributes.extend(line.as_deref().map(|line| ("line", line)));
    xml.open("testcase", &attributes);
    let said = match finding.mend.as_str() {
        "" => message.clone(),
        mend => format!("{message}\nmend: {}", visible(mend)),
    };
    if finding.is_error() {
        xml.open("failure", &[("message", &*message), ("type", finding.rule)]);
        xml.text(&said).close();
    } else {
        xml.leaf("system-out", &format!("warning: {said}"));
    }
    xml.close();
}
