//! The one command table. Keys, footer hints, the palette, help, the user's key overrides and `docs/keys.md` all
//! read it; nothing else binds a key to an action.
//!
//! Invariant, kept by a test: within one context, no key stands for two commands.

use std::collections::HashMap;
use std::fmt;

use super::key::{Code, Key};
use crate::wording::Catalogue;

/// Where a command works: a set of places, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Places(u32);

impl Places {
    /// The home screen.
    pub const TODAY: Self = Self(1);
    /// The stack of cards.
    pub const POCKET: Self = Self(1 << 1);
    /// The list of people.
    pub const PEOPLE: Self = Self(1 << 2);
    /// One person's page.
    pub const PERSON: Self = Self(1 << 3);
    /// The capture bar.
    pub const BAR: Self = Self(1 << 4);
    /// A search line that is being typed.
    pub const QUERY: Self = Self(1 << 5);
    /// A form with several fields.
    pub const FORM: Self = Self(1 << 6);
    /// A list to choose from: palette, files, kinds.
    pub const PICKER: Self = Self(1 << 7);
    /// Text to read: help, reports, history.
    pub const READER: Self = Self(1 << 8);
    /// A question with a few answers.
    pub const QUESTION: Self = Self(1 << 9);
    /// A picture as large as the screen.
    pub const PICTURE: Self = Self(1 << 15);

    /// A list of cards that may be one person's.
    pub const DUPLICATES: Self = Self(1 << 10);
    /// Two cards side by side.
    pub const MERGE: Self = Self(1 << 11);
    /// The markets.
    pub const MARKETS: Self = Self(1 << 16);
    /// A request for an introduction.
    pub const ASKING: Self = Self(1 << 17);
    /// The needs, with one of them under the cursor.
    pub const NEEDS: Self = Self(1 << 18);
    /// The people who could help with a need, with one of them under the cursor.
    pub const HELPERS: Self = Self(1 << 19);

    /// The screens behind the tabs, and a person's page.
    pub const SCREENS: Self = Self::TODAY
        .and(Self::POCKET)
        .and(Self::PEOPLE)
        .and(Self::PERSON)
        .and(Self::MARKETS)
        .and(Self::NEEDS)
        .and(Self::HELPERS);
    /// Screens on which a person is under the cursor.
    pub const WHO: Self = Self::TODAY
        .and(Self::POCKET)
        .and(Self::PEOPLE)
        .and(Self::PERSON)
        .and(Self::MARKETS)
        .and(Self::HELPERS);
    /// Places with a list.
    pub const LISTS: Self =
        Self(Self::SCREENS.0 | Self::PICKER.0 | Self::READER.0 | Self::DUPLICATES.0 | Self::MERGE.0);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any place is in both.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Places({:b})", self.0)
    }
}

/// Chapters of the help page, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chapter {
    /// Moving about.
    Move,
    /// Letting people in.
    Capture,
    /// Changing what is there.
    Change,
    /// Using it.
    Use,
    /// The program itself.
    Program,
}

/// One row of the table.
pub struct Spec {
    /// The command.
    pub command: Command,
    /// Its name in the key file.
    pub name: &'static str,
    /// Its keys unless the user says otherwise, first the one that hints show.
    pub keys: &'static [&'static str],
    /// Where it works.
    pub places: Places,
    /// Its chapter in help.
    pub chapter: Chapter,
    /// Where the footer shows it.
    pub hints: Places,
    /// What it is called.
    pub label: fn(&Catalogue) -> String,
    /// What it does, in one line.
    pub help: fn(&Catalogue) -> String,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $command:ident $name:literal [$($key:literal)*] $places:expr, $chapter:ident,
       hint $hints:expr, $label:ident $help:ident;)+) => {
        /// Everything a key can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $($(#[$doc])* $command,)+
        }

        /// The table.
        pub const TABLE: &[Spec] = &[$(Spec {
            command: Command::$command,
            name: $name,
            keys: &[$($key),*],
            places: $places,
            chapter: Chapter::$chapter,
            hints: $hints,
            label: Catalogue::$label,
            help: Catalogue::$help,
        }),+];
    };
}

