//! `markets` and `market`: how all markets are covered; who connects to one, by which hat, through whom.

use serde::Serialize;

use super::args::{Format, MarketArgs, MarketsArgs, joined};
use super::network;
use super::output::{Style, plain};
use super::session::{Session, unexpected};
use super::{Failure, Outcome, change, table};
use crate::domain::contact::MarketHow;
use crate::domain::problem::{Brief, Problem, UsageProblem};
use crate::exchange::native::Word as _;
use crate::insight::network::Level;
use crate::protocol::markets::{Ask, AskWhy, Connector, Hat, MarketLine, MarketPage, MarketsMap, Settle};
use crate::protocol::{Job, Reply};
use crate::text::fold;
use crate::wording::errors::Worded;
use crate::wording::{Lang, markets as wording, records};

/// Connectors shown to a person who did not say how many.
const SHOWN: usize = 20;

/// How all markets are covered.
pub fn all(session: &mut Session, args: &MarketsArgs) -> Outcome {
    let Reply::Markets(map) = session.ask(Job::Markets { region: args.region.clone() })? else {
        return Err(unexpected());
    };
    let mut lines: Vec<&MarketLine> = map.lines.iter().filter(|line| !line.hidden).collect();
    if args.gaps {
        lines.retain(|line| line.level == Level::None);
        lines.sort_by_key(|line| std::cmp::Reverse(line.presence));
    }
    if args.format != Format::Table {
        let lang = session.lang();
        let written = lines.iter().map(|line| serde_json::to_string(&line_of(line, lang)));
        let written: Vec<String> = written.collect::<Result<_, _>>().map_err(std::io::Error::from)?;
        session.out.json_list(written.into_iter(), args.format == Format::Jsonl)?;
        return if lines.is_empty() { Err(Failure::Said(1)) } else { Ok(()) };
    }
    if !args.gaps {
        lines.retain(|line| line.presence > 0);
    }
    overview(session, &map, &lines, args.gaps)
}

/// The markets for people: the tree with bars, then what the figures rest on.
fn overview(session: &mut Session, map: &MarketsMap, lines: &[&MarketLine], gaps: bool) -> Outcome {
    let (lang, words) = (session.lang(), session.words());
    let people = match &map.region {
        Some(region) => {
            let there = map.regions.iter().find(|(own, _)| own == region).map_or(0, |(_, count)| *count);
            words.markets_people_in(there, wording::name(region, lang))
        }
        None => words.markets_people(map.ground.people, map.ground.met),
    };
    if lines.is_empty() {
        let said = if gaps { words.markets_no_gaps() } else { words.markets_nobody() };
        return Err(Failure::Worded(Worded::new(said).hint(words.markets_nobody_hint()), 1));
    }
    let heading = session.out.paint(Style::Title, &people);
    session.out.line(&heading)?;
    let rows: Vec<[String; 5]> = lines.iter().map(|line| row(line, gaps, lang)).collect();
    let styles = [Style::Plain, Style::Plain, Style::Muted, Style::Muted, Style::Plain];
    table::write(&mut session.out, styles, &rows)?;
    let notes: Vec<String> = map.missing.iter().map(|missing| wording::missing(*missing, lang)).collect();
    if !notes.is_empty() {
        session.out.line("")?;
        session.out.line(&words.stats_missing())?;
        for note in notes {
            session.out.line(&format!("  {note}"))?;
        }
    }
    if !gaps {
        let closed = map.lines.iter().filter(|line| !line.hidden && line.level == Level::None).count();
        session.out.line("")?;
        session.out.line(&words.markets_closed(closed))?;
    }
    Ok(())
}

fn row(line: &MarketLine, flat: bool, lang: Lang) -> [String; 5] {
    let words = lang.catalogue();
    let indent = if line.parent.is_some() && !flat { "  " } else { "" };
    let door = line.sole_doors.first().map(|door| words.markets_sole_door(plain(&door.name)));
    [
        format!("{indent}{}", plain(wording::name(&line.market, lang))),
        wording::bar(line.reach),
        wording::level(line.level, lang),
        presence(line, lang),
        door.unwrap_or_default(),
    ]
}

/// How many people, and how many of them by the user's word.
fn presence(line: &MarketLine, lang: Lang) -> String {
    let words = lang.catalogue();
    match line.stated {
        0 => words.markets_presence(line.presence),
        stated => words.markets_presence_stated(line.presence, stated),
    }
}

