//! `path` and `stats`: the best ways to somebody or into a market, and the network in figures.

use serde::Serialize;
use serde_json::json;

use super::args::{Format, FormatArgs, PathArgs, joined};
use super::markets::hat;
use super::output::{Style, plain};
use super::session::{Session, unexpected};
use super::{Failure, Outcome, table};
use crate::domain::contact::Closeness;
use crate::insight::network::{HubKind, Level, Missing};
use crate::protocol::markets::Stats;
use crate::protocol::paths::{Destination, Paths, Way};
use crate::protocol::{Job, Reply};
use crate::wording::errors::Worded;
use crate::wording::{Lang, dates, markets as wording, records};

/// Ways shown to whoever did not say how many.
const SHOWN: usize = 5;

/// A value between 0 and 1, or a little more, for scripts: what lies beyond three places is noise.
pub fn thousandths(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// The best ways to somebody or into a market.
pub fn path(session: &mut Session, args: &PathArgs) -> Outcome {
    let to = joined(&args.to);
    let limit = args.limit.unwrap_or(SHOWN);
    let Reply::Paths(paths) = session.ask(Job::Path { to, region: args.region.clone(), limit })? else {
        return Err(unexpected());
    };
    if args.format != Format::Table {
        let lang = session.lang();
        let written = paths.ways.iter().map(|way| serde_json::to_string(&way_line(way, lang)));
        let written: Vec<String> = written.collect::<Result<_, _>>().map_err(std::io::Error::from)?;
        session.out.json_list(written.into_iter(), args.format == Format::Jsonl)?;
        return if paths.ways.is_empty() { Err(Failure::Said(1)) } else { Ok(()) };
    }
    show(session, &paths)
}

/// A way, for scripts.
#[derive(Serialize)]
struct WayLine<'a> {
    score: f64,
    hops: Vec<HopLine<'a>>,
}

#[derive(Serialize)]
struct HopLine<'a> {
    uid: &'a str,
    name: &'a str,
    tie: &'static str,
    evidence: String,
}

fn way_line(way: &Way, lang: Lang) -> WayLine<'_> {
    let hop = |hop: &'_ crate::protocol::paths::Hop| wording::tie(&hop.tie, hop.forward, lang);
    let hops = way.hops.iter().map(|own| HopLine {
        uid: &own.person.uid,
        name: &own.person.name,
        tie: wording::tie_word(&own.tie),
        evidence: hop(own),
    });
    WayLine { score: thousandths(way.score), hops: hops.collect() }
}

/// Each way on a line of its own, its steps below.
fn show(session: &mut Session, paths: &Paths) -> Outcome {
    let (lang, words) = (session.lang(), session.words());
    let to = match &paths.to {
        Destination::Person(person) => plain(&person.name),
        Destination::Market(market, None) => plain(wording::name(market, lang)),
        Destination::Market(market, Some(region)) => {
            format!("{} · {}", plain(wording::name(market, lang)), plain(wording::name(region, lang)))
        }
    };
    if paths.ways.is_empty() {
        let worded = Worded::new(words.path_none(to)).hint(words.path_none_hint());
        return Err(Failure::Worded(worded, 1));
    }
    let title = session.out.paint(Style::Title, &to);
    session.out.line(&title)?;
    for way in &paths.ways {
        session.out.line("")?;
        let dots = wording::likelihood_dots(way.likelihood);
        let mut head = words.path_likelihood(dots, wording::likelihood(way.likelihood, lang));
        if way.guess {
            head.push_str(&words.path_guess());
        }
        session.out.line(&head)?;
        let last = way.hops.len() - 1;
        let rows: Vec<[String; 3]> = way
            .hops
            .iter()
            .enumerate()
            .map(|(at, hop)| {
                let arrow = if hop.tie.is_guess() { "⇢" } else { "→" };
                let mut basis = plain(&wording::tie(&hop.tie, hop.forward, lang));
                if let (true, Some(own)) = (at == last, &way.hat) {
                    let same = matches!(&paths.to, Destination::Market(market, _) if *market == own.market);
                    basis = format!("{basis} · {}", hat(own, same, lang));
                }
                [format!("  {}{arrow} {}", "  ".repeat(at), plain(&hop.person.name)), basis, String::new()]
            })
            .collect();
        table::write(&mut session.out, [Style::Plain, Style::Muted, Style::Muted], &rows)?;
        if let Some(asked) = &way.asked {
            let on = dates::day(asked.on, lang);
            let said = match asked.answer {
                None => words.path_asked(on),
                Some(true) => words.path_asked_yes(on),
                Some(false) => words.path_asked_no(on),
            };
            session.out.line(&format!("  {said}"))?;
        }
    }
    Ok(())
}

