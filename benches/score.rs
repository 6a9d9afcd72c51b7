//! How long one sheet takes: the rules alone, and the whole way from a line to a line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use buy_sell_hierarchy::cli::score::{Scorer, stream};
use buy_sell_hierarchy::domain::answer::{Answer, Scale};
use buy_sell_hierarchy::domain::model::{Form, Model, Perspective, Sheet};
use buy_sell_hierarchy::domain::scorecard::Scorecard;
use buy_sell_hierarchy::pack::author;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

const SHEETS: u64 = 1000;

/// A simple generator with a fixed seed, so that every run scores the same sheets.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Short-form sheets that reach every level; about one answer in ten is not a value.
fn sheets(model: &Model) -> Vec<Sheet> {
    let mut dice = Dice(42);
    let sheet = |_| {
        let mut sheet = Sheet::blank(model, Perspective::Own, Form::Short);
        let lift = dice.below(5);
        for (index, (_, item)) in model.items().enumerate().filter(|(_, (_, item))| item.short) {
            sheet.answers[index] = match (dice.below(20), item.scale) {
                (0, _) => None,
                (1, _) => Some(Answer::DontKnow),
                (2, _) => Some(Answer::NotApplicable),
                (_, Scale::Frequency) => Some(Answer::Value((lift + dice.below(3)).saturating_sub(1).min(4) as u8)),
                (_, Scale::Event) => Some(Answer::Value([0, 2, 4][dice.below(3) as usize])),
                (_, Scale::Choice) => Some(Answer::Value([0, 4][dice.below(2) as usize])),
            };
        }
        sheet
    };
    (0..SHEETS).map(sheet).collect()
}

fn line(model: &Model, number: usize, sheet: &Sheet) -> String {
    let answers = model.items().zip(&sheet.answers).filter_map(|((_, item), answer)| {
        let answer = (*answer)?;
        let quote = if answer.value().is_some() { "" } else { "\"" };
        Some(format!("\"{}\":{quote}{}{quote}", item.id, answer.code()))
    });
    let answers: Vec<String> = answers.collect();
    format!(
        "{{\"id\":\"a{number}\",\"perspective\":\"own\",\"answers\":{{{}}},\"signals\":[\"c-01\"]}}",
        answers.join(",")
    )
}

fn score(c: &mut Criterion) {
    let texts = [("en".into(), include_bytes!("../content/packs/hierarchy.en.json").to_vec())];
    let pack = author::read(include_bytes!("../content/packs/hierarchy.json"), &texts);
    let survey = pack.expect("the shipped pack is right").survey();
    let model = survey.instruments[0].model.clone();
    let sheets = sheets(&model);
    let lines: Vec<String> = sheets.iter().enumerate().map(|(number, sheet)| line(&model, number, sheet)).collect();

    let mut group = c.benchmark_group("short form");
    group.throughput(Throughput::Elements(SHEETS));
    group.bench_function("Scorecard::of", |b| {
        b.iter(|| {
            for sheet in &sheets {
                black_box(Scorecard::of(black_box(&model), black_box(sheet)));
            }
        });
    });
    group.bench_function("line to line", |b| {
        let mut scorer = Scorer::new(&survey, Form::Short);
        let mut out = Vec::new();
        b.iter(|| {
            for (number, line) in (1..).zip(&lines) {
                out.clear();
                assert!(scorer.line(number, black_box(line.as_bytes()), &mut out));
            }
        });
    });
    group.bench_function("stream", |b| {
        let input = lines.join("\n");
        let mut out = Vec::new();
        b.iter(|| {
            out.clear();
            stream(&survey, Form::Short, black_box(input.as_bytes()), &mut out).expect("the stream works")
        });
    });
    group.finish();
}

criterion_group!(benches, score);
criterion_main!(benches);
