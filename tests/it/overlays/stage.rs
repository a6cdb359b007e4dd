//! A stage for one overlay: a small invented world at a fixed moment, keys that go through the user's keymap, and
//! pictures of what is drawn.

use std::sync::Arc;

use openbar::domain::Book;
use openbar::domain::change::Record;
use openbar::domain::contact::{
    Address, AddressForm, Closeness, Contact, Labelled, Language, MarketHow, MarketTie, Met, MetHow, Phone,
    Role, RoleKind, Stage as Where,
};
use openbar::domain::event::Event;
use openbar::domain::id::{ContactId, EventId, TieId};
use openbar::domain::tie::{Tie, TieKind};
use openbar::domain::time::{Date, PartialDate, Timestamp};
use openbar::insight::Snapshot;
use openbar::insight::search::Index;
use openbar::protocol::{Notice, Reply, StickyEvent};
use openbar::tui::app::{App, Message, Settings};
use openbar::tui::command::Keymap;
use openbar::tui::effect::{Effect, Tag, View};
use openbar::tui::key::Key;
use openbar::tui::layer::{Cx, Input, Layer};
use openbar::tui::overlays;
use openbar::tui::pictures::Choice;
use openbar::tui::theme::Palette;
use openbar::wording::Lang;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use uuid::Uuid;

/// One overlay over nothing.
pub struct Stage {
    app: App,
    layer: Box<dyn Layer>,
    area: Rect,
    sticky: Option<StickyEvent>,
}

impl Stage {
    /// Opens a view in the small world.
    pub fn open(lang: &str, view: View) -> Self {
        Self::open_with(lang, view, world(), None)
    }

    /// Opens a view in another world.
    pub fn open_with(lang: &str, view: View, book: Book, sticky: Option<StickyEvent>) -> Self {
        let app = app(lang, book);
        let layer = overlays::open(view, &Cx { sticky: sticky.as_ref(), ..app.cx() });
        Self::of(app, layer, sticky)
    }

    /// Takes a layer made by the test.
    pub fn with(lang: &str, layer: Box<dyn Layer>) -> Self {
        Self::of(app(lang, world()), layer, None)
    }

    fn of(app: App, layer: Box<dyn Layer>, sticky: Option<StickyEvent>) -> Self {
        Self { app, layer, area: Rect::new(0, 0, 120, 34), sticky }
    }

    /// The first thing that a layer hears.
    pub fn refresh(&mut self) -> Vec<Effect> {
        self.input(Input::Refreshed)
    }

    /// Another size of the terminal.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.area = Rect::new(0, 0, width, height.saturating_sub(2));
        self.input(Input::Refreshed);
    }

    /// Hides what presentation mode hides.
    pub fn present(&mut self) {
        self.app.update(Message::Key(Key::char('P')));
    }

    /// Another state of the records.
    pub fn book(&mut self, book: Book) -> Vec<Effect> {
        self.app.update(news(book));
        self.input(Input::Refreshed)
    }

    /// Presses a key, as the key file writes it.
    pub fn press(&mut self, key: &str) -> Vec<Effect> {
        let key: Key = key.parse().expect("a key");
        match Keymap::default().command(key, self.layer.place(), self.layer.typing()) {
            Some(command) if self.layer.enabled(command, &self.app.cx()) => {
                self.input(Input::Command(command))
            }
            Some(_) => Vec::new(),
            None => self.input(Input::Key(key)),
        }
    }

    /// Types a text, character by character; gives the effects of the last one.
    pub fn type_text(&mut self, text: &str) -> Vec<Effect> {
        text.chars().map(|c| self.press(&c.to_string().replace(' ', "space"))).last().unwrap_or_default()
    }

    /// Answers a job.
    pub fn reply(&mut self, tag: Tag, reply: &Reply) -> Vec<Effect> {
        self.input(Input::Reply(tag, reply))
    }

    /// Anything.
    pub fn input(&mut self, input: Input<'_>) -> Vec<Effect> {
        let cx = Cx { sticky: self.sticky.as_ref(), ..self.app.cx() };
        self.layer.update(input, self.area, &cx)
    }

    /// Whether characters are text now.
    pub fn typing(&self) -> bool {
        self.layer.typing()
    }
}