/// The network in figures.
pub fn stats(session: &mut Session, args: &FormatArgs) -> Outcome {
    let Reply::Stats(stats) = session.ask(Job::Stats)? else { return Err(unexpected()) };
    if args.format != Format::Table {
        return Ok(session.out.json(&document(&stats))?);
    }
    let (lang, words) = (session.lang(), session.words());
    let mut rows: Vec<[String; 2]> = Vec::new();
    let mut row = |label: String, value: String| rows.push([label, value]);
    let [pocket, active, archived] = stats.stages;
    let standing = [
        (pocket, words.stats_pocket(pocket)),
        (active, words.stats_active(active)),
        (archived, words.stats_archived(archived)),
    ];
    let standing = standing.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said);
    row(words.stats_people(), standing.collect::<Vec<_>>().join(" · "));
    let from = stats.sources.iter().map(|(source, count)| match source.as_str() {
        "" => words.stats_by_hand(*count),
        source => format!("{count} {}", plain(source)),
    });
    row(words.stats_from(), from.collect::<Vec<_>>().join(" · "));
    let near = stats.closeness[..6].iter().enumerate().rev().filter(|(_, count)| **count > 0);
    let near = near.filter_map(|(level, count)| {
        let closeness = Closeness::new(level as u8)?;
        Some(format!("{} {count}", records::closeness_dots(closeness)))
    });
    let undeclared = stats.closeness[6];
    let near = near.chain((undeclared > 0).then(|| words.stats_undeclared(undeclared)));
    row(words.stats_closeness(), near.collect::<Vec<_>>().join(" · "));
    row(words.stats_ties(), words.stats_ties_of(stats.ground.ties, stats.ground.tied, stats.ground.hubs));
    let levels = [Level::Strong, Level::Fair, Level::Thin, Level::None];
    let levels = levels.into_iter().zip(stats.levels.iter().rev());
    let levels = levels.map(|(level, count)| format!("{} {count}", wording::level(level, lang)));
    row(words.stats_markets(), levels.collect::<Vec<_>>().join(" · "));
    row(words.stats_placed(), words.stats_placed_of(stats.placed, stats.opening));
    rows.retain(|[_, value]| !value.is_empty());
    table::write(&mut session.out, [Style::Muted, Style::Plain], &rows)?;
    lists(session, &stats)
}

