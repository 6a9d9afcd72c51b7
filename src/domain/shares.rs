//! The share table: who gets this customer's time and cash, in any category.
//!
//! Knows scoring.md section 9. Must not know how it is drawn.

/// One organisation's part of the customer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Share {
    pub name: String,
    /// Percent, 0..=100; `None` is not known.
    pub time: Option<u8>,
    pub cash: Option<u8>,
}

/// Where the supplier stands in one column.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Column {
    /// The sum of what is known, in percent. Above 100 the column is at fault and says nothing else.
    pub sum: u32,
    /// Organisations whose share is not known, the supplier among them.
    pub unknown: u32,
    /// 1 is the largest share; `None` when the own share is not known. Equal shares have equal ranks.
    pub rank: Option<u32>,
    /// The largest rival, as an index into the rivals; the first of equals.
    pub rival: Option<usize>,
    /// Is the largest rival ahead? `None` when that cannot be told.
    pub ahead: Option<bool>,
}

/// Both columns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ShareTable {
    pub time: Column,
    pub cash: Column,
}

impl ShareTable {
    pub fn of(own: &Share, rivals: &[Share]) -> ShareTable {
        ShareTable { time: column(own, rivals, |share| share.time), cash: column(own, rivals, |share| share.cash) }
    }

    /// Is a rival ahead by time or by cash? `None` when neither column can tell.
    pub fn ahead(&self) -> Option<bool> {
        match (self.time.ahead, self.cash.ahead) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        }
    }
}

fn column(own: &Share, rivals: &[Share], part: fn(&Share) -> Option<u8>) -> Column {
    let known = || rivals.iter().filter_map(part);
    let sum = part(own).into_iter().chain(known()).map(u32::from).sum();
    let unknown = rivals.iter().filter(|rival| part(rival).is_none()).count() + usize::from(part(own).is_none());
    let mut column = Column { sum, unknown: u32::try_from(unknown).unwrap_or(u32::MAX), ..Column::default() };
    if sum > 100 {
        return column;
    }
    let largest = rivals.iter().enumerate().filter_map(|(index, rival)| Some((index, part(rival)?)));
    let largest = largest.reduce(|most, other| if other.1 > most.1 { other } else { most });
    column.rival = largest.map(|(index, _)| index);
    if let Some(mine) = part(own) {
        let ahead = known().filter(|share| *share > mine).count();
        column.rank = u32::try_from(ahead + 1).ok();
        // A share that is not known could still be larger, unless there is no room left for it.
        let room = 100u32.saturating_sub(sum) > u32::from(mine) && rivals.iter().any(|rival| part(rival).is_none());
        column.ahead = match largest {
            Some((_, share)) if share > mine => Some(true),
            _ if room => None,
            _ => (!rivals.is_empty()).then_some(false),
        };
    }
    column
}