/// What is drawn on a terminal of this size, without header and footer, blanks at line ends cut.
pub fn picture(stage: &Stage, width: u16, height: u16) -> String {
    let area = Rect::new(0, 0, width, height.saturating_sub(2));
    let mut buf = Buffer::empty(area);
    let cx = Cx { sticky: stage.sticky.as_ref(), ..stage.app.cx() };
    stage.layer.view(area, &mut buf, &cx);
    let cursor = stage.layer.cursor(area, &cx);
    assert!(cursor.is_none_or(|at| area.is_empty() || area.contains(at)), "the cursor has left the screen");
    let mut rows = Vec::new();
    for y in 0..area.height {
        let mut row = String::new();
        let mut x = 0;
        while x < area.width {
            let symbol = buf[(x, y)].symbol();
            row.push_str(symbol);
            x += (unicode_width::UnicodeWidthStr::width(symbol) as u16).max(1);
        }
        rows.push(row.trim_end().to_owned());
    }
    rows.join("\n")
}

/// Compares pictures at 80×24 and 120×36 in both languages with those kept.
pub fn pictures(name: &str, make: impl Fn(&'static str) -> Stage) {
    for lang in ["en", "fr"] {
        for (width, height) in [(80, 24), (120, 36)] {
            let mut stage = make(lang);
            stage.resize(width, height);
            insta::assert_snapshot!(
                format!("{name}_{lang}_{width}x{height}"),
                picture(&stage, width, height)
            );
        }
    }
}

fn app(lang: &str, book: Book) -> App {
    let settings = Settings {
        lang: Lang::from_tag(lang).expect("a language"),
        palette: Palette::Dark,
        indexed: false,
        keymap: Keymap::default(),
        region: "CA".into(),
        pictures: Choice::HalfBlocks,
        demo: false,
    };
    let mut app = App::new(settings, now(), today(), (120, 36));
    for message in digest(&book) {
        app.update(message);
    }
    app.update(news(book));
    app
}

fn news(book: Book) -> Message {
    let index = Arc::new(Index::build(&book));
    Message::Notice(Notice::Book(Snapshot { book: Arc::new(book), index, loaded: true, roll: None }))
}

fn digest(book: &Book) -> [Message; 2] {
    let vocabulary = openbar::insight::vocabulary::Vocabulary::build(book);
    let agenda = openbar::insight::agenda::agenda(book, today());
    [Message::Agenda(Arc::new(agenda)), Message::Vocabulary(Arc::new(vocabulary))]
}

/// The fixed moment.
pub fn now() -> Timestamp {
    "2026-11-16T15:00:00Z".parse().expect("a moment")
}

/// The day of the fixed moment.
pub fn today() -> Date {
    "2026-11-16".parse().expect("a day")
}

/// The event that cards come from, as it may be set.
pub fn sticky() -> StickyEvent {
    StickyEvent { name: "Souper de la chambre".into(), on: "2026-11-12".parse().expect("a day") }
}

/// A person's identifier.
pub fn id(n: u128) -> ContactId {
    ContactId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n))
}

/// Réjean, with a bit of everything.
pub const REJEAN: u128 = 1;
/// Marie, a friend.
pub const MARIE: u128 = 2;
/// John, with next to nothing.
pub const JOHN: u128 = 3;
/// Louise, with four hats.
pub const LOUISE: u128 = 4;

/// The small world.
pub fn world() -> Book {
    let mut book = Book::default();
    for contact in [rejean(), marie(), john(), louise()] {
        book.put(Record::Contact(Arc::new(contact)));
    }
    book.put(Record::Tie(Arc::new(Tie {
        id: TieId(Uuid::from_u128(51)),
        a: id(REJEAN),
        b: id(LOUISE),
        kind: TieKind::Knows,
        closeness: None,
        note: String::new(),
        since: None,
    })));
    for (n, name, on) in
        [(61, "Souper de la chambre", "2026-11-12"), (62, "Salon de l’habitation", "2026-02-05")]
    {
        book.put(Record::Event(Arc::new(Event {
            id: EventId(Uuid::from_u128(n)),
            name: name.into(),
            on: Some(PartialDate::parse(on)),
            town: "Magog".into(),
            series: String::new(),
            note: String::new(),
        })));
    }
    book
}