/// Openers, brokers and groups, or what is missing for them.
fn lists(session: &mut Session, stats: &Stats) -> Outcome {
    let (lang, words) = (session.lang(), session.words());
    let heading = |session: &mut Session, text: String| -> Outcome {
        session.out.line("")?;
        let text = session.out.paint(Style::Title, &text);
        Ok(session.out.line(&text)?)
    };
    if !stats.openers.is_empty() {
        heading(session, words.stats_openers())?;
        let rows: Vec<[String; 3]> = stats
            .openers
            .iter()
            .map(|own| {
                let alone: Vec<&str> = own.alone.iter().map(|market| wording::name(market, lang)).collect();
                let alone =
                    if alone.is_empty() { String::new() } else { words.stats_alone(alone.join(", ")) };
                [
                    format!("  {}", plain(&own.person.name)),
                    words.stats_opens(own.markets.len()),
                    plain(&alone),
                ]
            })
            .collect();
        table::write(&mut session.out, [Style::Plain, Style::Muted, Style::Muted], &rows)?;
    }
    if !stats.brokers.is_empty() {
        heading(session, words.stats_brokers())?;
        let rows: Vec<[String; 2]> = stats
            .brokers
            .iter()
            .map(|(person, own)| [format!("  {}", plain(&person.name)), format!("{own:.2}")])
            .collect();
        table::write(&mut session.out, [Style::Plain, Style::Muted], &rows)?;
    }
    if !stats.clusters.is_empty() {
        heading(session, words.stats_clusters(format!("{:.2}", stats.modularity)))?;
        let rows: Vec<[String; 2]> = stats
            .clusters
            .iter()
            .map(|own| {
                let names: Vec<String> = own.people.iter().map(|person| plain(&person.name)).collect();
                let more = own.size.saturating_sub(own.people.len());
                let more = if more > 0 { format!(" +{more}") } else { String::new() };
                [format!("  {}", words.stats_group(own.size)), format!("{}{more}", names.join(", "))]
            })
            .collect();
        table::write(&mut session.out, [Style::Muted, Style::Plain], &rows)?;
    }
    if !stats.missing.is_empty() {
        heading(session, words.stats_missing())?;
        for missing in &stats.missing {
            session.out.line(&format!("  {}", wording::missing(*missing, lang)))?;
        }
    }
    Ok(())
}

/// The figures for scripts. A star network has neither constraint nor clusters: the keys are absent.
fn document(stats: &Stats) -> serde_json::Value {
    let [pocket, active, archived] = stats.stages;
    let [none, thin, fair, strong] = stats.levels;
    let slugs = |markets: &[crate::domain::market::Named]| -> Vec<String> {
        markets.iter().map(|market| market.slug.clone()).collect()
    };
    let hubs = |wanted: HubKind| stats.hubs.iter().find(|(kind, _)| *kind == wanted).map_or(0, |hub| hub.1);
    let mut document = json!({
        "people": { "pocket": pocket, "active": active, "archived": archived, "unread": stats.unread,
                    "met": stats.ground.met, "placed": stats.placed },
        "sources": stats.sources.iter().map(|(source, count)| {
            json!({ "source": if source.is_empty() { "hand" } else { source }, "count": count })
        }).collect::<Vec<_>>(),
        "closeness": { "declared": stats.closeness[..6], "undeclared": stats.closeness[6] },
        "interactions": stats.interactions,
        "ties": { "declared": stats.ground.ties, "people": stats.ground.tied },
        "hubs": { "organisations": hubs(HubKind::Organisation), "events": hubs(HubKind::Event),
                  "associations": hubs(HubKind::Association) },
        "markets": { "none": none, "thin": thin, "fair": fair, "strong": strong },
        "opening": stats.opening,
        "openers": stats.openers.iter().map(|own| {
            json!({ "uid": own.person.uid, "name": own.person.name, "markets": slugs(&own.markets),
                    "alone": slugs(&own.alone) })
        }).collect::<Vec<_>>(),
        "missing": stats.missing.iter().map(|missing| match missing {
            Missing::Ties => "ties",
            Missing::Closeness => "closeness",
            Missing::Meetings => "meetings",
        }).collect::<Vec<_>>(),
    });
    if let (Some(fields), false) = (document.as_object_mut(), stats.ground.is_star()) {
        let brokers = stats.brokers.iter().map(|(person, own)| {
            json!({ "uid": person.uid, "name": person.name, "constraint": thousandths(*own) })
        });
        fields.insert("brokers".into(), brokers.collect());
        let clusters = stats.clusters.iter().map(|own| {
            json!({ "size": own.size, "inward": thousandths(own.inward),
                    "people": own.people.iter().map(|person| &person.uid).collect::<Vec<_>>() })
        });
        fields.insert("clusters".into(), clusters.collect());
        fields.insert("modularity".into(), json!(thousandths(stats.modularity)));
    }
    document
}
