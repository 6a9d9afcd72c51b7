//! The charts of a report: well formed, inert, painted in full, and saying what the page says.

use crate::report_kit::{HOSTILE, KEPT, any_report, every, frame, hostile, rich};
use crate::support::{EDITIONS, edition, filled};
use crate::tree::{attribute, find, has_class, text};
use buy_sell_hierarchy::diagram::text::shorten;
use buy_sell_hierarchy::domain::draft::{Action, Draft, Stage, Step};
use buy_sell_hierarchy::domain::model::{Form, Perspective};
use buy_sell_hierarchy::domain::rounds::rounds;
use buy_sell_hierarchy::domain::rows::{List, at};
use buy_sell_hierarchy::pack::compiled::Pack;
use buy_sell_hierarchy::pack::texts::T;
use buy_sell_hierarchy::page::dom::{At, El};
use buy_sell_hierarchy::page::visit::{Show, Visit};
use buy_sell_hierarchy::page::whole;
use buy_sell_hierarchy::page::words::day;
use buy_sell_hierarchy::report::charts::{Chart, charts};
use buy_sell_hierarchy::report::document::document;
use buy_sell_hierarchy::report::svg::{Drawing, Sign, SvgTexts, standalone};
use proptest::prelude::*;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Parses, and holds nothing that could run, style or fetch; everything in it has a colour.
fn check(svg: &str) -> Result<(), String> {
    const ELEMENTS: [&str; 8] = ["svg", "title", "desc", "rect", "g", "path", "circle", "text"];
    const ATTRIBUTES: [&str; 27] = [
        "role",
        "font-family",
        "lang",
        "width",
        "height",
        "viewBox",
        "fill",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-dasharray",
        "stroke-linejoin",
        "stroke-linecap",
        "x",
        "y",
        "cx",
        "cy",
        "r",
        "d",
        "transform",
        "font-size",
        "font-weight",
        "font-style",
        "text-anchor",
        "xmlns",
        "data-level",
    ];
    let doc = roxmltree::Document::parse(svg).map_err(|error| error.to_string())?;
    for node in doc.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        if !ELEMENTS.contains(&name) || node.tag_name().namespace() != Some(SVG) {
            return Err(format!("element {name}"));
        }
        for attribute in node.attributes() {
            if !ATTRIBUTES.contains(&attribute.name()) || attribute.value().contains("url(") {
                return Err(format!("{name} has {}={:?}", attribute.name(), attribute.value()));
            }
        }
        let fill = node.attribute("fill").unwrap_or("");
        let painted = fill == "none" || (fill.len() == 7 && fill.starts_with('#'));
        if matches!(name, "rect" | "path" | "circle" | "text") && !painted {
            return Err(format!("{name} has the fill {fill:?}: {:?}", node.range().len()));
        }
    }
    let root = doc.root_element();
    let size = ["width", "height"].map(|name| root.attribute(name).and_then(|text| text.parse::<i32>().ok()));
    if !matches!(size, [Some(640..=1600), Some(60..=6000)]) {
        return Err(format!("size {size:?}"));
    }
    inside(root, (0., 0.), (1., 1.), (size[0].unwrap(), size[1].unwrap()))
}