fn person(n: u128, full: &str) -> Contact {
    let mut contact = Contact::new(id(n), "2026-11-12T22:10:00Z".parse().expect("a moment"));
    contact.name.full = full.into();
    let (given, family) = full.split_once(' ').unwrap_or((full, ""));
    (contact.name.given, contact.name.family) = (given.into(), family.into());
    contact
}

fn hat(title: &str, org: &str, kind: RoleKind) -> Role {
    Role { title: title.into(), org: org.into(), kind, ..Role::default() }
}

fn labelled(value: &str, label: &str) -> Labelled {
    Labelled { value: value.into(), label: label.into() }
}

fn rejean() -> Contact {
    let mut contact = person(REJEAN, "Réjean Tremblay");
    contact.roles = vec![hat("vendeur de planches", "Scierie Tremblay", RoleKind::Employment)];
    contact.roles[0].since = Some(PartialDate::parse("2019-04"));
    contact.emails = vec![labelled("rejean@scierie.example", "work")];
    contact.phones = vec![
        Phone { value: "+18195550123".into(), label: "work".into(), ext: "224".into() },
        Phone { value: "+18195550124".into(), label: "mobile".into(), ext: "".into() },
    ];
    contact.urls = vec![
        labelled("https://www.linkedin.com/in/rejean-tremblay", ""),
        labelled("scierietremblay.example", "work"),
    ];
    contact.addresses = vec![Address {
        street: "12, rang du Moulin".into(),
        city: "Magog".into(),
        region: "Québec".into(),
        postal: "J1X 0A1".into(),
        country: "Canada".into(),
        label: "work".into(),
        ..Address::default()
    }];
    contact.met = Some(Met {
        on: Some(PartialDate::parse("2026-11-12")),
        at: "Souper de la chambre".into(),
        how: Some(MetHow::Card),
        via: id(LOUISE).to_string(),
    });
    contact.language = Some(Language::French);
    contact.address_form = Some(AddressForm::Vous);
    contact.stage = Where::Pocket;
    contact.closeness = Closeness::new(2);
    contact.tags = vec!["chambre".into(), "bois".into()];
    contact.values = vec!["planches en bois".into(), "livraison rapide".into()];
    contact.markets = vec![MarketTie {
        market: "foresterie".into(),
        how: Some(MarketHow::Supplies),
        evidence: "vend des planches".into(),
        refused: false,
    }];
    contact.note = "Carte prise poliment.\nSa terrasse en cèdre est citée partout.".into();
    contact.birthday = Some(PartialDate::parse("--04-12"));
    contact.cadence_days = Some(90);
    contact.next = Some("2026-11-20".parse().expect("a day"));
    contact
}

fn marie() -> Contact {
    let mut contact = person(MARIE, "Marie-Ève Côté-Lachapelle de Saint-Étienne-de-Bolton");
    contact.roles = vec![hat("Directrice générale adjointe", "MRC de Memphrémagog", RoleKind::Employment)];
    contact.closeness = Closeness::new(4);
    contact.nature = Some("amie d’enfance".into());
    contact.tags = vec!["chambre".into()];
    contact
}

fn john() -> Contact {
    person(JOHN, "John")
}

fn louise() -> Contact {
    let mut contact = person(LOUISE, "Louise Gagnon");
    contact.roles = vec![
        hat("acéricultrice", "Érablière du Rang 9", RoleKind::Ownership),
        hat("conseillère municipale", "Ville de Magog", RoleKind::Elected),
        hat("membre", "UPA", RoleKind::Member),
        Role {
            former: true,
            until: Some(PartialDate::parse("2021")),
            ..hat("comptable", "Caisse populaire", RoleKind::Employment)
        },
    ];
    contact.tags = vec!["upa".into()];
    contact
}
