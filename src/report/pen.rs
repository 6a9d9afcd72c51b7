//! Writes SVG elements as text, escaped.
//!
//! Knows the syntax of SVG and XML. Must not know what is drawn.

use crate::diagram::Point;
use crate::diagram::text::{percent, push_int};

const BLACK: &str = "#1d2330";

#[derive(Clone, Copy)]
pub struct Font {
    pub size: i32,
    pub fill: &'static str,
    pub bold: bool,
    pub italic: bool,
    pub end: bool,
    pub middle: bool,
}

impl Font {
    pub const INK: Font = Font { size: 16, fill: BLACK, bold: false, italic: false, end: false, middle: false };
}

#[derive(Clone, Copy)]
pub struct Paint {
    pub fill: &'static str,
    /// Of the fill, in percent.
    pub opacity: u32,
    pub stroke: &'static str,
    pub width: i32,
    pub dashes: &'static str,
}

impl Paint {
    pub const NONE: Paint = Paint { fill: "none", opacity: 100, stroke: "", width: 0, dashes: "" };
}

/// The text of the file as it grows. Strings go in escaped, except through `raw`.
#[derive(Default)]
pub struct Svg(pub String);

impl Svg {
    pub fn raw(&mut self, text: &str) {
        self.0.push_str(text);
    }

    pub fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\t' | '\n' | '\r' => self.0.push(' '),
                // Not characters of XML.
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.0.push('\u{fffd}'),
                c => self.0.push(c),
            }
        }
    }

    /// An attribute; none when the value is empty.
    pub fn string(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        self.raw(" ");
        self.raw(name);
        self.raw("=\"");
        self.escaped(value);
        self.raw("\"");
    }

    pub fn int(&mut self, name: &str, value: i32) {
        let mut text = String::new();
        push_int(&mut text, value);
        self.string(name, &text);
    }

    pub fn path(&mut self, d: &str, paint: Paint) {
        self.raw("<path");
        self.string("d", d);
        self.string("fill", paint.fill);
        if paint.opacity < 100 {
            self.string("fill-opacity", &percent(paint.opacity));
        }
        if !paint.stroke.is_empty() {
            self.string("stroke", paint.stroke);
            self.int("stroke-width", paint.width);
            self.raw(" stroke-linejoin=\"round\"");
            self.string("stroke-dasharray", paint.dashes);
        }
        self.raw("/>");
    }

    pub fn circle(&mut self, at: Point, radius: i32, fill: &str, stroke: &str) {
        self.raw("<circle");
        self.int("cx", at.0);
        self.int("cy", at.1);
        self.int("r", radius);
        self.string("fill", fill);
        self.string("stroke", stroke);
        self.raw(" stroke-width=\"2\"/>");
    }

    pub fn text(&mut self, at: Point, text: &str, font: Font) {
        self.raw("<text");
        self.int("x", at.0);
        self.int("y", at.1);
        self.int("font-size", font.size);
        self.string("fill", font.fill);
        self.string("font-weight", if font.bold { "600" } else { "" });
        self.string("font-style", if font.italic { "italic" } else { "" });
        let anchor = match (font.end, font.middle) {
            (true, _) => "end",
            (_, true) => "middle",
            _ => "",
        };
        self.string("text-anchor", anchor);
        self.raw(">");
        self.escaped(text);
        self.raw("</text>");
    }
}