/// Does everything begin and end within the file?
fn inside(node: roxmltree::Node, at: (f64, f64), scale: (f64, f64), size: (i32, i32)) -> Result<(), String> {
    let (mut at, mut scale) = (at, scale);
    let numbers = |text: &str| -> Vec<f64> {
        text.split(|c: char| !(c.is_ascii_digit() || c == '-' || c == '.'))
            .filter_map(|part| part.parse().ok())
            .collect()
    };
    if let Some(moved) = node.attribute("transform") {
        let all = numbers(moved);
        at = (at.0 + scale.0 * all[0], at.1 + scale.1 * all[1]);
        if let [_, _, both @ ..] = &all[..]
            && !both.is_empty()
        {
            scale = (scale.0 * both[0], scale.1 * both[both.len() - 1]);
        }
    }
    let number = |name: &str| node.attribute(name).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.);
    let points: Vec<(f64, f64)> = match node.tag_name().name() {
        "text" => vec![(number("x"), number("y"))],
        "circle" => vec![
            (number("cx") - number("r"), number("cy") - number("r")),
            (number("cx") + number("r"), number("cy") + number("r")),
        ],
        "rect" if node.attribute("width") != Some("100%") => {
            vec![(number("x"), number("y")), (number("x") + number("width"), number("y") + number("height"))]
        }
        "path" => numbers(node.attribute("d").unwrap_or("")).chunks(2).map(|pair| (pair[0], pair[1])).collect(),
        _ => Vec::new(),
    };
    for (x, y) in points {
        let (x, y) = (at.0 + scale.0 * x, at.1 + scale.1 * y);
        // The cut of a bar at its end is four units wide.
        if x < -1. || y < -1. || x > f64::from(size.0) + 4. || y > f64::from(size.1) + 1. {
            return Err(format!("{} at {x} {y} of {size:?}", node.tag_name().name()));
        }
    }
    node.children().filter(roxmltree::Node::is_element).try_for_each(|child| inside(child, at, scale, size))
}

/// The texts of a file in their order.
fn words(svg: &str) -> Vec<String> {
    let doc = roxmltree::Document::parse(svg).unwrap();
    let texts = doc.descendants().filter(|node| node.has_tag_name((SVG, "text")));
    texts.map(|node| node.text().unwrap_or("").to_string()).collect()
}

/// How wide the bars of a file are, with where they begin.
fn bars(svg: &str) -> Vec<(String, String)> {
    let doc = roxmltree::Document::parse(svg).unwrap();
    let rects = doc.descendants().filter(|node| node.has_tag_name((SVG, "rect")) && node.has_attribute("x"));
    let of = |node: &roxmltree::Node, name| node.attribute(name).unwrap_or("").to_string();
    rects.map(|node| (of(&node, "x"), of(&node, "width"))).collect()
}

fn chart<'a>(all: &'a [Chart], code: &str) -> &'a Chart {
    all.iter().find(|chart| chart.code == code).unwrap_or_else(|| panic!("no chart {code}"))
}

/// The page of a step.
fn page(pack: &Pack, draft: &Draft, step: Step) -> El {
    let visit = Visit { show: Show::Journey, today: "2026-11-22".into(), ..Visit::default() };
    whole::page(pack, &visit, &draft.clone().apply(Action::Go(step)))
}

fn section<'a>(page: &'a El, code: &str) -> Option<&'a El> {
    find(page, |el| attribute(el, At::DataSection) == Some(code)).into_iter().next()
}

/// The texts of a drawing of a page.
fn drawn(svg: &El) -> Vec<String> {
    find(svg, |el| el.0.tag == "text").into_iter().map(text).collect()
}

