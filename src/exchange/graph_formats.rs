//! The network for other programs: DOT for Graphviz, GraphML for Gephi and yEd.
//!
//! DOT follows Graphviz's grammar (<https://graphviz.org/doc/info/lang.html>): every identifier and value is a quoted string,
//! in which only the quote and the backslash have a meaning. GraphML follows its schema 1.1 (Brandes et al. 2002,
//! <http://graphml.graphdrawing.org>): attributes are declared as keys first, with their types, and characters that XML
//! forbids are left out. What is written, and what of it is private, is the caller's choice.

use std::io::{self, Write};

/// A graph without directions, save those of its labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// People and markets, or whatever stands in circles.
    pub nodes: Vec<Node>,
    /// What joins them.
    pub edges: Vec<Edge>,
}

/// A node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// The identifier that edges name; unique.
    pub id: String,
    /// What a reader sees.
    pub label: String,
    /// Other values, by name.
    pub values: Vec<(&'static str, Value)>,
}

/// An edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edge {
    /// Identifier of one end.
    pub from: String,
    /// Identifier of the other end.
    pub to: String,
    /// What a reader sees; empty for nothing.
    pub label: String,
    /// How strong it is, 0 to 1.
    pub weight: f32,
    /// A guess, drawn dashed.
    pub guess: bool,
    /// Other values, by name.
    pub values: Vec<(&'static str, Value)>,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

impl Value {
    fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "string",
            Self::Number(_) => "double",
            Self::Flag(_) => "boolean",
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => plain(*number),
            Self::Flag(flag) => flag.to_string(),
        }
    }
}

/// Writes a graph for Graphviz.
pub fn write_dot(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "graph openbar {{")?;
    writeln!(out, "  graph [overlap=false, splines=true, outputorder=edgesfirst];")?;
    writeln!(out, "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];")?;
    for node in &graph.nodes {
        write!(out, "  {} [label={}", quoted(&node.id), quoted(&node.label))?;
        write_values(&node.values, out)?;
        writeln!(out, "];")?;
    }
    for edge in &graph.edges {
        write!(out, "  {} -- {} [weight={}", quoted(&edge.from), quoted(&edge.to), whole(edge.weight))?;
        write!(out, ", penwidth={:.2}", 0.5 + 3.0 * edge.weight.clamp(0.0, 1.0))?;
        if !edge.label.is_empty() {
            write!(out, ", label={}", quoted(&edge.label))?;
        }
        if edge.guess {
            write!(out, ", style=dashed")?;
        }
        write_values(&edge.values, out)?;
        writeln!(out, "];")?;
    }
    writeln!(out, "}}")
}

