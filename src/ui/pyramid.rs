//! The pyramid on the page: the drawing for wide places, the one for narrow places with its names around it.
//!
//! Knows the geometry and the words it is handed. Which of the two is shown is up to the style sheet (by the width of
//! the place, not of the screen); only that one is exposed. Colours come from classes, never from `style`.

use yew::prelude::*;

use crate::diagram::markers::glyph;
use crate::diagram::path::{path_of, path_of_lines, tier_paths};
use crate::diagram::text::{beside, percent};
use crate::diagram::{
    Layout, Marker, MarkerKind, Point, Pyramid, PyramidInput, PyramidTexts, Tier,
};

/// The figure. `id` is the start of all ids in it and must be its own on the page.
pub fn pyramid_view(input: &PyramidInput, texts: &PyramidTexts, id: &str) -> Html {
    let names = texts.names.iter().zip(&input.tiers).enumerate().rev().map(|(i, (name, tier))| {
        let rating = texts.ratings.get(i).cloned().unwrap_or_default();
        html! {
            <li key={i}>
                <span class={classes!("bsh-disc", tier.reached.then_some("bsh-reached"))}>{ i + 1 }</span>
                <span>{ name.clone() }<small>{ rating }</small></span>
            </li>
        }
    });
    let keys = input.markers.iter().enumerate().map(|(i, marker)| {
        let foot = if marker.kind == MarkerKind::Target { 22 } else { 12 };
        let (shape, pole) = glyph(marker.kind, (21, foot), (18, 9), 20);
        html! {
            <li key={i}>
                <svg class={marker_class(marker.kind)} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
                    { marker_shape(&shape, pole) }
                </svg>
                <span>{ marker.label.clone() }{ " " }<b>{ marker.sub.clone() }</b></span>
            </li>
        }
    });
    html! {
        <figure class="bsh-pyramid">
            <div key="wide" class="bsh-pyramid-wide">{ drawing(input, Layout::Wide, texts, &(id.to_owned() + "-w")) }</div>
            <div key="narrow" class="bsh-pyramid-narrow">
                <ul class="bsh-pyramid-keys">{ for keys }</ul>
                { drawing(input, Layout::Narrow, texts, &(id.to_owned() + "-n")) }
                <ul class="bsh-pyramid-names">{ for names }</ul>
            </div>
        </figure>
    }
}

fn drawing(input: &PyramidInput, layout: Layout, texts: &PyramidTexts, id: &str) -> Html {
    let p = Pyramid::of(input, layout);
    let (title, desc) = (id.to_owned() + "-t", id.to_owned() + "-d");
    let size = [0, 0, p.width, p.height].map(|n| n.to_string()).join(" ");
    let tiers = p
        .tiers
        .iter()
        .enumerate()
        .map(|(i, t)| tier(&p, i, t, texts));
    let chasm = p.chasm.as_ref().map(|chasm| {
        html! {
            <g class="bsh-chasm">
                { for chasm.lead.map(|lead| path("bsh-lead", path_of(&lead, false))) }
                { words("bsh-chasm-word", (chasm.label_at.0, chasm.label_at.1 + 6), &texts.chasm) }
            </g>
        }
    });
    let bridge = if p.bridge_whole {
        "bsh-bridge bsh-whole"
    } else {
        "bsh-bridge"
    };
    html! {
        <svg role="img" viewBox={size} aria-labelledby={title.clone() + " " + &desc}>
            <title id={title}>{ texts.title.clone() }</title>
            <desc id={desc}>{ texts.desc.clone() }</desc>
            { for tiers }
            { for chasm }
            { path(bridge, path_of_lines(&p.bridge)) }
            { for p.band.pieces.iter().map(|piece| path("bsh-range", path_of(piece, true))) }
            { for p.band.crossing.map(|line| path("bsh-crossing", path_of(&line, false))) }
            { for p.markers.iter().map(marker) }
        </svg>
    }
}

fn tier(p: &Pyramid, level: usize, tier: &Tier, texts: &PyramidTexts) -> Html {
    let (outline, fill) = tier_paths(tier, p.corner);
    let (x, y) = tier.number_at;
    let lines = tier
        .label_at
        .map_or(Vec::new(), |at| beside(texts, level, at));
    let x_text = tier.label_at.map_or(0, |at| at.0);
    html! {
        <g class={classes!("bsh-tier", tier.class, tier.reached.then_some("bsh-reached"))}>
            { path("bsh-tier-back", outline.clone()) }
            { for fill.map(|d| html! { <path class="bsh-fill" fill-opacity={percent(tier.shade)} d={d} /> }) }
            { path("bsh-tier-edge", outline) }
            { circle("bsh-disc", tier.number_at, p.disc) }
            { words("bsh-number", (x, y + p.disc * 43 / 100), &(level + 1).to_string()) }
            { for tier.lead.map(|lead| path("bsh-lead", path_of(&lead, false))) }
            { for lines.iter().map(|line| {
                words(if line.soft { "bsh-rating" } else { "bsh-name" }, (x_text, line.y), &line.text)
            }) }
        </g>
    }
}

fn marker(marker: &Marker) -> Html {
    let (x, y) = marker.label_at;
    let below = if marker.label.is_empty() { 0 } else { 21 };
    html! {
        <g class={marker_class(marker.kind)}>
            { for marker.leader.map(|line| html! {
                <>{ path("bsh-leader", path_of(&line, false)) }{ circle("bsh-point", marker.at, 4) }</>
            }) }
            { marker_shape(&marker.shape, marker.pole) }
            { for (below > 0).then(|| words("bsh-who", (x, y), &marker.label)) }
            { words("bsh-value", (x, y + below), &marker.sub) }
        </g>
    }
}

fn marker_class(kind: MarkerKind) -> &'static str {
    match kind {
        MarkerKind::Own => "bsh-marker bsh-own",
        MarkerKind::Customer => "bsh-marker bsh-customer",
        MarkerKind::Target => "bsh-marker bsh-goal",
    }
}

fn marker_shape(shape: &[Point], pole: Option<[Point; 2]>) -> Html {
    html! {
        <>
            { for pole.map(|line| path("bsh-pole", path_of(&line, false))) }
            { path("bsh-shape", path_of(shape, true)) }
        </>
    }
}

fn path(class: &'static str, d: String) -> Html {
    html! { <path class={class} d={d} /> }
}

fn circle(class: &'static str, at: Point, radius: i32) -> Html {
    html! { <circle class={class} cx={at.0.to_string()} cy={at.1.to_string()} r={radius.to_string()} /> }
}

fn words(class: &'static str, at: Point, text: &str) -> Html {
    html! { <text class={class} x={at.0.to_string()} y={at.1.to_string()}>{ text.to_owned() }</text> }
}
