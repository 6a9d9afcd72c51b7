//! The bill of materials: CycloneDX 1.6 of what is inside the shipped programs and of what ran to build them.
//!
//! Knows CycloneDX. Written here and not by cargo-cyclonedx, whose graph is that of `cargo metadata`: it joins the features
//! of the whole workspace, takes macros for parts of the program, and knows one program at a time.

use crate::crates::{Crate, Id, PACKAGE};
use crate::standard::Standard;
use crate::{sums, tree};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

pub const FILE: &str = "sbom.cdx.json";

pub fn write(root: &Path, version: &str, crates: &BTreeMap<Id, Crate>, standard: &Standard) -> Result<String> {
    let own = format!("pkg:generic/{PACKAGE}@{version}");
    let library = format!("pkg:generic/rust-std@{}", standard.version);
    let licence = crates.get(&(PACKAGE.to_owned(), version.to_owned())).context("no program has our own package")?;
    let reference = |(name, version): &Id| match name == PACKAGE {
        true => own.clone(),
        false => purl(name, version),
    };
    let mut components = Vec::new();
    let mut needs = vec![json!({ "ref": library, "dependsOn": [] })];
    for (id, one) in crates {
        let mut on: Vec<String> = one.needs.iter().map(reference).collect();
        if !one.programs.is_empty() {
            on.push(library.clone());
        }
        on.sort();
        needs.push(json!({ "ref": reference(id), "dependsOn": on }));
        if id.0 != PACKAGE {
            components.push(component(id, one));
        }
    }
    components.push(json!({
        "type": "library",
        "bom-ref": library,
        "name": "rust-std",
        "version": standard.version,
        "description": "The Rust standard library, linked into every program",
        "scope": "required",
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        "purl": library,
        "components": standard.crates.iter().map(|one| json!({
            "type": "library",
            "bom-ref": format!("rust-std/{}", purl(&one.name, &one.version)),
            "name": one.name,
            "version": one.version,
            "licenses": [{ "expression": one.licence }],
            "purl": purl(&one.name, &one.version),
        })).collect::<Vec<_>>(),
    }));
    let mut bom = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": PACKAGE,
                "version": version,
                "licenses": [{ "expression": licence.licence }],
                "purl": own,
            },
            "tools": { "components": tools(root, crates, standard)? },
        },
        "components": components,
        "dependencies": needs,
    });
    // From what it says, and not from a clock or from chance.
    bom["serialNumber"] = json!(serial(&serde_json::to_string(&bom)?));
    Ok(serde_json::to_string_pretty(&bom)? + "\n")
}

fn component((name, version): &Id, one: &Crate) -> Value {
    let linked = !one.programs.is_empty();
    let mut value = json!({
        "type": "library",
        "bom-ref": purl(name, version),
        "name": name,
        "version": version,
        // What only runs while the programs are built is no part of them, but somebody may want to know of it.
        "scope": if linked { "required" } else { "excluded" },
        "licenses": [{ "expression": one.licence }],
        "purl": purl(name, version),
    });
    if let Some(checksum) = &one.checksum {
        value["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    if let Some(repository) = &one.repository {
        value["externalReferences"] = json!([{ "type": "vcs", "url": repository }]);
    }
    if linked {
        let programs = one.programs.iter().cloned().collect::<Vec<_>>().join(" ");
        value["properties"] = json!([{ "name": format!("{PACKAGE}:programs"), "value": programs }]);
    }
    value
}

fn purl(name: &str, version: &str) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// What made the files: the versions that the project's own files pin, and the compiler that is here.
fn tools(root: &Path, crates: &BTreeMap<Id, Crate>, standard: &Standard) -> Result<Vec<Value>> {
    let pinned: Value = serde_json::from_str(&tree::text(&root.join("tools").join("package.json"))?)?;
    let npm = |name: &str| -> Result<Value> {
        let version = pinned["devDependencies"][name].as_str();
        let version = version.with_context(|| format!("tools/package.json names no {name}"))?;
        Ok(
            json!({ "type": "application", "name": name, "version": version, "purl": format!("pkg:npm/{name}@{version}") }),
        )
    };
    let bindgen = crates.keys().find(|(name, _)| name == "wasm-bindgen").context("no program uses wasm-bindgen")?;
    Ok(vec![
        json!({ "type": "application", "name": "rustc", "version": standard.version }),
        json!({ "type": "application", "name": "wasm-bindgen-cli", "version": bindgen.1, "purl": purl("wasm-bindgen-cli", &bindgen.1) }),
        npm("binaryen")?,
        npm("terser")?,
    ])
}

/// A UUID of version 8, which is for digests of one's own choice.
fn serial(text: &str) -> String {
    let hex = sums::sha256(text.as_bytes());
    format!("urn:uuid:{}-{}-8{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_serial_number_goes_by_the_content() {
        assert_eq!(serial("abc"), "urn:uuid:ba7816bf-8f01-8fea-8141-40de5dae2223");
        assert_ne!(serial("abd"), serial("abc"));
    }

    #[test]
    fn a_plus_is_no_blank_in_an_address() {
        assert_eq!(purl("wasi", "0.11.1+x"), "pkg:cargo/wasi@0.11.1%2Bx");
    }
}