fn write_values(values: &[(&'static str, Value)], out: &mut dyn Write) -> io::Result<()> {
    values.iter().try_for_each(|(name, value)| write!(out, ", {name}={}", quoted(&value.text())))
}

/// Graphviz lays out by whole weights.
fn whole(weight: f32) -> u32 {
    (weight.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// A quoted string of DOT. Line breaks, which Graphviz would keep as they are, become the `\n` of labels.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => {}
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Writes a graph for Gephi and yEd.
pub fn write_graphml(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"")?;
    writeln!(out, "  xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")?;
    writeln!(
        out,
        "  xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns \
         http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd\">"
    )?;
    let of_nodes = names(graph.nodes.iter().flat_map(|node| &node.values));
    let of_edges = names(graph.edges.iter().flat_map(|edge| &edge.values));
    let fixed = [
        ("node", "label", "string"),
        ("edge", "label", "string"),
        ("edge", "weight", "double"),
        ("edge", "guess", "boolean"),
    ];
    let own = of_nodes.iter().map(|(name, kind)| ("node", *name, *kind));
    let keys = fixed.into_iter().chain(own).chain(of_edges.iter().map(|(name, kind)| ("edge", *name, *kind)));
    for (of, name, kind) in keys {
        writeln!(out, "  <key id=\"{of}-{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(out, "  <graph id=\"openbar\" edgedefault=\"undirected\">")?;
    for node in &graph.nodes {
        writeln!(out, "    <node id=\"{}\">", escaped(&node.id))?;
        write_data("node", "label", &node.label, out)?;
        node.values.iter().try_for_each(|(name, value)| write_data("node", name, &value.text(), out))?;
        writeln!(out, "    </node>")?;
    }
    for edge in &graph.edges {
        writeln!(out, "    <edge source=\"{}\" target=\"{}\">", escaped(&edge.from), escaped(&edge.to))?;
        if !edge.label.is_empty() {
            write_data("edge", "label", &edge.label, out)?;
        }
        write_data("edge", "weight", &plain(f64::from(edge.weight)), out)?;
        write_data("edge", "guess", if edge.guess { "true" } else { "false" }, out)?;
        edge.values.iter().try_for_each(|(name, value)| write_data("edge", name, &value.text(), out))?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>")?;
    writeln!(out, "</graphml>")
}

fn write_data(of: &str, name: &str, value: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "      <data key=\"{of}-{name}\">{}</data>", escaped(value))
}

/// Each name once, with the type of its first value.
fn names<'v>(values: impl Iterator<Item = &'v (&'static str, Value)>) -> Vec<(&'static str, &'static str)> {
    let mut names: Vec<(&'static str, &'static str)> = Vec::new();
    for (name, value) in values {
        if !names.iter().any(|(known, _)| known == name) {
            names.push((name, value.kind()));
        }
    }
    names
}

/// A number without needless digits; what is no number is 0.
fn plain(number: f64) -> String {
    let number = if number.is_finite() { number } else { 0.0 };
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Text of XML 1.0, without the characters that it forbids.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph() -> Graph {
        let node = |id: &str, label: &str| Node {
            id: id.into(),
            label: label.into(),
            values: vec![("access", Value::Number(0.65)), ("kind", Value::Text("person".into()))],
        };
        let edge = Edge {
            from: "a".into(),
            to: "b\"".into(),
            label: "works & plays".into(),
            weight: 0.4,
            guess: true,
            values: vec![("stated", Value::Flag(false))],
        };
        Graph {
            nodes: vec![node("a", "Zoé \"Zed\" Roy\nMagog"), node("b\"", "<Luc>\u{1b}")],
            edges: vec![edge],
        }
    }

    fn written(write: impl Fn(&Graph, &mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&graph(), &mut out).expect("memory takes all");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn dot_quotes_what_it_must() {
        let dot = written(write_dot);
        assert!(
            dot.contains(r#"  "a" [label="Zoé \"Zed\" Roy\nMagog", access="0.65", kind="person"];"#),
            "{dot}"
        );
        assert!(dot.contains(r#"  "a" -- "b\"" [weight=40, penwidth=1.70, label="works & plays", style=dashed, stated="false"];"#), "{dot}");
        assert!(!dot.contains('\u{1b}'));
        assert_eq!(dot.matches('{').count(), dot.matches('}').count());
    }

    #[test]
    fn graphml_declares_its_keys_and_escapes_its_texts() {
        let xml = written(write_graphml);
        for line in [
            r#"  <key id="node-access" for="node" attr.name="access" attr.type="double"/>"#,
            r#"  <key id="edge-stated" for="edge" attr.name="stated" attr.type="boolean"/>"#,
            r#"    <node id="b&quot;">"#,
            r#"      <data key="node-label">&lt;Luc&gt;</data>"#,
            r#"    <edge source="a" target="b&quot;">"#,
            r#"      <data key="edge-weight">0.4</data>"#,
            r#"      <data key="edge-label">works &amp; plays</data>"#,
        ] {
            assert!(xml.contains(line), "{line} is not in\n{xml}");
        }
    }

    #[test]
    fn numbers_are_plain() {
        assert_eq!([plain(0.0), plain(1.0), plain(0.065), plain(f64::NAN)], ["0", "1", "0.065", "0"]);
    }
}
