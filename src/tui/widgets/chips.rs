//! chips
use crate::tui::theme::Theme;
/// r
#[derive(Default)]
pub struct R {
    /** */
    pub query: crate::domain::query::Query,
    /** */
    pub chips: Vec<u8>,
}
/// s
pub fn style_at(_: &[u8], _: usize, t: &Theme) -> ratatui::style::Style {
    t.text
}
