//! The tables for a spreadsheet, read back by a reader of its own: which rows there are, and that every number is the
//! one of the pages and of the command line.

use crate::cli::bsh;
use crate::support::{
    EDITIONS, answered, any_draft, edition, filled, fresh, hierarchy, place, shipped, survey, with_row,
};
use buy_sell_hierarchy::domain::draft::{Action, Draft, Target};
use buy_sell_hierarchy::domain::model::{Form, Perspective, Role};
use buy_sell_hierarchy::domain::raters::Agreement;
use buy_sell_hierarchy::domain::rounds::{Round, rounds};
use buy_sell_hierarchy::domain::rows::{List, SINGLE, at};
use buy_sell_hierarchy::domain::survey::Cards;
use buy_sell_hierarchy::domain::views::View;
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::T;
use buy_sell_hierarchy::report::csv::thousandths;
use buy_sell_hierarchy::report::tables::{answers, plan, results};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A row by the heads of its columns.
type Row = BTreeMap<String, String>;

/// Reads a table; one whose rows are not equally long is a fault of the reader's.
fn read(text: &str) -> (Vec<String>, Vec<Row>) {
    let text = text.strip_prefix('\u{feff}').expect("a mark");
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let rows = reader.records().map(|row| row.unwrap());
    let rows = rows.map(|row| heads.iter().cloned().zip(row.iter().map(String::from)).collect()).collect();
    (heads, rows)
}

fn rows(text: &str) -> Vec<Row> {
    read(text).1
}

/// The rows in which these columns say this.
fn with<'a>(rows: &'a [Row], said: &[(T, &str)]) -> Vec<&'a Row> {
    let says = |row: &&Row| said.iter().all(|(head, text)| cell(row, *head) == *text);
    rows.iter().filter(says).collect()
}

/// The only one.
fn one<'a>(rows: &'a [Row], said: &[(T, &str)]) -> &'a Row {
    match &with(rows, said)[..] {
        [row] => row,
        other => panic!("{} rows say {:?}", other.len(), said.iter().map(|(_, text)| text).collect::<Vec<_>>()),
    }
}

fn cell(row: &Row, head: T) -> &str {
    &row[edition().t(head)]
}

/// A number in thousandths.
fn number(row: &Row, head: T) -> Option<i64> {
    let text = cell(row, head);
    (!text.is_empty()).then(|| (text.parse::<f64>().unwrap() * 1000.0).round() as i64)
}

const KEY: T = T::FileCode;
const PRESENT: (T, &str) = (T::ColWho, "Your own view");

/// What somebody answered to the items that the short form asks.
fn short(words: &str) -> Draft {
    let mut draft = filled(Form::Short, words);
    for (answer, (_, item)) in draft.given[0].answers.iter_mut().zip(hierarchy().items()) {
        answer.take_if(|_| !item.short);
    }
    draft
}

fn with_view(draft: Draft, (round, who, day): (u32, u32, &str), words: &str, notes: &str) -> Draft {
    let mut sheet = short(words).sheet(0);
    let (first, _) =
        hierarchy().items().map(|(_, item)| item.clone()).enumerate().find(|(_, item)| item.short).unwrap();
    sheet.noted[first] = true;
    let view = View {
        notes: notes.into(),
        ..View::of_sheet(&hierarchy(), &sheet, (round, (who > 0).then_some(who)), day, &draft.pack)
    };
    let fields = view.fields();
    let fields: Vec<(usize, &str)> = fields.iter().map(|(at, text)| (*at, text.as_str())).collect();
    with_row(draft, List::Views, &fields)
}

const TWO: &str = "g2=4 g3=1 g4=0 g5=0";
const THREE: &str = "g2=4 g3=3 g4=0 g5=0";
const FIVE: &str = "g2=4 g3=4 g4=4 g5=4";

/// Two rounds: in the first one the own view alone, in the second one the own view and three people.
fn account() -> Draft {
    let mut draft = with_row(short(THREE), List::About, &[(at::ROUND, "2"), (at::REMIND, "2027-02-01")]);
    for (name, role) in [("A. B.", "sponsor"), ("C. D.", ""), ("", "coach")] {
        draft = with_row(draft, List::People, &[(at::NAME, name), (at::ROLE, role), (at::FUNCTION, "purchasing")]);
    }
    draft = with_view(draft, (1, 0, "2025-02-02"), TWO, "g2-02=They said\\nso in May.\ng9-99=gone");
    for (who, words) in [(1, TWO), (2, TWO), (3, FIVE)] {
        draft = with_view(draft, (2, who, "2026-08-12"), words, "");
    }
    draft
}

