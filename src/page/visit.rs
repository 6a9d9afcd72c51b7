//! What a page needs to know of a visit beside its pack and draft.
//!
//! Knows what is shown and tried on this visit. Must not know a browser.

use super::msg::Loss;
use crate::domain::answer::{Answer, Scale};
use crate::domain::draft::{Action, Draft, Step};
use crate::domain::model::{Form, Place, Survey};
use crate::domain::rows::{LINE_MAX, List, TEXT_MAX};
use crate::storage::codec::Fields;
use crate::storage::home::Home;
use crate::storage::keeper::Trouble;

/// Which page is shown. `Journey` shows the draft's step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Show {
    #[default]
    Start,
    Return,
    Journey,
    /// Somebody was asked to answer: who asks, and what is handed back.
    Invited,
    /// All accounts.
    Accounts,
    Compare,
    /// What a file of accounts would change.
    Import,
    /// The report of what is open, and its files.
    Report,
}

impl Show {
    /// The pages that show no step, as words.
    const WORDS: [(&str, Show); 5] = [
        ("accounts", Show::Accounts),
        ("compare", Show::Compare),
        ("import", Show::Import),
        ("invited", Show::Invited),
        ("report", Show::Report),
    ];

    /// The word of a page that shows no step; blank for the others.
    pub fn word(self) -> &'static str {
        Show::WORDS.iter().find(|(_, show)| *show == self).map_or("", |(word, _)| word)
    }

    pub fn parse(word: &str) -> Option<Show> {
        Show::WORDS.iter().find(|(known, _)| *known == word).map(|(_, show)| *show)
    }
}

/// What this installation is for; the host decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Everything: accounts, people, rounds.
    #[default]
    Workspace,
    /// One run; nothing of accounts is offered.
    Assessment,
    /// The customer's edition: the visitor judges a supplier.
    Customer,
    /// One run in memory, for one person after another.
    Kiosk,
}

impl Mode {
    const WORDS: [(&str, Mode); 4] = [
        ("workspace", Mode::Workspace),
        ("assessment", Mode::Assessment),
        ("customer", Mode::Customer),
        ("kiosk", Mode::Kiosk),
    ];

    pub fn word(self) -> &'static str {
        Mode::WORDS.iter().find(|(_, mode)| *mode == self).map_or("", |(word, _)| word)
    }

    pub fn parse(word: &str) -> Option<Mode> {
        Mode::WORDS.iter().find(|(known, _)| *known == word).map(|(_, mode)| *mode)
    }

    /// May somebody be asked to judge a supplier here?
    pub fn takes_invitations(self) -> bool {
        matches!(self, Mode::Workspace | Mode::Customer)
    }

    /// Is this page one that is shown here? Those of accounts are for a workspace alone.
    pub fn shows(self, show: Show) -> bool {
        match show {
            Show::Accounts | Show::Compare | Show::Import => self == Mode::Workspace,
            Show::Invited => self.takes_invitations(),
            Show::Start | Show::Return | Show::Journey | Show::Report => true,
        }
    }

    /// Whose draft a word of the history names (see [`Home::word`]); the draft by itself where that is no business of
    /// this place.
    pub fn home(self, word: &str) -> Home {
        match Home::parse(word) {
            Home::Account(_) if self != Mode::Workspace => Home::Draft,
            Home::Invite(_) if !self.takes_invitations() => Home::Draft,
            home => home,
        }
    }
}

/// How the table of accounts is shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Table {
    /// Code of the column; blank for the default. See `page::accounts`.
    pub sort: String,
    pub down: bool,
    /// What is searched for, then the choices above the table.
    pub filters: [String; 4],
    /// Which page of the table, from 0.
    pub leaf: usize,
    /// What is compared: an account's id, or the number of a round of the open one.
    pub picks: Vec<String>,
}

/// The result on its way to the pack's owner. In no draft.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lead {
    /// Name, company, e-mail address, message, as typed.
    pub fields: [String; 4],
    /// The sentence is agreed to.
    pub consent: bool,
    /// Tells a second copy of a message from a second message; there once the sentence is agreed to.
    pub id: String,
    /// Blank, `consent` (it is missing), `sending`, `queued`, `unsent`, `sent` or `failed`. Behind a tab: when it was
    /// sent (`2026-11-22T14:05`), why it failed (a status, `timeout`, `csp`, `cors`, `network`, `address`), or that what
    /// is queued is tried again now.
    pub state: String,
}

impl Lead {
    /// The most characters in a field.
    pub fn most(which: usize) -> usize {
        if which == 3 { TEXT_MAX } else { LINE_MAX }
    }

    /// For another result: what was typed stays, but it is agreed to anew, and what became of the last one is told no
    /// more, unless it is under way.
    pub fn anew(&mut self) {
        self.consent = false;
        self.id.clear();
        if !(self.state.starts_with("queued") || self.state == "sending") {
            self.state.clear();
        }
    }
}

