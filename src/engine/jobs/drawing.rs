//! The network as a graph for other programs: the user, people, the hubs that they share, and what binds them.
//!
//! A hub is a node, joined to its people by dashed edges, so that an organisation of a thousand gives a thousand edges and not
//! half a million. A public graph holds what a public export does: people, their hats' organisations and their stated
//! markets, no ties, no access and nothing of where people were met.

use std::collections::HashMap;
use std::io::{self, Write};

use super::super::derived::Derived;
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::exchange::graph_formats::{Edge, Graph, Node, Value, write_dot, write_graphml};
use crate::exchange::native::Word as _;
use crate::insight::network::{HubKind, TieEvidence};
use crate::protocol::ExportForm;

/// Identifier of the user's node.
const ME: &str = "me";

/// Writes the network; gives the numbers of people and of edges.
pub(super) fn write(
    derived: &Derived,
    wanted: &dyn Fn(&Contact) -> bool,
    public: bool,
    form: ExportForm,
    out: &mut dyn Write,
) -> io::Result<(usize, usize)> {
    let (graph, people) = graph(derived, wanted, public);
    match form {
        ExportForm::GraphMl => write_graphml(&graph, out)?,
        _ => write_dot(&graph, out)?,
    }
    Ok((people, graph.edges.len()))
}

fn graph(derived: &Derived, wanted: &dyn Fn(&Contact) -> bool, public: bool) -> (Graph, usize) {
    let network = derived.network();
    let mut graph = Graph::default();
    let mut uids: HashMap<ContactId, String> = HashMap::new();
    if !public {
        let name = &derived.book.me().name.full;
        let label = if name.is_empty() { ME } else { name };
        graph.nodes.push(node(ME, label, "me"));
    }
    let measures = if public { None } else { Some(derived.measures()) };
    let mut clusters: HashMap<ContactId, usize> = HashMap::new();
    for (number, cluster) in measures.into_iter().flat_map(|own| own.clusters.iter().enumerate()) {
        clusters.extend(cluster.people.iter().map(|person| (*person, number + 1)));
    }
    let constraint: HashMap<ContactId, f32> =
        measures.into_iter().flat_map(|own| own.constraint.iter().copied()).collect();
    for (id, access) in network.people() {
        let Some(contact) = derived.book.contact(id).filter(|contact| wanted(contact)) else { continue };
        let uid = contact.uid();
        let mut own = node(&uid, contact.display_name(), "person");
        let org = contact.main_role().map_or("", |role| role.org.as_str());
        let region = derived.atlas.of(id).and_then(|placed| placed.region.as_ref());
        let links = derived.atlas.links(id).iter().filter(|link| !public || link.is_stated());
        let markets: Vec<&str> =
            links.map(|link| derived.taxonomy().get(link.market).slug.as_str()).collect();
        let mut text = |name, value: &str| {
            if !value.is_empty() {
                own.values.push((name, Value::Text(value.to_owned())));
            }
        };
        text("org", org);
        text("region", region.map_or("", |at| &*at.region));
        text("markets", &markets.join(" "));
        if !public {
            own.values.push(("access", number(access.value)));
            if let Some(cluster) = clusters.get(&id) {
                own.values.push(("cluster", Value::Number(*cluster as f64)));
            }
            if let Some(own_constraint) = constraint.get(&id) {
                own.values.push(("constraint", number(*own_constraint)));
            }
            graph.edges.push(Edge {
                from: ME.into(),
                to: uid.clone(),
                weight: access.value,
                values: vec![("kind", Value::Text("access".into()))],
                ..Edge::default()
            });
        }
        graph.nodes.push(own);
        uids.insert(id, uid);
    }
    if !public {
        ties(derived, &uids, &mut graph);
    }
    hubs(derived, &uids, public, &mut graph);
    (graph, uids.len())
}

/// Declared ties, each once, and who introduced whom.
fn ties(derived: &Derived, uids: &HashMap<ContactId, String>, graph: &mut Graph) {
    for (a, b, strength, tie) in derived.network().declared_pairs() {
        let (Some(from), Some(to)) = (uids.get(&a), uids.get(&b)) else { continue };
        let mut edge = Edge { from: from.clone(), to: to.clone(), weight: strength, ..Edge::default() };
        if let TieEvidence::Declared { tie, kind, .. } = tie {
            // The label reads from one end to the other.
            if derived.book.ties_of(a).any(|own| own.id == tie && own.a == b) {
                std::mem::swap(&mut edge.from, &mut edge.to);
            }
            edge.label = kind.word().into();
        } else {
            edge.label = "via".into();
        }
        edge.values.push(("kind", Value::Text("declared".into())));
        graph.edges.push(edge);
    }
}

/// Hubs that at least two of the people share.
fn hubs(derived: &Derived, uids: &HashMap<ContactId, String>, public: bool, graph: &mut Graph) {
    let network = derived.network();
    for (number, hub) in network.hubs().iter().enumerate() {
        let kind = match hub.kind {
            HubKind::Organisation => "organisation",
            HubKind::Event if public => continue,
            HubKind::Event => "event",
            HubKind::Association => "association",
        };
        let members: Vec<&String> = network.members(hub).filter_map(|person| uids.get(&person)).collect();
        if members.len() < 2 {
            continue;
        }
        let id = format!("hub-{number}");
        graph.nodes.push(node(&id, &hub.name, kind));
        graph.edges.extend(members.into_iter().map(|member| Edge {
            from: id.clone(),
            to: member.clone(),
            weight: hub.strength,
            guess: true,
            values: vec![("kind", Value::Text(kind.into()))],
            ..Edge::default()
        }));
    }
}

fn node(id: &str, label: &str, kind: &str) -> Node {
    Node { id: id.into(), label: label.into(), values: vec![("kind", Value::Text(kind.into()))] }
}

/// A value between 0 and 2 to four places: what lies beyond is noise.
fn number(value: f32) -> Value {
    Value::Number((f64::from(value) * 10_000.0).round() / 10_000.0)
}