fn all(draft: &Draft) -> Vec<Round> {
    rounds(survey(), draft, 0, usize::MAX)
}

#[test]
fn every_asked_item_is_a_row_whether_it_is_answered_or_not() {
    for form in [Form::Short, Form::Full] {
        let told = rows(&answers(edition(), &fresh(form)));
        let signs: usize =
            survey().instruments.iter().map(|part| part.model.signals.len() + part.model.risks.len()).sum();
        let items: usize = survey().instruments.iter().map(|part| part.model.count(form)).sum();
        assert_eq!(told.len(), items + signs);
        for row in &told {
            let said = [T::FilePoints, T::FileAnswer, T::FileGiven, T::NoteLabel].map(|head| cell(row, head));
            assert_eq!(said, [""; 4], "{row:?}");
            assert!(!cell(row, T::FileStatement).is_empty() && !cell(row, T::FileGroup).is_empty(), "{row:?}");
        }
    }
}

#[test]
fn an_answer_is_a_number_a_word_and_a_code() {
    let mut draft = filled(Form::Full, "g2-02=3 g2-04=dk g2-05=na g2-01=0 g4-03=2 by-choice=4 c-02=x");
    draft = draft.apply(Action::Note(place("g2-02"), "In \"May\",\nby mail".into()));
    let told = rows(&answers(edition(), &draft));
    let said = |id: &str| {
        let row = one(&told, &[(KEY, id)]);
        [T::FilePoints, T::FileAnswer, T::FileGiven, T::FileCritical, T::FileNoted].map(|head| cell(row, head))
    };
    assert_eq!(said("g2-02"), ["3", "Usually", "3", "No", "Yes"]);
    assert_eq!(said("g2-04"), ["", "Don't know", "dk", "No", "No"]);
    assert_eq!(said("g2-05"), ["", "Not applicable", "na", "No", "No"]);
    assert_eq!(said("g2-07"), ["", "", "", "No", "No"], "no answer is no answer");
    assert_eq!(said("g2-01"), ["0", "Never", "0", "Yes", "No"]);
    assert_eq!(said("g4-03"), ["2", "In part", "2", "No", "No"]);
    assert_eq!(said("c-02"), ["", "Yes", "x", "No", "No"]);
    assert_eq!(said("c-01"), ["", "", "", "No", "No"]);
    let row = one(&told, &[(KEY, "g2-02")]);
    assert_eq!(cell(row, T::NoteLabel), "In \"May\",\nby mail");
    assert_eq!(cell(row, T::FileStatement), edition().item(place("g2-02"), Perspective::Own));
    assert_eq!(cell(row, T::FileGroup), "From commodity to good product");
    assert_eq!(cell(row, T::FileAsked), "Buy-Sell Hierarchy");
    assert_eq!(
        [T::ColAccount, T::FileDate, T::ColRound].map(|head| cell(row, head)),
        ["Metal Works", "2026-11-22", "1"]
    );
}

#[test]
fn an_account_has_the_answers_of_every_round_and_person() {
    let told = rows(&answers(edition(), &account()));
    let asked = hierarchy().count(Form::Short);
    let count = |said: &[(T, &str)]| with(&told, said).len();
    let signs = hierarchy().signals.len() + hierarchy().risks.len();
    for (who, role) in [("A. B.", "Sponsor"), ("C. D.", ""), ("Somebody without a name 3", "Coach")] {
        let of = [(T::ColWho, who), (T::ColRound, "2"), (T::FileView, "Customer"), (T::FileDate, "2026-08-12")];
        assert_eq!(count(&of), asked, "{who}");
        let row = one(&told, &[(T::ColWho, who), (KEY, "g2-02")]);
        assert_eq!(cell(row, T::FileStatement), edition().item(place("g2-02"), Perspective::Customer));
        // Without a role the function stands for it, as on the pages.
        let role = if role.is_empty() { "Purchasing" } else { role };
        assert_eq!(cell(row, T::ColRole), role);
    }
    let before = [PRESENT, (T::ColRound, "1")];
    assert_eq!(
        count(&[&before[..], &[(T::FileDate, "2025-02-02"), (T::FileView, "Own view")]].concat()),
        asked + signs
    );
    let noted = one(&told, &[&before[..], &[(KEY, "g2-02")]].concat());
    assert_eq!(cell(noted, T::NoteLabel), "They said\nso in May.");
    // Of another person it is known that there is a note, and no more.
    let first = hierarchy().items().find(|(_, item)| item.short).unwrap().1.id.clone();
    let theirs = one(&told, &[(T::ColWho, "A. B."), (KEY, &first)]);
    assert_eq!([T::FileNoted, T::NoteLabel].map(|head| cell(theirs, head)), ["Yes", ""]);
    // The present answers come first.
    assert_eq!((cell(&told[0], T::ColRound), cell(&told[0], T::ColWho)), ("2", PRESENT.1));
    assert_eq!(told.len(), rows(&answers(edition(), &short(THREE))).len() + 3 * asked + asked + signs);
}