/// What an account of a file would do here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Change {
    Added,
    Changed,
    Same,
}

/// One account of a file that is to be taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coming {
    pub id: String,
    pub name: String,
    pub change: Change,
    /// It is taken in when the user agrees.
    pub take: bool,
    /// The file's is older than the one that is here, by its revision.
    pub older: bool,
}

/// A question that a page asks before it does something that cannot be undone.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    Loss(Loss),
    /// A file that would replace the answers that are there.
    Replace(Box<Draft>, Vec<String>),
    /// Answers that came back once before: the question.
    Return(String),
}

/// A value that could not be taken.
#[derive(Clone, PartialEq, Debug)]
pub struct Refused {
    pub at: (List, u32, usize),
    pub text: String,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Visit {
    pub show: Show,
    pub mode: Mode,
    /// Who is told level and position at the end, as a host name; blank for nobody.
    pub report: String,
    /// Address of the pack's logo; blank for none.
    pub logo: String,
    pub form: Form,
    /// Account and part as typed on the start page.
    pub names: [String; 2],
    pub trouble: Option<Trouble>,
    /// Sentences about what was found or opened, shown until the next step.
    pub notices: Vec<String>,
    /// Something could not be read and is there for a download.
    pub unread: bool,
    pub ask: Option<Ask>,
    /// The error summary of the page is shown.
    pub blanks_shown: bool,
    /// Items whose note is open.
    pub open_notes: Vec<Place>,
    pub what_if: Vec<(Place, Option<Answer>)>,
    /// Where Done leads to after a change.
    pub return_to: Option<Step>,
    pub refused: Option<Refused>,
    /// The row that is being dragged.
    pub drag: Option<u32>,
    /// What has just been done, for those who do not see it.
    pub said: String,
    /// The program of the later pages, or their texts, could not be fetched.
    pub missed: bool,
    /// Today, and the day of the draft in words.
    pub today: String,
    pub day: String,
    /// Name of the workspace, as in its keys.
    pub name: String,
    /// Id of the account that is open; blank for a draft that belongs to none.
    pub account: String,
    /// How many accounts there are.
    pub accounts: usize,
    /// The own company's name.
    pub company: String,
    pub table: Table,
    /// Address of the page, without query and fragment.
    pub here: String,
    /// A QR code: the selector of the element whose text it has, the modules of a side, and its dark ones as a path.
    pub qr: (String, String),
    pub paste: String,
    /// Of a file of accounts: what it would do, and what of it could not be read.
    pub coming: Vec<Coming>,
    pub faults: Vec<String>,
    /// What was taken in last can be put back.
    pub undo: bool,
    /// Goes up whenever a stored account may have changed.
    pub stamp: u32,
    pub lead: Lead,
}

impl Visit {
    /// The draft with the what-ifs in it.
    pub fn supposed(&self, draft: &Draft) -> Draft {
        self.what_if.iter().fold(draft.clone(), |draft, (at, answer)| draft.apply(Action::Answer(*at, *answer)))
    }

    /// What the later pages need, as one text: the draft, where there is one, and what is tried on this visit.
    pub fn write(&self, survey: &Survey, draft: Option<&Draft>) -> String {
        let mut fields = draft.map_or_else(Fields::default, |draft| Fields::of(survey, draft, 0));
        let mut put = |key: &str, value: String| fields.list.push((key.into(), value));
        put("@today", self.today.clone());
        put("@day", self.day.clone());
        put("@drag", self.drag.unwrap_or(0).to_string());
        put("@blanks", String::from(if self.blanks_shown { "x" } else { "" }));
        put("@return", String::from(if self.return_to.is_some() { "x" } else { "" }));
        let notes = self.open_notes.iter().map(|at| [&*at.part.to_string(), ".", &at.item.to_string()].concat());
        put("@notes", notes.collect::<Vec<_>>().join(" "));
        let codes = self.what_if.iter().map(|(at, answer)| {
            [&*at.part.to_string(), ".", &at.item.to_string(), ".", answer.map_or("", Answer::code)].concat()
        });
        put("@whatif", codes.collect::<Vec<_>>().join(" "));
        put("@show", self.show.word().into());
        put("@mode", self.mode.word().into());
        for (key, text) in [
            ("@name", &self.name),
            ("@account", &self.account),
            ("@company", &self.company),
            ("@here", &self.here),
            ("@report", &self.report),
        ] {
            put(key, text.clone());
        }
        put("@form", self.form.code().into());
        put("@accounts", self.accounts.to_string());
        put("@stamp", self.stamp.to_string());
        put("@qr", [&*self.qr.0, "\n", &self.qr.1].concat());
        put("@paste", self.paste.clone());
        put("@undo", String::from(if self.undo { "x" } else { "" }));
        let Table { sort, down, filters, leaf, picks } = &self.table;
        put("@table", [sort.as_str(), if *down { "x" } else { "" }, &leaf.to_string(), &picks.join(" ")].join("\n"));
        put("@filters", filters.join("\n"));
        let coming = self.coming.iter().map(|coming| {
            let change = match coming.change {
                Change::Added => "a",
                Change::Changed => "c",
                Change::Same => "s",
            };
            let flag = |on: bool| if on { "x" } else { "-" };
            [&coming.id, change, flag(coming.take), flag(coming.older), &coming.name].join(" ")
        });
        put("@coming", coming.collect::<Vec<_>>().join("\n"));
        put("@faults", self.faults.join("\n"));
        let Lead { fields: typed, consent, id, state } = &self.lead;
        for (key, text) in ["@lead0", "@lead1", "@lead2", "@lead3"].into_iter().zip(typed) {
            put(key, text.clone());
        }
        put("@consent", String::from(if *consent { "x" } else { "" }));
        put("@send", [&**id, " ", state].concat());
        if let Some(Refused { at: (list, id, field), text }) = &self.refused {
            put("@refused", [list.spec().code, " ", &id.to_string(), " ", &field.to_string(), " ", text].concat());
        }
        fields.write()
    }