/// A market, for scripts.
#[derive(Serialize)]
struct LineOf<'a> {
    slug: &'a str,
    name: &'a str,
    naics: &'a str,
    reach: f64,
    level: &'static str,
    presence: usize,
    stated: usize,
    inferred: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    sole_door: Option<&'a str>,
}

fn line_of(line: &MarketLine, lang: Lang) -> LineOf<'_> {
    LineOf {
        slug: &line.market.slug,
        name: wording::name(&line.market, lang),
        naics: &line.naics,
        reach: network::thousandths(line.reach),
        level: match line.level {
            Level::None => "none",
            Level::Thin => "thin",
            Level::Fair => "fair",
            Level::Strong => "strong",
        },
        presence: line.presence,
        stated: line.stated,
        inferred: line.inferred,
        sole_door: line.sole_doors.first().map(|door| door.uid.as_str()),
    }
}

/// One market: shown, or somebody's tie to it settled.
pub fn one(session: &mut Session, args: &MarketArgs) -> Outcome {
    let name = joined(&args.name);
    let settled =
        [(&args.accept, Settle::Accept), (&args.refuse, Settle::Refuse), (&args.forget, Settle::Forget)];
    if let Some((Some(who), settle)) = settled.into_iter().find(|(who, _)| who.is_some()) {
        let how = args.how.as_deref().map(|how| how_of(how, session.lang())).transpose()?;
        let job = Job::SettleMarket { who: who.clone(), market: name, how, settle };
        let reply = session.ask(job)?;
        return change::tell(session, reply, args.format);
    }
    let limit = args.limit.unwrap_or(if args.format == Format::Table { SHOWN } else { usize::MAX });
    let Reply::Market(page) = session.ask(Job::Market { name, region: args.region.clone(), limit })? else {
        return Err(unexpected());
    };
    if args.format == Format::Table {
        show(session, &page)?;
    } else {
        let written = page.connectors.iter().map(|own| serde_json::to_string(&connector_line(own)));
        let written: Vec<String> = written.collect::<Result<_, _>>().map_err(std::io::Error::from)?;
        session.out.json_list(written.into_iter(), args.format == Format::Jsonl)?;
    }
    if page.connectors.is_empty() { Err(Failure::Said(1)) } else { Ok(()) }
}

/// A kind of hat by its word in either language, or in the native form.
fn how_of(said: &str, lang: Lang) -> Result<MarketHow, Problem> {
    let known = |how: &MarketHow| {
        let names =
            [records::market_how(*how, Lang::En), records::market_how(*how, Lang::Fr), how.word().to_owned()];
        names.iter().any(|name| fold::same(name, said.trim()))
    };
    records::MARKET_HOWS.into_iter().find(known).ok_or_else(|| {
        let allowed = records::MARKET_HOWS.iter().map(|how| records::market_how(*how, lang)).collect();
        Problem::Usage(UsageProblem::UnknownWord { word: said.to_owned(), allowed })
    })
}

/// Somebody tied to a market, for scripts.
#[derive(Serialize)]
struct ConnectorLine<'a> {
    uid: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<&'static str>,
    evidence: &'a str,
    stated: bool,
    access: f64,
    path: Vec<PersonOf<'a>>,
}

#[derive(Serialize)]
struct PersonOf<'a> {
    uid: &'a str,
    name: &'a str,
}

impl<'a> From<&'a Brief> for PersonOf<'a> {
    fn from(brief: &'a Brief) -> Self {
        Self { uid: &brief.uid, name: &brief.name }
    }
}

fn connector_line(own: &Connector) -> ConnectorLine<'_> {
    ConnectorLine {
        uid: &own.person.uid,
        name: &own.person.name,
        how: own.hat.how.as_ref().map(MarketHow::word),
        evidence: own.hat.said(),
        stated: own.hat.stated,
        access: network::thousandths(own.access.value),
        path: own.way.iter().flat_map(|way| &way.hops).map(|hop| PersonOf::from(&hop.person)).collect(),
    }
}