#[test]
fn who_judges_a_supplier_reads_the_customers_statements() {
    let mut draft = fresh(Form::Short);
    draft.perspective = Perspective::Customer;
    draft.account = String::new();
    draft = with_row(draft, List::Asked, &[(at::ASKED_TOKEN, "K3F9AC7Q"), (at::ASKED_COMPANY, "Nordic Steel")]);
    draft = answered(answered(draft, "g2=3"), "c-01=x");
    let told = rows(&answers(edition(), &draft));
    assert_eq!(told.len(), survey().instruments.iter().map(|part| part.model.count(Form::Short)).sum::<usize>());
    let row = one(&told, &[(KEY, "g2-02")]);
    assert_eq!(cell(row, T::FileStatement), edition().item(place("g2-02"), Perspective::Customer));
    let said = [T::ColAccount, T::ColWho, T::FileView].map(|head| cell(row, head));
    assert_eq!(said, ["Nordic Steel", "Your view", "Customer"]);
    // No more than the page shows: neither grade nor profile, and nothing of a plan.
    let told = rows(&results(edition(), &draft));
    let keys: Vec<&str> = told.iter().map(|row| cell(row, KEY)).collect();
    assert!(keys.contains(&"hierarchy.level") && keys.contains(&"hierarchy.gate-2"), "{keys:?}");
    assert!(
        keys.iter().all(|key| !["confidence", "price", "target"].iter().any(|part| key.contains(part))),
        "{keys:?}"
    );
    assert_eq!(rows(&plan(edition(), &draft)), Vec::<Row>::new());
}

/// Every number of one person's gates.
fn same_gates(of: &[Row], card: &buy_sell_hierarchy::domain::scorecard::Scorecard) {
    let row = |key: &str| one(of, &[(KEY, key)]);
    let whole = |key: &str| number(row(key), T::FileValue).map(|value| value / 1000);
    assert_eq!(whole("hierarchy.level"), card.standing.strict.map(i64::from));
    assert_eq!(whole("hierarchy.upto"), card.standing.lenient.map(i64::from));
    let place = row("hierarchy.position");
    let range = card.range();
    assert_eq!(number(place, T::FileValue), card.standing.position.map(i64::from));
    assert_eq!(number(place, T::FileLow), range.map(|(low, _)| low.into()));
    assert_eq!(number(place, T::FileHigh), range.map(|(_, high)| high.into()));
    let grade = cell(row("hierarchy.confidence"), T::FileWords);
    assert!(grade.starts_with(card.confidence.grade.letter()), "{grade}");
    for reason in &card.confidence.reasons {
        assert!(!cell(row(&format!("hierarchy.confidence.{}", reason.code())), T::FileWords).is_empty());
    }
    for (gate, level) in card.gates.iter().zip(2..) {
        let row = row(&format!("hierarchy.gate-{level}"));
        let percent = (gate.answered > 0).then(|| i64::from(gate.tenths()) * 100);
        assert_eq!(number(row, T::FileValue), percent);
        let counted = [T::ColAnswered, T::FileApplies].map(|head| cell(row, head).parse::<u32>().unwrap());
        assert_eq!(counted, [gate.answered, gate.applicable]);
        assert_eq!(cell(row, T::FileWords), edition().gate_rating(gate));
    }
    for (variable, key) in card.profile.iter().zip(["competition", "price", "features", "importance"]) {
        assert_eq!(whole(&format!("hierarchy.{key}")), variable.percent.map(i64::from), "{key}");
    }
    let order = row("hierarchy.g");
    assert_eq!(number(order, T::FileValue), Some(card.consistency.g_thousandths().into()));
    let said = if card.consistency.contradiction { "Yes" } else { "No" };
    assert_eq!(cell(row("hierarchy.contradiction"), T::FileWords), said);
}

