//! Where a draft lives: by itself, as an account of the workspace, or as the answers to an invitation.
//!
//! Knows the names of keys. Must not know what stands under them.

/// One of the places that a draft can be kept in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Home {
    /// The one draft of somebody who keeps no accounts.
    #[default]
    Draft,
    /// An account, by its id.
    Account(String),
    /// Answers to an invitation, by its token: they never meet the visitor's own.
    Invite(String),
}

impl Home {
    /// The key of a draft in the workspace called `name`.
    pub fn key(&self, name: &str) -> String {
        match self {
            Home::Draft => ["bsh:draft:", name].concat(),
            Home::Account(id) => [&*accounts(name), id].concat(),
            Home::Invite(token) => [&*invites(name), token].concat(),
        }
    }

    /// The key of what could not be read under [`Home::key`].
    pub fn aside(&self, name: &str) -> String {
        match self {
            Home::Draft => ["bsh:aside:", name].concat(),
            Home::Account(id) | Home::Invite(id) => ["bsh:aside:", name, ":", id].concat(),
        }
    }

    /// A word for the history, which [`Home::parse`] reads.
    pub fn word(&self) -> String {
        match self {
            Home::Draft => "-".into(),
            Home::Account(id) => ["a:", id].concat(),
            Home::Invite(token) => ["i:", token].concat(),
        }
    }

    /// Reads what [`Home::word`] writes; anything else is the draft by itself.
    pub fn parse(word: &str) -> Home {
        match word.split_once(':') {
            Some(("a", id)) if is_id(id) => Home::Account(id.into()),
            Some(("i", token)) if is_id(token) => Home::Invite(token.into()),
            _ => Home::Draft,
        }
    }

    /// The id of an account; blank for another home.
    pub fn account(&self) -> &str {
        if let Home::Account(id) = self { id } else { "" }
    }
}

/// How the keys of all accounts start.
pub fn accounts(name: &str) -> String {
    ["bsh:account:", name, ":"].concat()
}

fn invites(name: &str) -> String {
    ["bsh:invite:", name, ":"].concat()
}

/// The key of the index.
pub fn index(name: &str) -> String {
    ["bsh:workspace:", name].concat()
}

/// The key of a result that waits to be sent: the page's script writes it.
fn sending(name: &str) -> String {
    ["bsh:send:", name].concat()
}

/// Is a key one of those that the workspace called `name` writes?
pub fn is_own(key: &str, name: &str) -> bool {
    let all = [index(name), sending(name), Home::Draft.key(name), Home::Draft.aside(name)];
    let starts = [accounts(name), invites(name), [&*Home::Draft.aside(name), ":"].concat()];
    all.iter().any(|own| own == key) || starts.iter().any(|start| key.strip_prefix(start.as_str()).is_some_and(is_id))
}

/// Eight ASCII letters or digits: an account's id, and an invitation's token.
pub fn is_id(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// An id out of two random numbers below a million.
pub fn id(random: [u32; 2]) -> String {
    let mut rest = u64::from(random[0]) * 1_000_000 + u64::from(random[1]);
    let digit = |rest: u64| char::from_digit(u32::try_from(rest % 36).unwrap_or(0), 36).unwrap_or('0');
    let mut id = String::with_capacity(8);
    for _ in 0..8 {
        id.push(digit(rest));
        rest /= 36;
    }
    id
}