const NOWHERE: Places = Places(0);
const TODAY: Places = Places::TODAY;
const POCKET: Places = Places::POCKET;
const PEOPLE: Places = Places::PEOPLE;
const PERSON: Places = Places::PERSON;
const BAR: Places = Places::BAR;
const QUERY: Places = Places::QUERY;
const FORM: Places = Places::FORM;
const PICKER: Places = Places::PICKER;
const READER: Places = Places::READER;
const QUESTION: Places = Places::QUESTION;
const DUPLICATES: Places = Places::DUPLICATES;
const MERGE: Places = Places::MERGE;
const PICTURE: Places = Places::PICTURE;
const MARKETS: Places = Places::MARKETS;
const ASKING: Places = Places::ASKING;
const NEEDS: Places = Places::NEEDS;
const HELPERS: Places = Places::HELPERS;
const SCREENS: Places = Places::SCREENS;
const WHO: Places = Places::WHO;
const LISTS: Places = Places::LISTS;
const EVERYWHERE: Places = SCREENS
    .and(BAR)
    .and(QUERY)
    .and(FORM)
    .and(PICKER)
    .and(READER)
    .and(QUESTION)
    .and(DUPLICATES)
    .and(MERGE)
    .and(PICTURE)
    .and(ASKING);

commands! {
    /// Cursor down.
    Down "down" ["j" "down" "ctrl-n"] LISTS.and(QUERY).and(BAR).and(FORM).and(ASKING), Move, hint NOWHERE, command_down command_down_help;
    /// Cursor up.
    Up "up" ["k" "up"] LISTS.and(QUERY).and(BAR).and(FORM).and(ASKING), Move, hint NOWHERE, command_up command_up_help;
    /// First row.
    First "first" ["g" "home"] LISTS.and(FORM), Move, hint NOWHERE, command_first command_first_help;
    /// Last row.
    Last "last" ["G" "end"] LISTS.and(FORM), Move, hint NOWHERE, command_last command_last_help;
    /// A page down.
    PageDown "page-down" ["pagedown" "ctrl-d"] LISTS.and(QUERY).and(FORM), Move, hint NOWHERE, command_page_down command_page_down_help;
    /// A page up.
    PageUp "page-up" ["pageup" "ctrl-b"] LISTS.and(QUERY).and(FORM), Move, hint NOWHERE, command_page_up command_page_up_help;
    /// To the pane on the left.
    Left "left" ["left"] SCREENS, Move, hint NOWHERE, command_left command_left_help;
    /// To the pane on the right.
    Right "right" ["right"] SCREENS, Move, hint NOWHERE, command_right command_right_help;
    /// Opens what is under the cursor, or accepts.
    Open "open" ["enter"] TODAY.and(PEOPLE).and(PERSON).and(QUERY).and(FORM).and(PICKER).and(READER).and(QUESTION).and(DUPLICATES).and(MARKETS).and(NEEDS).and(HELPERS), Move, hint PEOPLE.and(TODAY).and(PICKER).and(FORM).and(DUPLICATES).and(MARKETS).and(NEEDS), command_open command_open_help;
    /// Back, or closes.
    Back "back" ["esc"] EVERYWHERE, Move, hint PERSON.and(BAR).and(QUERY).and(FORM).and(PICKER).and(READER).and(QUESTION).and(DUPLICATES).and(MERGE).and(PICTURE).and(ASKING), command_back command_back_help;
    /// The next field, pane or completion.
    Next "next" ["tab"] EVERYWHERE, Move, hint BAR.and(FORM).and(ASKING), command_next command_next_help;
    /// The field, pane or completion before.
    Previous "previous" ["shift-tab"] EVERYWHERE, Move, hint NOWHERE, command_previous command_previous_help;
    /// To the home screen.
    GoToday "today" ["1"] SCREENS, Move, hint NOWHERE, command_today command_today_help;
    /// To the pocket.
    GoPocket "pocket" ["2"] SCREENS, Move, hint NOWHERE, command_pocket command_pocket_help;
    /// To the people.
    GoPeople "people" ["3"] SCREENS, Move, hint NOWHERE, command_people command_people_help;
    /// To the needs.
    GoNeeds "needs" ["4"] SCREENS, Move, hint NOWHERE, command_needs command_needs_help;
    /// To the markets.
    GoMarkets "markets" ["5"] SCREENS, Move, hint NOWHERE, command_markets command_markets_help;
    /// The next view of the markets.
    NextView "next-view" ["v"] MARKETS, Move, hint MARKETS, command_next_view command_next_view_help;
    /// The view before.
    PreviousView "previous-view" ["V"] MARKETS, Move, hint NOWHERE, command_previous_view command_previous_view_help;
    /// Shows or hides what is below a market.
    Fold "fold" ["z"] MARKETS, Move, hint MARKETS, command_fold command_fold_help;
    /// Shows or hides everything that is below others.
    FoldAll "fold-all" ["Z"] MARKETS, Move, hint NOWHERE, command_fold_all command_fold_all_help;
    /// Sorts the markets by reach, by people, or as they belong together.
    SortBy "sort" ["s"] MARKETS, Move, hint NOWHERE, command_sort command_sort_help;
    /// Counts the people of one region only.
    Region "region" ["r"] MARKETS, Move, hint MARKETS, command_region command_region_help;
    /// Shows hidden markets too.
    ShowHidden "show-hidden" ["."] MARKETS, Move, hint NOWHERE, command_show_hidden command_show_hidden_help;
    /// The people of a market, as a list.
    MarketPeople "market-people" ["p"] MARKETS, Move, hint NOWHERE, command_market_people command_market_people_help;
    /// Marks or unmarks the row.
    Mark "mark" ["space"] PEOPLE, Move, hint PEOPLE, command_mark command_mark_help;
    /// Marks all rows, or none.
    MarkAll "mark-all" ["*"] PEOPLE.and(POCKET), Move, hint NOWHERE, command_mark_all command_mark_all_help;
    /// Opens the page of the person on the card.
    OpenPage "page" ["p"] POCKET, Move, hint NOWHERE, command_page command_page_help;
    /// Puts the card behind all others.
    Later "later" ["s"] POCKET, Move, hint POCKET, command_later command_later_help;
    /// To the card before.
    Before "before" ["b"] POCKET, Move, hint NOWHERE, command_before command_before_help;
    /// Types a search.
    Search "search" ["/"] SCREENS, Move, hint TODAY.and(PEOPLE), command_search command_search_help;

    /// Shows or hides what is folded away: faint matches, needs that are closed.
    Unfold "unfold" ["z"] NEEDS.and(HELPERS), Move, hint NOWHERE, command_unfold command_unfold_help;

    /// Opens the capture bar.
    Capture "capture" ["a"] SCREENS, Capture, hint SCREENS, command_capture command_capture_help;
    /// Keeps the line; the bar stays open for the next one.
    Keep "keep" ["enter"] BAR, Capture, hint BAR, command_keep command_keep_help;
    /// Sets or clears the event of the whole stack.
    StickyEvent "event" ["ctrl-e"] SCREENS.and(BAR), Capture, hint BAR, command_event command_event_help;
    /// Adds the line to the person proposed.
    AddToProposed "add-to-proposed" ["alt-enter"] BAR, Capture, hint BAR, command_add_to_proposed command_add_to_proposed_help;
    /// Retypes the chip under the cursor.
    RetypeChip "retype" ["ctrl-t"] BAR, Capture, hint BAR, command_retype command_retype_help;
    /// Takes the next value that the line suggests.
    TakeValue "take-value" ["alt-v"] BAR, Capture, hint BAR, command_take_value command_take_value_help;
    /// Writes in the editor what the bar is to take.
    WriteOutside "write" ["ctrl-o"] BAR.and(ASKING), Capture, hint NOWHERE, command_write command_write_help;
    /// Reads files.
    Import "import" ["I"] SCREENS, Capture, hint NOWHERE, command_import command_import_help;

    /// Reopens the person as a line in the bar.
    EditLine "edit" ["e"] WHO, Change, hint PEOPLE.and(PERSON), command_edit command_edit_help;
    /// Opens the person as a form.
    EditForm "form" ["E"] WHO, Change, hint NOWHERE, command_form command_form_help;
    /// Writes the note in the editor.
    EditNote "note" ["N"] PERSON, Change, hint NOWHERE, command_note command_note_help;
    /// Notes an interaction.
    Log "log" ["l"] WHO, Change, hint PERSON.and(PEOPLE), command_log command_log_help;
    /// Sets a follow-up.
    FollowUp "follow-up" ["f"] WHO, Change, hint PERSON.and(TODAY), command_follow_up command_follow_up_help;
    /// Begins or ends a hat.
    Hat "hat" ["h"] WHO, Change, hint PERSON, command_hat command_hat_help;
    /// Sets the closeness.
    Closeness "closeness" ["c"] WHO, Change, hint PERSON, command_closeness command_closeness_help;
    /// Adds or removes a tag.
    Tag "tag" ["#"] WHO, Change, hint NOWHERE, command_tag command_tag_help;
    /// Sets the event where they were met.
    Met "met" ["%"] WHO, Change, hint NOWHERE, command_met command_met_help;
    /// Ties to another person.
    Tie "tie" ["t"] WHO, Change, hint PERSON, command_tie command_tie_help;
    /// Makes one card of two people, or shows one person's lookalikes.
    Merge "merge" ["m"] WHO, Change, hint NOWHERE, command_merge command_merge_help;
    /// Shows who may be in the book twice.
    Duplicates "duplicates" ["D"] SCREENS, Change, hint NOWHERE, command_duplicates command_duplicates_help;
    /// Makes one card of the two side by side.
    MakeOne "make-one" ["enter"] MERGE, Change, hint MERGE, command_make_one command_make_one_help;
    /// Remembers that two cards are not one person's.
    NotSame "not-same" ["n"] DUPLICATES.and(MERGE), Change, hint DUPLICATES.and(MERGE), command_not_same command_not_same_help;
    /// Lets the left card's value stand.
    TakeLeft "take-left" ["left" "h"] MERGE, Change, hint MERGE, command_take_left command_take_left_help;
    /// Lets the right card's value stand.
    TakeRight "take-right" ["right" "l"] MERGE, Change, hint MERGE, command_take_right command_take_right_help;
    /// Lets the values of both cards stand.
    TakeBoth "take-both" ["b" "space"] MERGE, Change, hint MERGE, command_take_both command_take_both_help;
    /// Keeps the other card.
    SwapCards "swap-cards" ["s"] MERGE, Change, hint MERGE, command_swap_cards command_swap_cards_help;
    /// Puts away, or brings back.
    Archive "archive" ["x"] WHO, Change, hint PEOPLE.and(PERSON), command_archive command_archive_help;
    /// Files the card with what was accepted, and goes on to the next.
    FileNext "file-next" ["enter"] POCKET, Change, hint POCKET, command_file_next command_file_next_help;
    /// Files the person: out of the pocket.
    File "file" ["F"] PERSON.and(PEOPLE), Change, hint NOWHERE, command_file command_file_help;
    /// Accepts or refuses what is proposed; marks the card while the stack has the focus.
    Decide "decide" ["space"] POCKET.and(MARKETS).and(PERSON), Change, hint POCKET.and(MARKETS), command_decide command_decide_help;
    /// Adds a market.
    AddMarket "add-market" ["+"] MARKETS, Change, hint NOWHERE, command_add_market command_add_market_help;
    /// Gives a market other names.
    RenameMarket "rename-market" ["R"] MARKETS, Change, hint NOWHERE, command_rename_market command_rename_market_help;
    /// Makes a market part of another one.
    MergeMarket "merge-market" ["&"] MARKETS, Change, hint NOWHERE, command_merge_market command_merge_market_help;
    /// Hides a market, or shows it again.
    HideMarket "hide-market" ["-"] MARKETS, Change, hint NOWHERE, command_hide_market command_hide_market_help;
    /// Notes a need for a market.
    NoteNeed "note-need" ["n"] MARKETS, Change, hint MARKETS, command_note_need command_note_need_help;
    /// Says how a request for an introduction was answered.
    Answer "answer" ["r"] TODAY.and(PERSON), Change, hint TODAY, command_answer command_answer_help;
    /// Notes that the introduction was asked for.
    MarkAsked "asked" ["enter"] ASKING, Change, hint ASKING, command_asked command_asked_help;
    /// Changes the words of a request.
    EditMessage "message" ["e"] ASKING, Change, hint ASKING, command_message command_message_help;
    /// Edits the field of the card in its place.
    EditField "edit-field" ["i" "f2"] POCKET, Change, hint POCKET, command_edit_field command_edit_field_help;
    /// Keeps what was typed as a need that waits for an answer.
    KeepNeed "keep-need" ["ctrl-s" "n"] NEEDS.and(HELPERS).and(PEOPLE).and(QUERY), Change, hint NEEDS.and(HELPERS).and(QUERY), command_keep_need command_keep_need_help;
    /// Changes a need's words, deadline, market and region.
    EditNeed "edit-need" ["e"] NEEDS, Change, hint NEEDS, command_edit_need command_edit_need_help;
    /// Closes a need as answered, or opens it again.
    CloseNeed "close-need" ["c"] NEEDS, Change, hint NEEDS, command_close_need command_close_need_help;
    /// Gives a need up, or opens it again.
    DropNeed "drop-need" ["x"] NEEDS, Change, hint NEEDS, command_drop_need command_drop_need_help;
    /// Will be asked for help.
    Suggest "to-ask" ["s"] HELPERS, Change, hint HELPERS, command_suggest command_suggest_help;
    /// Was asked for help.
    WasAsked "was-asked" ["r"] HELPERS, Change, hint HELPERS, command_was_asked command_was_asked_help;
    /// Has helped.
    Helped "helped" ["+"] HELPERS, Change, hint HELPERS, command_helped command_helped_help;
    /// Is not the one.
    Dismiss "dismiss" ["-"] HELPERS, Change, hint HELPERS, command_dismiss command_dismiss_help;
    /// Notes what came of it.
    CandidateNote "candidate-note" ["N"] HELPERS, Change, hint NOWHERE, command_candidate_note command_candidate_note_help;
    /// Goes through the people found, card by card.
    Sweep "sweep" ["S"] PEOPLE, Change, hint NOWHERE, command_sweep command_sweep_help;
    /// Adds a line to a list of a form.
    AddItem "add-item" ["+" "a"] FORM, Change, hint FORM, command_add_item command_add_item_help;
    /// Empties a field of a form, or takes its line out of a list.
    RemoveItem "remove-item" ["-" "x"] FORM, Change, hint FORM, command_remove_item command_remove_item_help;
    /// Moves a line of a form up.
    MoveUp "move-up" ["K" "alt-up"] FORM, Change, hint NOWHERE, command_move_up command_move_up_help;
    /// Moves a line of a form down.
    MoveDown "move-down" ["J" "alt-down"] FORM, Change, hint NOWHERE, command_move_down command_move_down_help;
    /// Saves a form.
    Save "save" ["ctrl-s"] FORM, Change, hint FORM, command_save command_save_help;
    /// Takes back the last change, or the one under the cursor.
    Undo "undo" ["u"] SCREENS.and(READER).and(DUPLICATES), Change, hint PEOPLE.and(POCKET).and(PERSON).and(READER).and(DUPLICATES), command_undo command_undo_help;
    /// Does it again.
    Redo "redo" ["U"] SCREENS, Change, hint NOWHERE, command_redo command_redo_help;

    /// Who could help, with the words in hand.
    Who "who" ["w"] SCREENS, Use, hint TODAY.and(NEEDS).and(HELPERS), command_who command_who_help;
    /// Whom of the network the person could use.
    CouldUse "could-use" ["W"] WHO, Use, hint PERSON, command_could_use command_could_use_help;
    /// Copies the question to ask one's network.
    CopyQuestion "copy-question" ["Y"] NEEDS.and(HELPERS), Use, hint NEEDS, command_copy_question command_copy_question_help;
    /// Copies a way to reach the person.
    Copy "copy" ["y"] WHO.and(ASKING), Use, hint PERSON.and(ASKING), command_copy command_copy_help;
    /// Opens a link or an address.
    OpenLink "open-link" ["o"] WHO.and(ASKING), Use, hint PERSON.and(ASKING), command_open_link command_open_link_help;
    /// Asks for an introduction.
    Introduce "introduce" ["i"] MARKETS.and(PERSON).and(PEOPLE).and(TODAY).and(HELPERS), Use, hint MARKETS.and(PERSON), command_introduce command_introduce_help;
    /// Shows the picture of the card.
    OpenPicture "picture" ["v"] POCKET.and(PERSON), Use, hint POCKET.and(PERSON), command_picture command_picture_help;
    /// Opens the picture's file with the system's program.
    OpenFile "open-file" ["o"] PICTURE, Use, hint PICTURE, command_open_file command_open_file_help;
    /// The own card.
    Me "me" ["M"] SCREENS, Use, hint NOWHERE, command_me command_me_help;
    /// What was changed.
    History "history" ["H"] SCREENS, Use, hint NOWHERE, command_history command_history_help;
    /// Hides closeness, nature and notes.
    Presentation "presentation" ["P"] SCREENS, Use, hint NOWHERE, command_presentation command_presentation_help;

    /// Lists all commands.
    Palette "palette" [":" "ctrl-p"] SCREENS, Program, hint SCREENS, command_palette command_palette_help;
    /// Explains the keys.
    Help "help" ["?" "f1"] SCREENS, Program, hint SCREENS, command_help command_help_help;
    /// The other language.
    Language "language" ["L"] SCREENS, Program, hint NOWHERE, command_language command_language_help;
    /// The next theme.
    Theme "theme" ["T"] SCREENS, Program, hint NOWHERE, command_theme command_theme_help;
    /// Draws the screen anew.
    Redraw "redraw" ["ctrl-l"] EVERYWHERE, Program, hint NOWHERE, command_redraw command_redraw_help;
    /// Hands the terminal back to the shell until `fg`.
    Suspend "suspend" ["ctrl-z"] EVERYWHERE, Program, hint NOWHERE, command_suspend command_suspend_help;
    /// Leaves.
    Quit "quit" ["q" "ctrl-q"] SCREENS, Program, hint NOWHERE, command_quit command_quit_help;
}

