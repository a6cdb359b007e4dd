//! How somebody answered a request for an introduction: yes is logged with the tie, no offers the next way.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::Contact;
use crate::domain::id::ContactId;
use crate::insight::introductions;
use crate::protocol::paths::AnswerIntroduction;
use crate::protocol::{Job, Reply};
use crate::tui::command::{Command, Places};
use crate::tui::effect::{Effect, Introduce, Mood, Tag, Toast, View};
use crate::tui::layer::{Cx, Input, Layer};
use crate::tui::mouse::MouseAct;
use crate::tui::widgets::question::Question;
use crate::wording::{asking, dates};

const ANSWERED: Tag = 1;
/// Numbers of the answers.
const YES: usize = 1;
const NO: usize = 2;

/// The question about the oldest request that awaits its answer.
pub struct Answering {
    about: Option<(ContactId, Option<ContactId>)>,
    question: Question,
}

impl Answering {
    /// Asks about the oldest open request in which a person was asked or was to be met.
    pub fn new(who: ContactId, cx: &Cx<'_>) -> Self {
        let book = &cx.snapshot.book;
        let request = introductions::awaited(book, who).into_iter().next();
        let name =
            |id: ContactId| book.contact(id).map(|one| one.display_name().to_owned()).unwrap_or_default();
        let t = cx.t;
        let Some((request, via)) = request.and_then(|request| Some((request, *request.people.first()?)))
        else {
            let nothing = Question::new(t.intro_answer(), t.intro_nothing_asked(), vec![t.intro_later()]);
            return Self { about: None, question: nothing };
        };
        let to = request.people.get(1).copied();
        let on = dates::ago(request.on, cx.today, t.lang());
        let words = match to {
            Some(to) => t.intro_did(name(via), on, name(to)),
            None => t.intro_did_somebody(name(via), on),
        };
        let answers = vec![t.intro_later(), t.intro_yes(), t.intro_no()];
        Self { about: Some((via, to)), question: Question::new(t.intro_answer(), words, answers) }
    }

    fn say(&self, answer: usize, cx: &Cx<'_>) -> Vec<Effect> {
        let book = &cx.snapshot.book;
        let contact = |id: ContactId| book.contact(id).map(AsRef::<Contact>::as_ref);
        let about = self.about.and_then(|(via, to)| Some((contact(via)?, to.and_then(contact))));
        let (Some((via, to)), YES | NO) = (about, answer) else { return vec![Effect::Close] };
        let yes = answer == YES;
        let answer = AnswerIntroduction {
            via: via.uid(),
            to: to.map(Contact::uid),
            yes,
            words: asking::answered(to.map(Contact::display_name), yes, cx.t.lang()),
            closeness: None,
        };
        vec![Effect::Ask(Job::AnswerIntroduction(answer), ANSWERED)]
    }

    /// Yes is told; after a no, the next way is offered.
    fn answered(reply: &Reply, cx: &Cx<'_>) -> Vec<Effect> {
        let Reply::Answered(answered) = reply else { return vec![Effect::Close] };
        let id = |uid: &str| cx.snapshot.book.by_uid(uid).map(|one| one.id);
        let mut effects = vec![Effect::Close];
        let next = answered.next.as_ref().and_then(|way| Some((id(&way.via()?.uid)?, id(&way.last()?.uid)?)));
        let text = match (answered.yes, &answered.to, next) {
            (true, Some(to), _) => cx.t.intro_made(answered.via.name.as_str(), to.name.as_str()),
            (true, None, _) => cx.t.intro_noted(),
            (false, _, Some(_)) => cx.t.intro_next_way(),
            (false, _, None) => cx.t.intro_no_other_way(),
        };
        if let Some((via, to)) = next {
            effects.push(Effect::Show(View::Asking(Introduce {
                via: Some(via),
                to: Some(to),
                market: None,
            })));
        }
        let mood = if answered.yes { Mood::Good } else { Mood::Plain };
        effects.push(Effect::Toast(Toast { mood, text }));
        effects
    }
}

impl Layer for Answering {
    fn place(&self) -> Places {
        Places::QUESTION
    }

    fn update(&mut self, input: Input<'_>, area: Rect, cx: &Cx<'_>) -> Vec<Effect> {
        let answer = match input {
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(command) => self.question.command(command),
            Input::Key(key) => self.question.key(key),
            Input::Mouse(mouse) if mouse.act == MouseAct::Press => self.question.click(mouse.at, area),
            Input::Reply(ANSWERED, reply) => return Self::answered(reply, cx),
            _ => None,
        };
        answer.map(|answer| self.say(answer, cx)).unwrap_or_default()
    }

    fn view(&self, area: Rect, buf: &mut Buffer, cx: &Cx<'_>) {
        self.question.view(area, buf, cx.theme);
    }

    fn cursor(&self, _area: Rect, _cx: &Cx<'_>) -> Option<Position> {
        None
    }
}
