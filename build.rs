//! Generates the typed text keys of `wording::i18n` from the English catalogue, so that a screen that asks for a
//! text that does not exist, or forgets one of its placeholders, does not compile.
//!
//! Every message `people-found = { $count } people` of `assets/i18n/en/*.ftl` becomes a method
//! `people_found(&self, count: impl Into<FluentValue>) -> String` of `Catalogue`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

#[path = "build/lexicon.rs"]
mod lexicon;

const CATALOGUES: &str = "assets/i18n";
const LEXICON: &str = "assets/lexicon";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={CATALOGUES}");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/lexicon.rs");
    lexicon::write(Path::new(LEXICON))?;
    let mut code = String::new();
    for lang in ["en", "fr"] {
        let sources = ftl_files(&Path::new(CATALOGUES).join(lang))?;
        let _ = writeln!(code, "static {}: &[&str] = &[", lang.to_uppercase());
        for path in &sources {
            let absolute = fs::canonicalize(path)?;
            let _ = writeln!(code, "    include_str!({:?}),", absolute.display().to_string());
        }
        code.push_str("];\n");
    }
    let messages = english_messages()?;
    code.push_str("impl Catalogue {\n");
    for (key, (english, arguments)) in &messages {
        write_method(&mut code, key, english, arguments);
    }
    code.push_str("}\n");
    let _ = writeln!(
        code,
        "/// All text keys.\npub const KEYS: &[&str] = &{:?};",
        messages.keys().collect::<Vec<_>>()
    );
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(PathBuf::from(out).join("texts.rs"), code)
}

fn ftl_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "ftl"));
    paths.sort();
    Ok(paths)
}

/// Key to its English text and its placeholders in order of appearance.
type Messages = BTreeMap<String, (String, Vec<String>)>;

fn english_messages() -> io::Result<Messages> {
    let mut messages = Messages::new();
    for path in ftl_files(&Path::new(CATALOGUES).join("en"))? {
        let source = fs::read_to_string(&path)?;
        let resource = parser::parse(source.as_str())
            .map_err(|(_, errors)| io::Error::other(format!("{}: {errors:?}", path.display())))?;
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let Some(pattern) = message.value else { continue };
            let key = message.id.name.to_owned();
            let mut arguments = Vec::new();
            let mut english = String::new();
            walk(&pattern, &mut arguments, &mut english);
            if messages.insert(key.clone(), (english, arguments)).is_some() {
                return Err(io::Error::other(format!("{}: {key} stands twice", path.display())));
            }
        }
    }
    Ok(messages)
}

fn walk(pattern: &Pattern<&str>, arguments: &mut Vec<String>, english: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => english.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => collect(inline, arguments, english),
                Expression::Select { selector, variants } => {
                    collect(selector, arguments, &mut String::new());
                    for variant in variants {
                        let mut text = String::new();
                        walk(&variant.value, arguments, &mut text);
                        if variant.default {
                            english.push_str(&text);
                        }
                    }
                }
            },
        }
    }
}

fn collect(inline: &InlineExpression<&str>, arguments: &mut Vec<String>, english: &mut String) {
    match inline {
        InlineExpression::VariableReference { id } => {
            let name = id.name.to_owned();
            let _ = write!(english, "{{{name}}}");
            if !arguments.contains(&name) {
                arguments.push(name);
            }
        }
        InlineExpression::FunctionReference { arguments: call, .. } => {
            for inner in &call.positional {
                collect(inner, arguments, english);
            }
        }
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
            english.push_str(value);
        }
        _ => {}
    }
}

fn write_method(code: &mut String, key: &str, english: &str, arguments: &[String]) {
    let method = key.replace('-', "_");
    let doc = english.split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "'").replace('\\', "/");
    let _ = writeln!(code, "    #[doc = \"`{}`\"]", doc.replace('`', "'"));
    let mut parameters = String::new();
    for name in arguments {
        let _ = write!(parameters, ", {name}: impl Into<FluentValue<'a>>");
    }
    if arguments.is_empty() {
        let _ = writeln!(code, "    pub fn {method}(&self) -> String {{ self.format({key:?}, None) }}");
    } else {
        let _ = writeln!(code, "    pub fn {method}<'a>(&self{parameters}) -> String {{");
        let _ = writeln!(code, "        let mut args = FluentArgs::with_capacity({});", arguments.len());
        for name in arguments {
            let _ = writeln!(code, "        args.set({name:?}, {name});");
        }
        let _ = writeln!(code, "        self.format({key:?}, Some(&args))\n    }}");
    }
}