/// Every number of the other instruments.
fn same_others(of: &[Row], draft: &Draft, cards: &Cards) {
    let row = |key: &str| one(of, &[(KEY, key)]);
    let whole = |key: &str| number(row(key), T::FileValue).map(|value| value / 1000);
    let part = |id: &str| survey().part(id).unwrap();
    let groups = |at: usize| survey().instruments[at].model.groups.iter().zip(cards.parts[at].scores());
    if draft.begun(part("matrix")) {
        let card = cards.axes(part("matrix")).unwrap();
        for (axis, key) in card.axes.iter().zip(["matrix.intellectual", "matrix.emotional"]) {
            let row = row(key);
            let percent = (axis.score.answered > 0).then(|| i64::from(axis.score.tenths()) * 100);
            assert_eq!(number(row, T::FileValue), percent);
            assert_eq!(number(row, T::FileLow), Some(i64::from(axis.low) * 100));
            assert_eq!(number(row, T::FileHigh), Some(i64::from(axis.high) * 100));
        }
        assert_eq!(whole("matrix.ready"), (card.ready.1 > 0).then_some(card.ready.0.into()));
        for (group, score) in groups(part("matrix")).filter(|(group, _)| group.role != Role::Choice) {
            let percent = (score.answered > 0).then(|| i64::from(score.tenths()) * 100);
            assert_eq!(number(row(&format!("matrix.{}", group.id)), T::FileValue), percent);
        }
    }
    if draft.begun(part("practice")) {
        for (group, score) in groups(part("practice")) {
            let percent = (score.answered > 0).then(|| i64::from(score.tenths()) * 100);
            assert_eq!(number(row(&format!("practice.{}", group.id)), T::FileValue), percent);
        }
    }
    if cards.map.count > 0 {
        let map = &cards.map;
        let told = ["contacts", "wide", "deep", "unheld"].map(|key| whole(&format!("practice.{key}")).unwrap());
        assert_eq!(told, [map.count, map.wide, map.deep, map.unheld].map(i64::from));
    }
    if !with(of, &[(KEY, "practice.time-rank")]).is_empty() {
        assert_eq!(whole("practice.time-rank"), cards.table.time.rank.map(i64::from));
        assert_eq!(whole("practice.cash-rank"), cards.table.cash.rank.map(i64::from));
    }
}