/// One market on a page.
fn show(session: &mut Session, page: &MarketPage) -> Outcome {
    let (lang, words) = (session.lang(), session.words());
    let title = session.out.paint(Style::Title, &plain(&wording::name_and_slug(&page.line.market, lang)));
    session.out.line(&title)?;
    let reach = format!("{} {}", wording::bar(page.line.reach), wording::level(page.line.level, lang));
    let mut facts = vec![reach, presence(&page.line, lang)];
    facts.extend(page.region.as_ref().map(|region| plain(wording::name(region, lang))));
    facts.extend(page.above.as_ref().map(|above| words.market_within(wording::name(above, lang))));
    session.out.line(&facts.join(" · "))?;
    if !page.connectors.is_empty() {
        session.out.line("")?;
        let rows: Vec<[String; 5]> =
            page.connectors.iter().map(|own| connector_row(own, page, lang)).collect();
        let styles = [Style::Muted, Style::Title, Style::Plain, Style::Muted, Style::Muted];
        table::write(&mut session.out, styles, &rows)?;
        let more = page.line.presence.saturating_sub(page.connectors.len());
        if more > 0 {
            session.out.line(&format!("  {}", words.market_more(more)))?;
        }
    }
    let doors: Vec<String> = page.line.sole_doors.iter().map(|door| plain(&door.name)).collect();
    if !doors.is_empty() {
        session.out.line("")?;
        session.out.line(&words.market_doors(doors.join(", ")))?;
    }
    if page.regions.len() > 1 && page.region.is_none() {
        section(session, &words.market_regions())?;
        let rows: Vec<[String; 4]> = page
            .regions
            .iter()
            .map(|own| {
                [
                    format!("  {}", plain(wording::name(&own.region, lang))),
                    wording::bar(own.reach),
                    wording::level(own.level, lang),
                    words.markets_presence(own.presence),
                ]
            })
            .collect();
        table::write(&mut session.out, [Style::Plain, Style::Plain, Style::Muted, Style::Muted], &rows)?;
    }
    if !page.asks.is_empty() {
        section(session, &words.market_asks())?;
        let rows: Vec<[String; 3]> = page.asks.iter().map(|ask| ask_row(ask, lang)).collect();
        table::write(&mut session.out, [Style::Title, Style::Plain, Style::Muted], &rows)?;
    }
    Ok(())
}

fn section(session: &mut Session, heading: &str) -> Outcome {
    session.out.line("")?;
    let heading = session.out.paint(Style::Title, heading);
    Ok(session.out.line(&heading)?)
}

/// Likelihood, name, hat with its evidence, access, through whom.
fn connector_row(own: &Connector, page: &MarketPage, lang: Lang) -> [String; 5] {
    let words = lang.catalogue();
    let through = own.way.as_ref().filter(|way| way.hops.len() > 1).map(|way| {
        let between = &way.hops[..way.hops.len() - 1];
        let names: Vec<String> = between.iter().map(|hop| plain(&hop.person.name)).collect();
        words.market_through(names.join(" → "))
    });
    [
        wording::likelihood_dots(own.likelihood).to_owned(),
        plain(&own.person.name),
        hat(&own.hat, page.line.market.slug == own.hat.market.slug, lang),
        wording::access(own.access, lang),
        through.unwrap_or_default(),
    ]
}

/// How somebody is tied to a market, and on what that rests: *decides · “Mayor” (title)*.
pub fn hat(hat: &Hat, same: bool, lang: Lang) -> String {
    let words = lang.catalogue();
    let mut how = hat.how.map(|how| records::market_how(how, lang)).unwrap_or_default();
    if hat.former {
        let former = format!("({})", words.hat_former());
        how = if how.is_empty() { former } else { [how, former].join(" ") };
    }
    let market = if same { String::new() } else { plain(wording::name(&hat.market, lang)) };
    let evidence = wording::evidence(&plain(hat.said()), hat.source, lang);
    let parts = [how, market, evidence].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" · ")
}

fn ask_row(ask: &Ask, lang: Lang) -> [String; 3] {
    let words = lang.catalogue();
    let (why, tie) = match &ask.why {
        AskWhy::Knows { member, tie } => (
            wording::knows(&plain(&member.name), tie.is_guess(), lang),
            plain(&wording::tie(tie, true, lang)),
        ),
        AskWhy::Member => (words.ask_why_member(), String::new()),
        AskWhy::Near { market } => (words.ask_why_near(plain(wording::name(market, lang))), String::new()),
    };
    [format!("  {}", plain(&ask.person.name)), why, tie]
}