/// Every chart says what the pages say: the same words in the drawing, the same bars.
fn agrees(pack: &Pack, draft: &Draft) {
    let all = charts(pack, draft, &frame(draft));
    let codes: Vec<&str> = all.iter().map(|chart| &*chart.code).collect();
    let has = |part: &[String], whole: &[String]| {
        part.is_empty() || whole.windows(part.len()).any(|window| window.iter().zip(part).all(|(a, b)| same(a, b)))
    };
    for chart in &all {
        let told = words(&chart.svg);
        let (step, place) = match &*chart.code {
            "pyramid" => (Step::At(0, Stage::Result), "where"),
            "profile" => (Step::At(0, Stage::Result), "profile"),
            code @ ("matrix" | "ready") => (Step::At(1, Stage::Result), code),
            code @ ("practice" | "shares") => (Step::At(2, Stage::Result), code),
            "history" => (Step::Account, "history"),
            other => panic!("{other}"),
        };
        let page = page(pack, draft, step);
        let mut found = section(&page, place);
        let account;
        if chart.code == "pyramid" && draft.kept() && draft.perspective == Perspective::Own {
            account = self::page(pack, draft, Step::Account);
            let headline = rounds(&pack.survey, draft, 0, usize::MAX).pop().and_then(|now| now.headline);
            if headline.is_some() {
                found = section(&account, "headline");
            }
        }
        let found = found.unwrap_or_else(|| panic!("{codes:?}: no {place}"));
        match &*chart.code {
            "pyramid" | "matrix" | "history" => {
                let drawing = find(found, |el| el.0.tag == "svg" && attribute(el, At::Role) == Some("img"))[0];
                let drawn = drawn(drawing);
                assert!(!drawn.is_empty());
                assert!(has(&drawn, &told), "{}: {drawn:?} in {told:?}", chart.code);
                let spots = |tag: &str| find(drawing, |el| el.0.tag == tag).len();
                let doc = roxmltree::Document::parse(&chart.svg).unwrap();
                let count = |tag: &str| doc.descendants().filter(|node| node.has_tag_name((SVG, tag))).count();
                assert!(count("circle") >= spots("circle") && count("path") >= spots("path"));
            }
            _ => {
                let variables = find(found, |el| has_class(el, "bsh-variable"));
                assert!(!variables.is_empty());
                let mut widths = Vec::new();
                for variable in variables {
                    let spans = find(variable, |el| el.0.tag == "span");
                    let pair = [shorten(&clean(&text(spans[0])), 46), shorten(&clean(&text(spans[1])), 40)];
                    assert!(has(&pair, &told), "{}: {pair:?} in {told:?}", chart.code);
                    widths.extend(find(variable, |el| el.0.tag == "rect").into_iter().map(|rect| {
                        let of = |name| attribute(rect, name).unwrap_or("").to_string();
                        (of(At::X), of(At::Width))
                    }));
                }
                assert_eq!(bars(&chart.svg), widths, "{}", chart.code);
            }
        }
    }
}

/// One space for several.
fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same but for signs that XML does not have.
fn same(a: &str, b: &str) -> bool {
    let only = |text: &str| {
        text.chars().filter(|c| !c.is_control() && !c.is_whitespace() && *c < '\u{fff0}').collect::<String>()
    };
    only(a) == only(b)
}

#[test]
fn every_chart_is_well_formed_inert_and_painted() {
    let mut seen: Vec<String> = Vec::new();
    every(|what, pack, draft| {
        for chart in charts(pack, draft, &frame(draft)) {
            check(&chart.svg).unwrap_or_else(|wrong| panic!("{what}, {}: {wrong}\n{}", chart.code, chart.svg));
            assert!(!chart.title.trim().is_empty(), "{what}");
            seen.push(chart.code.to_string());
        }
    });
    for code in ["pyramid", "profile", "matrix", "ready", "practice", "shares", "history"] {
        assert!(seen.iter().any(|known| known == code), "{code}");
    }
}

#[test]
fn every_chart_says_what_the_page_says() {
    every(|_, pack, draft| agrees(pack, draft));
}

#[test]
fn a_chart_carries_title_account_date_and_legend() {
    let draft = rich();
    for pack in EDITIONS.iter() {
        let all = charts(pack, &draft, &KEPT);
        let codes: Vec<&str> = all.iter().map(|chart| &*chart.code).collect();
        assert_eq!(codes, ["pyramid", "profile", "matrix", "ready", "practice", "shares", "history"]);
        for chart in &all {
            let doc = roxmltree::Document::parse(&chart.svg).unwrap();
            let root = doc.root_element();
            let child = |name| root.children().find(|node| node.has_tag_name((SVG, name))).and_then(|node| node.text());
            assert_eq!(child("title"), Some(&*chart.title), "{}", chart.code);
            assert!(child("desc").is_some_and(|desc| desc.len() > 20), "{}", chart.code);
            let lang = root.attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
            assert_eq!(lang, Some(&*pack.lang));
            let told = words(&chart.svg);
            assert!(told.contains(&"Metal Works".to_string()), "{told:?}");
            assert!(told.contains(&day(pack, "2026-11-22")), "{told:?}");
            let said = clean(&told.join(" "));
            assert!(said.starts_with(&*clean(&chart.title)), "{said}");
        }
        let legend = |code: &str, texts: &[T]| {
            let told = words(&chart(&all, code).svg);
            for text in texts {
                assert!(told.contains(&pack.t(*text).to_string()), "{code}: {} in {told:?}", pack.t(*text));
            }
        };
        legend("pyramid", &[T::ReportFilled, T::ReportReached, T::CustomerView, T::OwnView]);
        legend("ready", &[T::ReportCuts]);
        legend("practice", &[T::ReportCuts]);
        legend("history", &[T::CustomerView, T::OwnView, T::LegendRange]);
        let shares = words(&chart(&all, "shares").svg);
        for name in [pack.t(T::SharesOwn), "Stainless", "?"] {
            assert!(shares.contains(&name.to_string()), "{name} in {shares:?}");
        }
    }
}

