//! The pyramid: from plain numbers to geometry in whole units.
//!
//! Knows shapes and the strings it is handed. Must not know answers, packs, languages or the browser. The drawing shows
//! exactly the numbers of its input, so it cannot disagree with the table beside it.

pub mod crowd;
pub mod geometry;
pub mod markers;
pub mod path;
pub mod text;
pub mod timeline;

use crate::domain::gates::Rating;

/// A point in units of the drawing, y downwards.
pub type Point = (i32, i32);

/// One level, as it is to be drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TierInput {
    /// How far it is achieved, 0..=1000; level 1 is the floor and always full.
    pub fill_thousandths: u32,
    /// `None` for level 1 and for a gate that too little is known about.
    pub rating: Option<Rating>,
    pub undetermined: bool,
    /// At or below the headline level.
    pub reached: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkerKind {
    /// A self-view: hollow, because it is a hypothesis.
    Own,
    /// A customer's view: solid.
    Customer,
    /// A flag.
    Target,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MarkerInput {
    pub kind: MarkerKind,
    /// Thousandths, 1000 up to 1000 times the number of levels.
    pub position: u16,
    /// Who says so: "Own view", "Customer", "Target".
    pub label: String,
    /// The short value under it: "2.7" or "2029".
    pub sub: String,
}

/// Everything that the drawing shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PyramidInput {
    /// Lowest first, 3 to 9 of them.
    pub tiers: Vec<TierInput>,
    /// The level that the chasm lies above: 3 is between levels 3 and 4. 0 for none.
    pub chasm_above: usize,
    /// The gate above the chasm is at least Largely achieved.
    pub bridge_whole: bool,
    /// Up to 8 are certain to have room.
    pub markers: Vec<MarkerInput>,
    /// Lowest and highest position, in thousandths, that what is not known yet allows.
    pub range: Option<(u16, u16)>,
}

/// The words of the drawing, in one language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PyramidTexts {
    pub title: String,
    /// The same in sentences, for those who do not see it.
    pub desc: String,
    pub chasm: String,
    /// What the band is; empty for no key to it.
    pub range: String,
    /// One a level, lowest first.
    pub names: Vec<String>,
    /// The word for how far a level is achieved, one a level; empty for none.
    pub ratings: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// Level names to the right, markers with their names to the left.
    Wide,
    /// Only the drawing, the numbers and short values: legible at 320 px.
    Narrow,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tier {
    /// Bottom left, bottom right, top right, top left; so for `fill`.
    pub outline: [Point; 4],
    /// The achieved part, from the bottom up; `None` when nothing is, or when it is not known.
    pub fill: Option<[Point; 4]>,
    /// How strong the fill is, in percent: stronger towards the top.
    pub shade: u32,
    /// Centre of the disc that carries the number.
    pub number_at: Point,
    pub reached: bool,
    /// `bsh-tier-n`, `-p`, `-l`, `-f`, `-floor`, or `-u` for not known.
    pub class: &'static str,
    /// Left end and middle of the block of text beside it; only in the wide layout, as is `lead`.
    pub label_at: Option<Point>,
    /// The thin line from the tier to its name.
    pub lead: Option<[Point; 2]>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chasm {
    /// The empty space between the two tiers.
    pub outline: [Point; 4],
    /// Left end and middle of the word.
    pub label_at: Point,
    pub lead: Option<[Point; 2]>,
}

/// The part of the range that is drawn.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Band {
    /// One piece, or two when it crosses the chasm.
    pub pieces: Vec<[Point; 4]>,
    /// The line between two pieces.
    pub crossing: Option<[Point; 2]>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Marker {
    pub kind: MarkerKind,
    /// The exact position, beside the slope.
    pub at: Point,
    /// A triangle, or the cloth of the flag.
    pub shape: Vec<Point>,
    /// The pole of the flag.
    pub pole: Option<[Point; 2]>,
    /// From the shape to `at`, when the shape had to make room for a neighbour.
    pub leader: Option<[Point; 2]>,
    /// Right end of the first line's baseline.
    pub label_at: Point,
    /// Shortened to the room there is; empty in the narrow layout, where `sub` takes its line.
    pub label: String,
    pub sub: String,
    /// Top and bottom of all that belongs to it; no two markers share a line.
    pub extent: (i32, i32),
}

/// The whole drawing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pyramid {
    pub layout: Layout,
    pub width: i32,
    pub height: i32,
    /// Lowest first.
    pub tiers: Vec<Tier>,
    pub chasm: Option<Chasm>,
    /// Lines of the bridge over the chasm: a ladder, or its stubs on both sides.
    pub bridge: Vec<Vec<Point>>,
    pub bridge_whole: bool,
    pub band: Band,
    /// Lowest first.
    pub markers: Vec<Marker>,
    /// Radius of the number's disc.
    pub disc: i32,
    /// Radius of the rounded corners.
    pub corner: i32,
}