#[test]
fn the_numbers_are_those_of_the_command_line() {
    let draft =
        filled(Form::Full, "g2=4 g2-05=na g3=3 g3-07=dk g4=2 g4-02=- g5=1 iv=3 ev=1 ev-2=dk ra=2 c-01=x c-02=x");
    let mut given = serde_json::Map::new();
    for (instrument, of) in survey().instruments.iter().zip(&draft.given) {
        for ((_, item), answer) in instrument.model.items().zip(&of.answers) {
            if let Some(answer) = answer {
                given.insert(item.id.clone(), answer.value().map_or_else(|| answer.code().into(), Value::from));
            }
        }
    }
    let line = json!({"answers": given, "signals": ["c-01", "c-02"]}).to_string();
    let output = bsh(&["score", "--form", "full"], line.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let due: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = rows(&results(edition(), &draft));
    let value = |key: &str, head: T| cell(one(&told, &[(KEY, key)]), head).parse::<f64>().ok();
    let same = |key: &str, head: T, due: &Value, of: f64| {
        assert_eq!(value(key, head), due.as_f64().map(|due| due / of), "{key} {due}");
    };
    for (key, name, of) in [("level", "level", 1.0), ("upto", "upTo", 1.0), ("position", "position", 1000.0)] {
        same(&format!("hierarchy.{key}"), T::FileValue, &due[name], of);
    }
    same("hierarchy.position", T::FileLow, &due["low"], 1000.0);
    same("hierarchy.position", T::FileHigh, &due["high"], 1000.0);
    same("hierarchy.g", T::FileValue, &due["consistency"]["g"], 1.0);
    for gate in 2..=5 {
        let (key, due) = (format!("hierarchy.gate-{gate}"), &due["gates"][gate.to_string()]);
        assert!(due["percent"].is_number());
        for (head, name) in [(T::FileValue, "percent"), (T::ColAnswered, "answered"), (T::FileApplies, "applicable")] {
            same(&key, head, &due[name], 1.0);
        }
    }
    for (name, due) in due["profile"].as_object().unwrap() {
        same(&format!("hierarchy.{name}"), T::FileValue, due, 1.0);
    }
    let other = &due["instruments"];
    for (name, due) in other["matrix"]["axes"].as_object().unwrap() {
        for (head, what) in [(T::FileValue, "percent"), (T::FileLow, "low"), (T::FileHigh, "high")] {
            same(&format!("matrix.{name}"), head, &due[what], 1.0);
        }
    }
    for (name, due) in other["practice"]["practices"].as_object().unwrap() {
        same(&format!("practice.{name}"), T::FileValue, &due["percent"], 1.0);
    }
    let why: Vec<&str> = told.iter().filter_map(|row| cell(row, KEY).strip_prefix("hierarchy.why.")).collect();
    assert_eq!(json!(why), due["whyNotHigher"]);
    let readings: Vec<&str> = told.iter().filter_map(|row| cell(row, KEY).strip_prefix("reading.")).collect();
    let due: Vec<&str> =
        due["readings"].as_array().unwrap().iter().map(|reading| reading["id"].as_str().unwrap()).collect();
    assert_eq!(readings, due);
}

#[test]
fn the_shares_of_everybody_with_ranks() {
    let mut draft = with_row(fresh(Form::Short), List::Own, &[(at::OWN_TIME, "20")]);
    draft = with_row(draft, List::Rivals, &[(at::NAME, "=SUM(A1)"), (at::RIVAL_TIME, "30"), (at::RIVAL_CASH, "55")]);
    let told = rows(&results(edition(), &draft));
    let value = |group: &str, key: &str| number(one(&told, &[(T::FileGroup, group), (KEY, key)]), T::FileValue);
    assert_eq!(value("Your own company", "practice.time"), Some(20_000));
    assert_eq!(value("Your own company", "practice.cash"), None);
    assert_eq!(value("'=SUM(A1)", "practice.cash"), Some(55_000));
    let rank = one(&told, &[(KEY, "practice.time-rank")]);
    assert_eq!(number(rank, T::FileValue), Some(2000));
    assert_eq!(cell(rank, T::FileWords), "You are number 2 · largest other: =SUM(A1)");
    assert_eq!(cell(one(&told, &[(KEY, "practice.ahead")]), T::FileWords), "Yes");
}

#[test]
fn every_round_has_its_headline_gap_movement_and_agreement() {
    let draft = account();
    let told = rows(&results(edition(), &draft));
    let all = all(&draft);
    assert_eq!(all.len(), 2);
    for round in &all {
        let of: Vec<Row> = with(&told, &[(T::ColRound, &round.number.to_string())]).into_iter().cloned().collect();
        let headline = round.headline.as_ref().unwrap();
        let row = |key: &str| one(&of, &[(KEY, key), (T::ColWho, "")]);
        assert_eq!(number(row("hierarchy.headline.level"), T::FileValue), Some(i64::from(headline.level) * 1000));
        let place = row("hierarchy.headline.position");
        assert_eq!(number(place, T::FileValue), headline.position.map(i64::from));
        assert_eq!(number(place, T::FileLow), headline.range.map(|(low, _)| low.into()));
        assert_eq!(number(place, T::FileHigh), headline.range.map(|(_, high)| high.into()));
        assert_eq!(cell(row("hierarchy.raters"), T::FileValue), round.raters().count().to_string());
        assert_eq!(cell(place, T::FileDate), round.date);
        let gap = with(&of, &[(KEY, "hierarchy.gap")]).first().and_then(|row| number(row, T::FileValue));
        assert_eq!(gap, round.gap.map(|gap| gap.thousandths.into()));
        let found = Agreement::of(&hierarchy(), &round.customers);
        for (found, level) in found.iter().zip(2..) {
            for (key, value) in [("rwg", found.map(|found| found.rwg)), ("ad", found.map(|found| found.ad))] {
                let told = with(&of, &[(KEY, &format!("hierarchy.{key}.gate-{level}"))]);
                let told = told.first().and_then(|row| number(row, T::FileValue));
                assert_eq!(told, value.map(|value| thousandths(value).into()), "{key} {level}");
            }
        }
        for rater in round.raters() {
            let name = match rater.who {
                None => PRESENT.1,
                Some(1) => "A. B.",
                Some(2) => "C. D.",
                _ => "Somebody without a name 3",
            };
            let of: Vec<Row> = with(&of, &[(T::ColWho, name)]).into_iter().cloned().collect();
            same_gates(&of, &rater.card);
        }
    }
    let whose = |round: &str| {
        let row = one(&told, &[(T::ColRound, round), (KEY, "hierarchy.headline.level")]);
        [T::FileView, T::FileWords].map(|head| cell(row, head).to_string())
    };
    assert_eq!(whose("1")[0], "Own view");
    assert_eq!(whose("2"), ["Customer", "2 Good product"]);
    let moved =
        |round: &str| cell(one(&told, &[(T::ColRound, round), (KEY, "hierarchy.movement")]), T::FileWords).to_string();
    assert_eq!(moved("1"), "First");
    assert_eq!(moved("2"), edition().t(T::MovedView));
    // Two say 1 where one says 4: they disagree, so the camps are told.
    assert_eq!(with(&told, &[(KEY, "hierarchy.camp")]).len(), 3);
    assert!(!with(&told, &[(KEY, "hierarchy.apart.g3-02")]).is_empty());
}

#[test]
fn answers_of_another_edition_are_counted() {
    let mut draft = account();
    let told = rows(&results(edition(), &draft));
    assert_eq!(with(&told, &[(KEY, "hierarchy.edition")]).len(), 0, "all of one edition");
    draft = with_view(draft, (2, 4, "2026-09-01"), TWO, "");
    let head = View { pack: "fedcba9876543210".into(), ..View::all(&draft.rows).last().unwrap() }.head();
    let last = draft.rows.of(List::Views).last().unwrap().id;
    draft = draft.apply(Action::Set(List::Views, last, at::VIEW_HEAD, head));
    let told = rows(&results(edition(), &draft));
    let row = one(&told, &[(KEY, "hierarchy.edition")]);
    assert_eq!(cell(row, T::ColWho), "Somebody removed since");
    assert!(cell(row, T::FileWords).contains("24 of 24"), "{row:?}");
}

/// An account with everything that a plan can have.
fn planned() -> Draft {
    let mut draft = filled(Form::Short, "g2=4 g3-01=dk g3-02=1 g3-03=dk");
    draft = draft.apply(Action::Confirm("g3-03".into(), true));
    draft = draft.apply(Action::Note(place("g3-03"), "ask A. B.".into()));
    let method = &survey().methods[0].id;
    let fields = [(at::METHOD, method.as_str()), (at::OWNER, "Karin"), (at::DUE, "2027-02-28"), (at::CAUSE, "g3-02")];
    draft = with_row(draft, List::Tasks, &fields);
    draft = with_row(draft, List::Tasks, &[(at::TITLE, "Call them")]);
    draft = with_row(draft, List::Tasks, &[(at::TITLE, "Old one"), (at::STATUS, "dropped"), (at::NOTE, "too dear")]);
    draft = with_row(draft, List::Goals, &[(0, "the board"), (1, "a partner")]);
    draft = with_row(draft, List::Focus, &[(0, "Workshops")]);
    draft = with_row(draft, List::Stop, &[(0, "Fairs")]);
    draft = with_row(draft, List::Charter, &[(0, "uptime")]);
    draft = with_row(draft, List::Climb, &[(0, "unsure"), (1, "dear")]);
    let person = [(at::NAME, "A. B."), (at::FUNCTION, "purchasing"), (at::SENIORITY, "user"), (at::ROLE, "sponsor")];
    with_row(with_row(draft, List::People, &person), List::People, &[(at::HOLDER, "Karin")])
}

#[test]
fn the_plan_is_one_table_by_kind() {
    let pack = edition();
    let told = rows(&plan(pack, &planned()));
    let of = |key: &str, heads: &[T]| -> Vec<String> {
        let row = one(&told, &[(KEY, key)]);
        heads.iter().map(|head| cell(row, *head).to_string()).collect()
    };
    let method = &survey().methods[0].id;
    let text = |what: &str| pack.key(&["method.", method, what]);
    let heads = [T::FileKind, T::FileNumber, T::FileWhat, T::FirstStep, T::Owner, T::Due, T::Status];
    assert_eq!(of("task.1", &heads), ["Action", "1", text(".title"), text(".first"), "Karin", "2027-02-28", "To do"]);
    let cause = of("task.1", &[T::FileCause]);
    assert_eq!(cause[0], format!("{}: Rarely", pack.quote(pack.item(place("g3-02"), Perspective::Own))));
    assert_eq!(of("task.2", &heads), ["Action", "2", "Call them", "", "", "", "To do"]);
    assert_eq!(of("task.3", &[T::Status, T::NoteLabel]), ["Dropped", "too dear"]);
    assert_eq!(of("goal.1", &[T::FileKind]), ["Goal"]);
    assert!(of("goal.1", &[T::FileWhat])[0].contains("the board as a partner"));
    assert_eq!(of("focus.1", &[T::FileKind, T::FileWhat]), ["Focus investment", "Workshops"]);
    assert_eq!(of("stop.1", &[T::FileKind, T::FileWhat]), ["Stop investment", "Fairs"]);
    assert!(of("charter.1", &[T::FileWhat])[0].contains("uptime"));
    let flag = [T::FileKind, T::FileNumber, T::FileWhat, T::Status, T::NoteLabel];
    let statement = |id: &str| pack.item(place(id), Perspective::Own).to_string();
    assert_eq!(of("g3-01", &flag), ["Red flag", "1", &statement("g3-01"), "To be asked", ""]);
    assert_eq!(of("g3-03", &flag), ["Red flag", "2", &statement("g3-03"), "Asked since", "ask A. B."]);
    let person = [T::FileWhat, T::Function, T::Seniority, T::PersonRole, T::Holder];
    let role = "Sponsor (has influence and speaks up for us)";
    assert_eq!(of("person.1", &person), ["A. B.", "Purchasing", "User", role, ""]);
    assert_eq!(of("person.2", &person), ["", "", "", "", "Karin"]);
    let target = [T::FileKind, T::FileWhat, T::Due, T::Status];
    assert_eq!(of("target", &target), ["Target", "3 Dedicated service and support", "2029-12-31", "Proposed"]);
    let climb: Vec<&str> = with(&told, &[(KEY, "climb")]).iter().map(|row| cell(row, T::NoteLabel)).collect();
    assert_eq!(climb, ["Not sure", "dear"]);
    let chosen = planned().apply(Action::Aim(Target { level: 5, year: 2028 }));
    let told = rows(&plan(pack, &chosen));
    let row = one(&told, &[(KEY, "target")]);
    assert_eq!([T::Due, T::Status].map(|head| cell(row, head)), ["2028-12-31", ""]);
    // A row without anything in it yet is not in the plan, and nobody's plan is empty of faults.
    let blank = planned().apply(Action::Set(List::Tasks, 9, at::TITLE, String::new()));
    assert_eq!(rows(&plan(pack, &blank)), rows(&plan(pack, &planned())));
    assert_eq!(rows(&plan(pack, &fresh(Form::Short))), Vec::<Row>::new());
}

type Write = fn(&Pack, &Draft) -> String;
const TABLES: [(&str, Write); 3] = [("answers", answers), ("results", results), ("plan", plan)];

#[test]
fn a_column_has_one_name_of_its_own_in_every_language() {
    for pack in EDITIONS.iter() {
        for (name, write) in TABLES {
            let (heads, told) = read(&write(pack, &planned()));
            let mut names = heads.clone();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), heads.len(), "{} {name}: {heads:?}", pack.lang);
            assert!(heads.iter().all(|head| !head.trim().is_empty() && !head.contains(['{', '}'])), "{heads:?}");
            assert!(!told.is_empty());
        }
    }
}