impl Command {
    /// The row of the table.
    pub fn spec(self) -> &'static Spec {
        // The table has one row a command, in the order of the enum; a test keeps it so.
        &TABLE[self as usize]
    }
}

/// Which key does what, after the user's overrides.
#[derive(Clone, Debug)]
pub struct Keymap {
    keys: HashMap<Command, Vec<Key>>,
}

/// What is wrong with an override in the key file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeymapError {
    /// No command has this name; the nearest one has the second.
    UnknownCommand(String, String),
    /// This is no key.
    UnknownKey(String),
    /// This key stands for two commands in one place.
    Taken(String, &'static str, &'static str),
}

impl Default for Keymap {
    fn default() -> Self {
        let parse = |keys: &[&str]| keys.iter().filter_map(|key| key.parse().ok()).collect();
        Self { keys: TABLE.iter().map(|spec| (spec.command, parse(spec.keys))).collect() }
    }
}

impl Keymap {
    /// The table's keys with the user's instead where given: command name to keys.
    pub fn with_overrides(overrides: &[(String, Vec<String>)]) -> Result<Self, KeymapError> {
        let mut map = Self::default();
        for (name, keys) in overrides {
            let Some(spec) = TABLE.iter().find(|spec| spec.name == name) else {
                return Err(KeymapError::UnknownCommand(name.clone(), nearest(name)));
            };
            let keys = keys
                .iter()
                .map(|key| key.parse().map_err(|_| KeymapError::UnknownKey(key.clone())))
                .collect::<Result<Vec<Key>, _>>()?;
            map.keys.insert(spec.command, keys);
        }
        map.clash().map_or(Ok(map.clone()), Err)
    }

