//! What an author's pack says of its owner: its shape in the file, how it is read, and the texts that it needs.
//!
//! Knows the keys of `brand`. Must not know which address or colour is right (`pack::brand`, `contrast`).

use super::contrast;
use super::keys::{Key, Part};
use super::reader::Reader;
use super::walk::At;
use crate::pack::brand::{self, COLORS, RADIUS_MAX, THEMES};
#[cfg(feature = "json")]
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// Whose the pack is: a name, a look, and where its readers can turn. All keys may be left out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(deny_unknown_fields))]
pub struct Brand {
    /// A file in the pack's folder that ends with .svg, .png, .webp or .jpg, or a `data:image/...;base64,` address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "json", schemars(default, with = "String", length(max = 40_000)))]
    pub logo: Option<String>,
    /// Colours in place of the shipped ones.
    #[serde(skip_serializing_if = "Colors::is_empty")]
    #[cfg_attr(feature = "json", schemars(default))]
    pub colors: Colors,
    /// Of corners, in px.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "json", schemars(default, with = "u8", range(min = 0, max = 24)))]
    pub radius: Option<u8>,
    /// Names of fonts, the preferred one first, with commas between them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "json", schemars(default, with = "String", length(min = 1, max = 200)))]
    pub font: Option<String>,
    /// Where the link leads that is offered beside a result: https:, mailto: or tel:.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "json", schemars(default, with = "String", length(max = 300)))]
    pub action: Option<String>,
    /// Where a result can be sent: mailto:, https:, or a place on the same site that begins with / or ./.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "json", schemars(default, with = "String", length(max = 300)))]
    pub send: Option<String>,
}

/// Colours for light and for dark pages.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "json", derive(JsonSchema))]
#[cfg_attr(feature = "json", schemars(deny_unknown_fields))]
pub struct Colors {
    #[serde(skip_serializing_if = "Palette::is_empty")]
    #[cfg_attr(feature = "json", schemars(default))]
    pub light: Palette,
    #[serde(skip_serializing_if = "Palette::is_empty")]
    #[cfg_attr(feature = "json", schemars(default))]
    pub dark: Palette,
}

/// Colours by name, in the order of `COLORS`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Palette(pub Vec<(&'static str, String)>);

impl Colors {
    fn is_empty(&self) -> bool {
        self.light.is_empty() && self.dark.is_empty()
    }
}

impl Palette {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, color)| color.as_str())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Palette {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, color)| (name, color)))
    }
}

#[cfg(feature = "json")]
impl JsonSchema for Palette {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Palette".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let color = serde_json::json!({ "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" });
        let colors: serde_json::Map<String, serde_json::Value> =
            COLORS.iter().map(|name| (name.to_string(), color.clone())).collect();
        json_schema!({
            "description": "Colours by name; what is left out keeps the shipped one.",
            "type": "object",
            "properties": colors,
            "additionalProperties": false,
        })
    }
}

impl Brand {
    /// The texts that it needs in every language.
    pub fn keys(&self) -> Vec<Key> {
        let some = |is: bool, names: &'static [&str]| names.iter().filter(move |_| is);
        let later = some(self.action.is_some(), &["brand.action", "brand.action.text"])
            .chain(some(self.send.is_some(), &["brand.send.text", "brand.send.consent"]));
        let key = |name: &str, part: Part| Key { name: name.into(), part, asked: false, frame: false };
        let later = later.map(|name| key(name, Part::Later));
        std::iter::once(key("brand.name", Part::First)).chain(later).collect()
    }
}

const ADDRESS: &str = "at most 300 of the signs that an address has, no space among them";

impl Reader {
    /// A value that is wrong is there all the same, for its texts; the faults say that it is wrong.
    pub fn brand(&mut self, at: &At) -> Brand {
        const KEYS: [&str; 6] = ["logo", "colors", "radius", "font", "action", "send"];
        let object = self.walk.object(at, &KEYS, "a key of the brand");
        let mut text = |key: &str, expected: &str, right: fn(&str) -> bool| {
            let at = object.optional(key)?;
            Some(self.walk.word(&at, expected, right).unwrap_or_default().to_string())
        };
        let logo = text(
            "logo",
            "a file of the pack's folder that ends with .svg, .png, .webp or .jpg (at most 200 of a-z A-Z 0-9 . _ - /, \
             without ..), or data:image/...;base64,... of at most 40000 characters",
            brand::is_logo,
        );
        let letters = |text: &str| brand::is_font(text) && text.chars().all(|c| c.is_ascii() || c.is_alphanumeric());
        let fonts = "names of fonts with commas between them: 1 to 200 letters, digits, spaces, - and pairs of quotes";
        let font = text("font", fonts, letters);
        let action = format!("an https:, mailto: or tel: address, {ADDRESS}");
        let action = text("action", &action, brand::is_action);
        let send = format!("a mailto: address without ?, an https: one, or a path from / or ./, {ADDRESS}");
        let send = text("send", &send, brand::is_send);
        let radius = object.optional("radius").map(|at| self.walk.int(&at, 0, RADIUS_MAX).unwrap_or_default());
        let colors = object.optional("colors").map(|at| self.colors(&at));
        Brand { logo, colors: colors.unwrap_or_default(), radius, font, action, send }
    }

    fn colors(&mut self, at: &At) -> Colors {
        let before = self.walk.faults.len();
        let object = self.walk.object(at, &THEMES, "a key of the colours");
        let [light, dark] = THEMES.map(|theme| object.optional(theme).map(|at| self.palette(&at)).unwrap_or_default());
        let colors = Colors { light, dark };
        if self.walk.faults.len() == before {
            self.walk.faults.extend(contrast::faults(&at.path, &colors));
        }
        colors
    }

    fn palette(&mut self, at: &At) -> Palette {
        let object = self.walk.object(at, &COLORS, "a colour");
        let mut colors = Vec::new();
        for name in COLORS {
            let color = object.optional(name).and_then(|at| self.walk.word(&at, "#rrggbb", brand::is_color));
            colors.extend(color.map(|color| (name, color.to_ascii_lowercase())));
        }
        Palette(colors)
    }
}