#[test]
fn numbers_have_a_dot_and_keys_are_the_same_in_every_language() {
    let told = |pack: &Pack, heads: [T; 4]| -> Vec<Vec<String>> {
        let (_, told) = read(&results(pack, &account()));
        told.iter().map(|row| heads.iter().map(|head| row[pack.t(*head)].clone()).collect()).collect()
    };
    let heads = [T::FileCode, T::FileValue, T::FileLow, T::FileHigh];
    let english = told(edition(), heads);
    assert!(english.iter().any(|row| row[1].contains('.')));
    for pack in EDITIONS.iter() {
        assert_eq!(told(pack, heads), english, "{}", pack.lang);
    }
}

/// Texts that a spreadsheet would run, split or cut.
const HOSTILE: [&str; 13] = [
    "\0=1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\u{ff1d}1+1",
    "\u{ff0b}1",
    "  =1",
    "\t=1",
    "a,b;c\td",
    "\"quoted\" and \"\"",
    "two\r\nlines\nand\rmore",
    "\u{feff}mark",
];

#[test]
fn foreign_texts_stay_texts_in_their_cell() {
    for text in HOSTILE {
        let mut draft = account();
        (draft.account, draft.part) = (text.into(), text.into());
        draft = draft.apply(Action::Note(place("g2-02"), text.into()));
        draft = draft.apply(Action::Set(List::People, 1, at::NAME, text.into()));
        draft = with_row(draft, List::Tasks, &[(at::TITLE, text), (at::OWNER, text), (at::NOTE, text)]);
        draft = with_row(draft, List::Rivals, &[(at::NAME, text), (at::RIVAL_TIME, "10")]);
        for (name, write) in TABLES {
            let told = rows(&write(edition(), &draft));
            for row in &told {
                let account = cell(row, T::ColAccount);
                assert!(account == text || account == format!("'{text}"), "{name}: {account:?} for {text:?}");
                row.values().for_each(|cell| harmless(cell));
            }
            let kept = |row: &Row| row.values().filter(|cell| cell.ends_with(text)).count();
            assert!(told.iter().any(|row| kept(row) >= 3), "{name}: {text:?}");
        }
    }
}

