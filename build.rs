//! Links the program at a fixed address on Linux.
//!
//! Git starts onetext once for every file that it merges or shows, so the start counts. A program that can be loaded
//! anywhere has to correct some 25,000 addresses of its tables each time, which takes longer than most merges.

#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "cargo is told by printing, and tells by variables"
)]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |name: &str| std::env::var(format!("CARGO_CFG_TARGET_{name}"));
    if target("OS").is_ok_and(|os| os == "linux") && target("ENV").is_ok_and(|env| env == "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