#[test]
fn the_legend_explains_what_is_in_the_drawing_and_nothing_else() {
    let mut seen = [0; 2];
    every(|what, pack, draft| {
        let all = charts(pack, draft, &frame(draft));
        let Some(chart) = all.iter().find(|chart| chart.code == "pyramid") else { return };
        let sections = document(pack, draft, &frame(draft)).sections;
        let wide = sections.iter().find_map(|section| find(section, |el| has_class(el, "bsh-pyramid-wide")).pop());
        let range = !find(wide.unwrap(), |el| el.0.tag == "path" && has_class(el, "bsh-range")).is_empty();
        let told = words(&chart.svg).contains(&pack.t(T::LegendRange).to_string());
        assert_eq!(told, range, "{what}");
        seen[usize::from(told)] += 1;
    });
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

#[test]
fn hostile_names_stay_text() {
    for name in HOSTILE {
        let draft = hostile(name);
        for chart in charts(edition(), &draft, &KEPT) {
            check(&chart.svg).unwrap_or_else(|wrong| panic!("{name:?}, {}: {wrong}", chart.code));
        }
    }
    let draft = hostile("A <b> & 'co'");
    let told = words(&chart(&charts(edition(), &draft, &KEPT), "shares").svg).join("|");
    assert!(told.contains("A <b> & 'co'"), "{told}");
}

#[test]
fn many_rivals_have_room_in_the_legend() {
    let mut draft = filled(Form::Short, "ra=2");
    for name in 0..100 {
        draft = crate::support::with_row(
            draft,
            List::Rivals,
            &[(at::NAME, &format!("Rival {name}")), (at::RIVAL_TIME, "1")],
        );
    }
    let all = charts(edition(), &draft, &frame(&draft));
    check(&chart(&all, "shares").svg).unwrap();
}

proptest! {
    #[test]
    fn every_chart_of_any_draft_is_well_formed_and_inert(draft in any_report(), lang in 0usize..3) {
        for chart in charts(&EDITIONS[lang], &draft, &frame(&draft)) {
            if let Err(wrong) = check(&chart.svg) {
                return Err(TestCaseError::fail(format!("{}: {wrong}", chart.code)));
            }
        }
    }

    #[test]
    fn any_words_make_a_well_formed_inert_file(words in "\\PC*|.{0,200}", width in 1i32..1000, height in 0i32..2000) {
        let legend = [Sign::Range, Sign::Filled, Sign::Reached, Sign::Point(true), Sign::Point(false), Sign::Bar, Sign::Cut,
            Sign::Part(0), Sign::Part(1), Sign::Part(2)].map(|sign| (sign, words.clone())).to_vec();
        let text = || words.clone();
        let texts = SvgTexts { lang: text(), title: text(), desc: text(), account: text(), date: text(), legend };
        prop_assert_eq!(check(&standalone(&Drawing { width, height, body: String::new() }, &texts)), Ok(()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_chart_of_any_draft_says_what_the_page_says(draft in any_report()) {
        agrees(edition(), &draft);
    }
}
