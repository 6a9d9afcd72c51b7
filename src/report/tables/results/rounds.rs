//! The facts of a round as a whole: headline, gap, movement, agreement, camps, where the answers are furthest apart.
//!
//! Knows rounds and the texts. Must not know what counts as a movement or as disagreement.

use super::super::view;
use super::{Cell, Fact, Writer, group, place};
use crate::domain::answer::Answer;
use crate::domain::model::{Perspective, Place};
use crate::domain::raters::{Agreement, Gap, Whose, camps, differences};
use crate::domain::rounds::Round;
use crate::pack::texts::T;
use crate::page::{history, views};
use crate::report::csv::thousandths;

impl Writer<'_, '_> {
    /// `before` is the last round before it that has a headline.
    pub(super) fn round(&mut self, part: usize, before: Option<&Round>, round: &Round) {
        let pack = self.pack;
        let raters = u32::try_from(round.raters().count()).ok();
        if raters == Some(0) {
            return;
        }
        if let Some(headline) = &round.headline {
            self.who.view = view(pack, headline.whose != Whose::Own);
            self.level(part, "headline.level", Some(headline.level));
            self.position(part, "headline.position", headline.position, headline.range);
            self.confidence(part, "headline.confidence", &headline.confidence);
        } else {
            self.level(part, "headline.level", None);
        }
        self.who.view = "";
        self.whole(part, T::ColBy, "raters", raters, &history::by(pack, round));
        if let Some(gap) = round.gap {
            let value = Cell::Thousandths(gap.thousandths);
            let words = self.apart(gap);
            self.put(part, pack.t(T::ColGap), "gap", Fact { value, words: &words, ..Fact::default() });
        }
        let moved = history::moved(pack, before, round);
        if !moved.is_empty() {
            self.word(part, T::ColMoved, "movement", &moved);
        }
        self.agreement(part, round);
        self.differences(part, round);
    }

    /// Own and customer's view, in a sentence.
    fn apart(&self, gap: Gap) -> String {
        let told = match gap.tenths {
            0 => T::GapSame,
            1.. => T::GapOver,
            _ => T::GapUnder,
        };
        self.pack.fill(told, &[("n", &self.pack.distance(gap))])
    }

    /// Gate by gate; by role where they disagree.
    fn agreement(&mut self, part: usize, round: &Round) {
        let pack = self.pack;
        let Some(model) = pack.survey.instruments.get(part).map(|instrument| &instrument.model) else { return };
        let found = Agreement::of(model, &round.customers);
        for (of, found) in model.groups.iter().zip(&found).filter_map(|(of, found)| Some((of, found.as_ref()?))) {
            let words = pack.t(if found.disagree() { T::AgreeNo } else { T::AgreeYes });
            for (what, code, value) in [(T::ColAgree, "rwg.", found.rwg), (T::ColOff, "ad.", found.ad)] {
                let value = Cell::Thousandths(thousandths(value));
                let fact = Fact { group: group(pack, part, of), value, words, ..Fact::default() };
                self.put(part, pack.t(what), &[code, &of.id].concat(), fact);
            }
        }
        if !found.iter().flatten().any(Agreement::disagree) {
            return;
        }
        for camp in camps(&round.customers) {
            let group = match views::role(pack, &camp.role) {
                "" => pack.t(T::CampRole),
                role => role,
            };
            let fact = Fact { group, value: place(camp.position), ..Fact::default() };
            self.put(part, pack.t(T::CampsTitle), "camp", fact);
        }
    }

    /// The items on which own and customer's view are furthest apart: all of them, where the page shows the first.
    fn differences(&mut self, part: usize, round: &Round) {
        let pack = self.pack;
        let (Some(own), Some(instrument)) = (&round.own, pack.survey.instruments.get(part)) else { return };
        for difference in differences(own, &round.customers) {
            let Some((of, item)) = instrument.model.items().nth(difference.item) else { continue };
            let word = |value| pack.answer(item.scale, Some(Answer::Value(value)));
            let statement = pack.quote(pack.item(Place { part, item: difference.item }, Perspective::Own));
            let said = [("own", word(difference.own)), ("customer", word(difference.customer))];
            let words = [&statement, " ", &*pack.fill(T::AgendaItem, &said)].concat();
            let group = instrument.model.groups.get(of).map_or("", |of| group(pack, part, of));
            let value = Cell::Thousandths(1000 * (i32::from(difference.own) - i32::from(difference.customer)));
            let fact = Fact { group, value, words: &words, ..Fact::default() };
            self.put(part, pack.t(T::AgendaTitle), &["apart.", &item.id].concat(), fact);
        }
    }
}
