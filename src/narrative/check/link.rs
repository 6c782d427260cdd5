//! Which addresses a text may link to.

/// Whether an address is one of the web, of mail, or within what is released.
///
/// Browsers ignore white space and controls within a scheme, so it is read without them.
///
/// ```
/// use onetext::narrative::check::link::is_safe;
/// assert!(is_safe("https://example.org") && is_safe("#size") && is_safe("mailto:ana@example.org"));
/// assert!(!is_safe("javascript:alert(1)") && !is_safe("Java\tScript:x") && !is_safe("//example.org"));
/// ```
pub fn is_safe(url: &str) -> bool {
    let plain: String = url
        .chars()
        .filter(|mark| !mark.is_whitespace() && !mark.is_control())
        .collect::<String>()
        .to_lowercase()
        .replace('\\', "/");
    let end = plain.find(['/', '?', '#']).unwrap_or(plain.len());
    match plain[..end].split_once(':') {
        Some((scheme, _)) => matches!(scheme, "http" | "https" | "mailto"),
        None => !plain.starts_with("//"),
    }
}
