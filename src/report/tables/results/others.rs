//! The facts of the instruments without levels, and what stands out.
//!
//! Knows the cards of a matrix and of practices. Must not know rounds: these are answered once.

use super::{Cell, Fact, Writer, group, percent};
use crate::domain::axes::AxesCard;
use crate::domain::model::{Kind, Role};
use crate::domain::practices::PracticesCard;
use crate::domain::rules::Facts;
use crate::domain::shares::Share;
use crate::domain::survey::{Cards, Evidence};
use crate::pack::texts::T;
use crate::page::practice;

impl Writer<'_, '_> {
    pub(super) fn axes(&mut self, part: usize, card: &AxesCard) {
        let pack = self.pack;
        let Some(instrument) = pack.survey.instruments.get(part) else { return };
        let Kind::Axes { quadrants, .. } = &instrument.kind else { return };
        let name = |at: usize| quadrants.get(at).map_or("", |id| pack.of(part, &["quadrant.", id, ".name"].concat()));
        self.word(part, T::FactQuadrant, "quadrant", card.quadrant.map_or(pack.t(T::AxesNone), name));
        for at in &card.borders {
            let id = quadrants.get(*at).map_or("", String::as_str);
            self.word(part, T::FactBorder, &["border.", id].concat(), name(*at));
        }
        for axis in &card.axes {
            self.achieved(part, axis.group, &axis.score, "", Some((axis.low, axis.high)));
        }
        for (at, (of, score)) in instrument.model.groups.iter().zip(&card.scores).enumerate() {
            if matches!(of.role, Role::Pillar | Role::Mortar) {
                self.achieved(part, at, score, pack.rating(score.known().then_some(score.rating)), None);
            }
        }
        let (stand, of) = card.ready;
        let value = if of > 0 { Cell::Whole(stand.into()) } else { Cell::Blank };
        self.put(part, pack.t(T::FactReady), "ready", Fact { value, ..Fact::default() });
        self.flag(part, T::FactCemented, "cemented", card.cemented);
        self.flag(part, T::FactChoice, "choice", card.by_choice);
    }

    /// Practices that are begun, and the contact map and the shares where there are any.
    pub(super) fn practices(&mut self, part: usize, card: &PracticesCard, cards: &Cards, evidence: &Evidence) {
        let pack = self.pack;
        let Some(instrument) = pack.survey.instruments.get(part) else { return };
        let Kind::Practices { functions, shares, .. } = &instrument.kind else { return };
        if self.draft.begun(part) {
            for (at, score) in card.scores.iter().enumerate() {
                self.achieved(part, at, score, pack.gate_rating(score), None);
            }
            let weakest = card.weakest.and_then(|at| instrument.model.groups.get(at));
            self.word(part, T::FactWeakest, "weakest", weakest.map_or("", |of| group(pack, part, of)));
        }
        let map = &cards.map;
        if !functions.is_empty() && map.count > 0 {
            self.whole(part, T::FactContacts, "contacts", Some(map.count), "");
            self.whole(part, T::FactWide, "wide", Some(map.wide), "");
            self.whole(part, T::FactDeep, "deep", Some(map.deep), "");
            self.flag(part, T::FactSingle, "single", map.threaded());
            self.whole(part, T::FileUnheld, "unheld", Some(map.unheld), "");
        }
        if *shares && (evidence.own != Share::default() || !evidence.rivals.is_empty()) {
            self.shares(part, cards, evidence);
        }
    }

    /// Everybody's part, the own one first, then where that puts the supplier.
    fn shares(&mut self, part: usize, cards: &Cards, evidence: &Evidence) {
        let pack = self.pack;
        let own = Share { name: pack.t(T::SharesOwn).into(), ..evidence.own.clone() };
        for share in [&own].into_iter().chain(&evidence.rivals) {
            for (what, code, known) in [(T::ShareTime, "time", share.time), (T::ShareCash, "cash", share.cash)] {
                let value = known.map_or(Cell::Blank, |known| percent(10 * u32::from(known)));
                let group = if share.name.is_empty() { "?" } else { &share.name };
                let words = if known.is_none() { pack.t(T::Unknown) } else { "" };
                self.put(part, pack.t(what), code, Fact { group, value, words, ..Fact::default() });
            }
        }
        let table = &cards.table;
        for (what, code, column) in
            [(T::FactTimeRank, "time-rank", &table.time), (T::FactCashRank, "cash-rank", &table.cash)]
        {
            self.whole(part, what, code, column.rank, &practice::told(pack, column, &evidence.rivals));
        }
        self.flag(part, T::FactAhead, "ahead", table.ahead());
    }

    pub(super) fn readings(&mut self, facts: &Facts) {
        let pack = self.pack;
        let none = pack.survey.instruments.len();
        for reading in pack.survey.readings.iter().filter(|reading| reading.when.holds(facts)) {
            let code = ["reading.", &reading.id].concat();
            self.word(none, T::ReadingsTitle, &code, pack.key(&[&code, ".title"]));
        }
    }
}