/// A cell that a spreadsheet runs is a number.
fn harmless(cell: &str) {
    let begins = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control()).starts_with(begins)
        || cell.starts_with(['\t', '\r', '\n'])
    {
        assert!(cell.parse::<f64>().is_ok(), "{cell:?}");
    }
}

#[test]
fn a_pack_without_levels_has_its_answers_and_results_all_the_same() {
    let mut pack = shipped();
    pack.survey.instruments.remove(0);
    let mut draft = Draft::new(&pack.survey, &pack.hash, Form::Short, "", "", "2026-11-22");
    draft = draft.apply(Action::Set(List::About, SINGLE, at::ROUND, "2".into()));
    for answer in &mut draft.given[0].answers {
        *answer = Some(buy_sell_hierarchy::domain::answer::Answer::Value(4));
    }
    let told = rows(&results(&pack, &draft));
    assert_eq!(cell(one(&told, &[(KEY, "matrix.quadrant")]), T::FileWords), "Partnership");
    assert!(told.iter().all(|row| !cell(row, KEY).contains("headline")));
    let items: usize = pack.survey.instruments.iter().map(|part| part.model.count(Form::Short)).sum();
    assert_eq!(rows(&answers(&pack, &draft)).len(), items);
    assert_eq!(rows(&plan(&pack, &draft)), Vec::<Row>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever somebody did: three tables that can be read, no formula in them, and the numbers of the pages.
    #[test]
    fn any_draft_makes_three_tables(draft in any_draft()) {
        for (_, write) in TABLES {
            for row in rows(&write(edition(), &draft)) {
                row.values().for_each(|cell| harmless(cell));
            }
        }
        let cards = Cards::of(survey(), &draft.evidence(survey()));
        let told = rows(&results(edition(), &draft));
        let all = all(&draft);
        let now = all.last().unwrap();
        let of = [PRESENT, (T::ColRound, &now.number.to_string())];
        let live: Vec<Row> = with(&told, &of).into_iter().filter(|row| !cell(row, T::FileView).is_empty()).cloned().collect();
        if draft.begun(0) {
            same_gates(&live, cards.gates(0).unwrap());
        }
        same_others(&live, &draft, &cards);
        // As many answers as there are, each where it belongs.
        let given = rows(&answers(edition(), &draft));
        for (instrument, given_to) in survey().instruments.iter().zip(&draft.given) {
            for ((_, item), answer) in instrument.model.items().zip(&given_to.answers) {
                let row = with(&given, &[&of[..], &[(KEY, &item.id)]].concat());
                let due = draft.form.has(item).then(|| answer.map_or("", |answer| answer.code()));
                prop_assert_eq!(row.first().map(|row| cell(row, T::FileGiven)), due);
            }
        }
    }
}
