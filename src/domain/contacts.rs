//! The contact map: how wide and how deep a supplier is known, and whether it all hangs on one person.
//!
//! Knows scoring.md section 9. Must not know names of functions.

/// Somebody at the customer, and who at the supplier holds the contact.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Contact {
    /// Ids from the pack; blank when not known.
    pub function: String,
    pub seniority: String,
    /// A name, compared without regard to case (of the letters of western Europe) and outer spaces; blank when not known.
    pub holder: String,
}

/// What the map says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ContactMap {
    pub count: u32,
    /// Distinct functions.
    pub wide: u32,
    /// Distinct levels of seniority.
    pub deep: u32,
    /// Who holds more than half of the contacts, and how many: the single thread.
    pub single: Option<(String, u32)>,
    /// Contacts of the holder who has the most; 0 when no holder is known.
    pub most: u32,
    /// Contacts without a holder.
    pub unheld: u32,
}

impl ContactMap {
    pub fn of(contacts: &[Contact]) -> ContactMap {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let distinct = |field: fn(&Contact) -> &str| {
            let fields = contacts.iter().enumerate().filter(|(index, contact)| {
                let value = field(contact);
                !value.is_empty() && !contacts.iter().take(*index).any(|earlier| field(earlier) == value)
            });
            number(fields.count())
        };
        let held = |name: &str| contacts.iter().filter(|other| same(&other.holder, name)).count();
        let holders = || contacts.iter().map(|contact| contact.holder.trim()).filter(|holder| !holder.is_empty());
        let most = holders().map(held).max().unwrap_or(0);
        let single = (2 * most > contacts.len())
            .then(|| holders().find(|holder| held(holder) == most).map(|holder| (holder.into(), number(most))));
        ContactMap {
            count: number(contacts.len()),
            wide: distinct(|contact| &contact.function),
            deep: distinct(|contact| &contact.seniority),
            single: single.flatten(),
            most: number(most),
            unheld: number(held("")),
        }
    }

    /// Does it all hang on one person? With holders missing, the absence of a single thread is proven only when the
    /// largest holder would not have more than half with all of those contacts.
    pub fn threaded(&self) -> Option<bool> {
        let single = self.single.is_some();
        (self.count > 0 && (single || 2 * (self.most + self.unheld) <= self.count)).then_some(single)
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().chars().map(small).eq(b.trim().chars().map(small))
}

/// The small letter, of the letters of western Europe: the tables of all scripts would be 8 kB of the program.
fn small(c: char) -> char {
    match c {
        'À'..='Þ' if c != '×' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        c => c.to_ascii_lowercase(),
    }
}