    /// Reads what [`Visit::write`] writes.
    pub fn read(text: &str, survey: &Survey, pack: &str) -> Option<(Visit, Draft)> {
        let fields = Fields::read(text).ok()?;
        let draft = fields.draft(survey, pack).draft;
        let get = |key: &str| fields.get(key).unwrap_or("");
        // Places, each with the code of an answer behind it where it is tried.
        let places = |key: &str| {
            let codes = get(key).split(' ').filter_map(|code| {
                let mut words = code.split('.');
                let at = Place { part: words.next()?.parse().ok()?, item: words.next()?.parse().ok()? };
                Some((at, Scale::Frequency.parse(words.next().unwrap_or(""))))
            });
            codes.collect::<Vec<_>>()
        };
        let mut words = get("@refused").splitn(4, ' ');
        let refused = (|| {
            let at = (List::parse(words.next()?)?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
            Some(Refused { at, text: words.next()?.into() })
        })();
        let lines = |key: &str| get(key).split('\n').filter(|line| !line.is_empty()).map(String::from).collect();
        let mut table = get("@table").split('\n');
        let mut cell = || table.next().unwrap_or("");
        let mut filters = get("@filters").split('\n');
        let table = Table {
            sort: cell().into(),
            down: !cell().is_empty(),
            leaf: cell().parse().unwrap_or(0),
            picks: cell().split(' ').filter(|pick| !pick.is_empty()).map(String::from).collect(),
            filters: std::array::from_fn(|_| filters.next().unwrap_or("").into()),
        };
        let coming = get("@coming").split('\n').filter_map(|line| {
            let mut words = line.splitn(5, ' ');
            let mut next = || words.next();
            Some(Coming {
                id: next()?.into(),
                change: match next()? {
                    "a" => Change::Added,
                    "c" => Change::Changed,
                    _ => Change::Same,
                },
                take: next()? == "x",
                older: next()? == "x",
                name: next()?.into(),
            })
        });
        let visit = Visit {
            show: Show::parse(get("@show")).unwrap_or(Show::Journey),
            mode: Mode::parse(get("@mode")).unwrap_or_default(),
            report: get("@report").into(),
            form: Form::parse(get("@form")).unwrap_or_default(),
            name: get("@name").into(),
            account: get("@account").into(),
            accounts: get("@accounts").parse().unwrap_or(0),
            company: get("@company").into(),
            here: get("@here").into(),
            stamp: get("@stamp").parse().unwrap_or(0),
            qr: get("@qr").split_once('\n').map(|(of, path)| (of.into(), path.into())).unwrap_or_default(),
            paste: get("@paste").into(),
            undo: !get("@undo").is_empty(),
            lead: Lead {
                fields: ["@lead0", "@lead1", "@lead2", "@lead3"].map(|key| get(key).into()),
                consent: !get("@consent").is_empty(),
                id: get("@send").split(' ').next().unwrap_or("").into(),
                state: get("@send").split_once(' ').map_or("", |(_, state)| state).into(),
            },
            table,
            coming: coming.collect(),
            faults: lines("@faults"),
            today: get("@today").into(),
            day: get("@day").into(),
            drag: get("@drag").parse().ok().filter(|row| *row > 0),
            what_if: places("@whatif"),
            open_notes: places("@notes").into_iter().map(|(at, _)| at).collect(),
            blanks_shown: !get("@blanks").is_empty(),
            // Only whether there is one matters to a page.
            return_to: (!get("@return").is_empty()).then_some(Step::Plan),
            refused,
            ..Visit::default()
        };
        Some((visit, draft))
    }
}
