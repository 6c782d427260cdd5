//! Links the program at a fixed address on Linux, and when it is released with what unwinds a panic built in.
//!
//! Git starts onetext once for every file that it merges or shows, so the start counts. A program that can be loaded
//! anywhere has to correct some 25,000 addresses of its tables each time, which takes longer than most merges. And each
//! shared library takes as long to find, map and bind as a small merge; `libgcc_s` is one that every compiler which
//! brings it brings as an archive, too.

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
        // It stands before `libgcc_s` and leaves it nothing to do, so that the linker leaves that out.
        if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
            println!("cargo:rustc-link-lib=static:-bundle=gcc_eh");
        }
    }
}
