//! Small questions about one or several people or a need, one file each: one thing is typed or chosen, Enter does it.
//!
//! Whatever is asked about several people is one step, so that one undo takes it back.

mod about;
mod answered;
mod candidate;
mod closeness;
mod event;
mod follow_up;
mod hat;
mod log;
mod need;
mod shape;
mod tag;
mod tie;

use crate::tui::effect::Prompt;
use crate::tui::layer::{Cx, Layer};

/// Makes the layer of a question.
pub fn open(prompt: Prompt, cx: &Cx<'_>) -> Box<dyn Layer> {
    match prompt {
        Prompt::Log(who) => Box::new(log::Log::new(who)),
        Prompt::FollowUp(who) => Box::new(follow_up::FollowUp::new(who)),
        Prompt::Hat(who) => Box::new(hat::Hat::new(who)),
        Prompt::Closeness(who) => Box::new(closeness::Ask::new(who, cx)),
        Prompt::Tag(who) => Box::new(tag::Tags::new(who, cx)),
        Prompt::Tie(who) => Box::new(tie::TieTo::new(who)),
        Prompt::Event => Box::new(event::EventOf::new(cx)),
        Prompt::Need(need) => Box::new(need::NeedLine::new(need, cx)),
        Prompt::Answered(need) => Box::new(answered::Answered::new(need, cx)),
        Prompt::Candidate(need, who) => Box::new(candidate::CandidateNote::new(need, who, cx)),
        Prompt::Met(who) => Box::new(event::EventOf::of(who, cx)),
    }
}