    /// The first key that stands for two commands in one place.
    fn clash(&self) -> Option<KeymapError> {
        for (at, one) in TABLE.iter().enumerate() {
            for other in &TABLE[at + 1..] {
                if !one.places.meets(other.places) {
                    continue;
                }
                if let Some(key) =
                    self.keys(one.command).iter().find(|key| self.keys(other.command).contains(key))
                {
                    return Some(KeymapError::Taken(key.to_string(), one.name, other.name));
                }
            }
        }
        None
    }

    /// Keys of a command, first the one that hints show.
    pub fn keys(&self, command: Command) -> &[Key] {
        self.keys.get(&command).map_or(&[], Vec::as_slice)
    }

    /// The command of a key at a place. Where text is typed, keys that type a character are never commands.
    pub fn command(&self, key: Key, place: Places, typing: bool) -> Option<Command> {
        if typing
            && (key.typed().is_some()
                || matches!(key.code, Code::Left | Code::Right | Code::Home | Code::End))
        {
            return None;
        }
        TABLE
            .iter()
            .filter(|spec| spec.places.meets(place))
            .find(|spec| self.keys(spec.command).contains(&key))
            .map(|spec| spec.command)
    }
}

fn nearest(name: &str) -> String {
    let shared = |other: &str| other.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    TABLE.iter().map(|spec| spec.name).max_by_key(|other| shared(other)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum() {
        for (at, spec) in TABLE.iter().enumerate() {
            assert_eq!(spec.command as usize, at, "{}", spec.name);
        }
    }

    #[test]
    fn no_key_stands_for_two_commands_in_one_place() {
        assert_eq!(Keymap::default().clash(), None);
    }

    #[test]
    fn every_default_key_can_be_read() {
        for spec in TABLE {
            for key in spec.keys {
                assert!(key.parse::<Key>().is_ok(), "{}: {key}", spec.name);
            }
        }
    }

    #[test]
    fn typed_characters_are_text_where_text_is_typed() {
        let map = Keymap::default();
        let j = Key::char('j');
        assert_eq!(map.command(j, Places::PEOPLE, false), Some(Command::Down));
        assert_eq!(map.command(j, Places::QUERY, true), None);
        assert_eq!(map.command(Key::plain(Code::Esc), Places::QUERY, true), Some(Command::Back));
    }

    #[test]
    fn overrides_are_checked() {
        let over = |name: &str, key: &str| Keymap::with_overrides(&[(name.into(), vec![key.into()])]);
        assert!(over("undo", "ctrl-u").is_ok());
        assert_eq!(
            over("unod", "z").expect_err("no such command"),
            KeymapError::UnknownCommand("unod".into(), "undo".into())
        );
        assert_eq!(over("undo", "zz").expect_err("no such key"), KeymapError::UnknownKey("zz".into()));
        assert!(matches!(over("undo", "a"), Err(KeymapError::Taken(..))));
    }
}
