//! Markup as a value: `el("p", "bsh-lead").text("...")` makes a tree that any program can draw, write down or read back.
//!
//! Knows elements, attributes and which message an event sends. Must not know a browser, nor any page.

use super::msg::Msg;
use crate::storage::codec::{escape, unescape};

macro_rules! attributes {
    ($($name:ident = $text:literal,)*) => {
        /// The attributes that the pages use, the most frequent first.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum At {
            $($name,)*
        }

        /// Their names, by [`At`].
        pub static NAMES: &[&str] = &[$($text,)*];

        impl At {
            const ALL: &[At] = &[$(At::$name,)*];
        }
    };
}

attributes! {
    Class = "class",
    Part = "part",
    D = "d",
    X = "x",
    Y = "y",
    Type = "type",
    Name = "name",
    Value = "value",
    Id = "id",
    For = "for",
    Cx = "cx",
    Cy = "cy",
    R = "r",
    DataSection = "data-section",
    Role = "role",
    AriaLabel = "aria-label",
    Hidden = "hidden",
    ViewBox = "viewBox",
    AriaHidden = "aria-hidden",
    AriaLabelledby = "aria-labelledby",
    Height = "height",
    Max = "max",
    Maxlength = "maxlength",
    Scope = "scope",
    Selected = "selected",
    Tabindex = "tabindex",
    Width = "width",
    Accept = "accept",
    AriaInvalid = "aria-invalid",
    DataAdd = "data-add",
    DataMethod = "data-method",
    DataRow = "data-row",
    Disabled = "disabled",
    Lang = "lang",
    AriaCurrent = "aria-current",
    AriaDescribedby = "aria-describedby",
    Autocomplete = "autocomplete",
    DataChange = "data-change",
    DataGrade = "data-grade",
    DataItem = "data-item",
    DataStep = "data-step",
    DataWhatif = "data-whatif",
    DataWhy = "data-why",
    FillOpacity = "fill-opacity",
    Href = "href",
    Inputmode = "inputmode",
    Method = "method",
    Min = "min",
    PreserveAspectRatio = "preserveAspectRatio",
    Rows = "rows",
    Readonly = "readonly",
    AriaSort = "aria-sort",
    Src = "src",
    Alt = "alt",
    Target = "target",
    Rel = "rel",
}

/// The events that the pages listen to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ev {
    Click,
    /// A click on a link that leads nowhere by itself.
    Link,
    Change,
    Input,
    /// A number key.
    Key,
    Submit,
    /// A file was chosen.
    File,
    PointerDown,
    PointerMove,
}

impl Ev {
    const ALL: [Ev; 9] =
        [Ev::Click, Ev::Link, Ev::Change, Ev::Input, Ev::Key, Ev::Submit, Ev::File, Ev::PointerDown, Ev::PointerMove];
}

/// What can be set on an element.
#[derive(Clone, PartialEq, Debug)]
pub enum Set {
    Attribute(String),
    /// The live state of a choice, which no attribute can set.
    On(bool),
    /// A property, for a text that may be blank.
    Property(String),
}

/// What stands in an element.
#[derive(Clone, PartialEq, Debug)]
pub enum Child {
    Text(String),
    El(El),
}

/// An element and everything in it.
#[derive(Clone, PartialEq, Debug)]
pub struct El(pub Box<Parts>);

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Parts {
    pub tag: String,
    /// Where it comes and goes in a list.
    pub key: Option<String>,
    pub sets: Vec<(At, Set)>,
    /// The live text of an input.
    pub value: Option<String>,
    /// The live state of a radio button or tick box.
    pub checked: Option<bool>,
    pub children: Vec<Child>,
    /// What an event sends; a message that needs the event's value takes it then ([`Msg::with`]).
    pub events: Vec<(Ev, Msg)>,
}

#[inline(never)]
pub fn el(tag: &str, class: &str) -> El {
    El(Box::new(Parts { tag: tag.into(), ..Parts::default() })).at(At::Class, class)
}

impl El {
    #[inline(never)]
    fn set(mut self, name: At, value: Set) -> El {
        let sets = &mut self.0.sets;
        sets.retain(|(known, _)| *known != name);
        sets.push((name, value));
        self
    }

    /// An attribute; a blank one is left out.
    #[inline(never)]
    pub fn at(self, name: At, value: &str) -> El {
        if value.is_empty() { self } else { self.set(name, Set::Attribute(value.into())) }
    }

    #[inline(never)]
    pub fn key(mut self, key: &str) -> El {
        self.0.key = Some(key.into());
        self
    }

    #[inline(never)]
    pub fn text(mut self, text: &str) -> El {
        self.0.children.push(Child::Text(text.into()));
        self
    }

    #[inline(never)]
    pub fn put(mut self, child: El) -> El {
        self.0.children.push(Child::El(child));
        self
    }

    #[inline(never)]
    pub fn put_if(self, child: Option<El>) -> El {
        match child {
            Some(child) => self.put(child),
            None => self,
        }
    }

    pub fn each(self, children: impl Iterator<Item = El>) -> El {
        children.fold(self, El::put)
    }

    #[inline(never)]
    pub fn flag(self, name: At, on: bool) -> El {
        self.at(name, if on { "true" } else { "" })
    }

    /// The live state of a radio button or tick box.
    #[inline(never)]
    pub fn checked(mut self, on: bool) -> El {
        self.0.checked = Some(on);
        self
    }

    /// The live text of an input.
    #[inline(never)]
    pub fn value(mut self, value: &str) -> El {
        self.0.value = Some(value.into());
        self
    }

    /// Is this choice the chosen one?
    #[inline(never)]
    pub fn selected(self, on: bool) -> El {
        self.set(At::Selected, Set::On(on))
    }

    /// The value of a choice, blank too.
    #[inline(never)]
    pub fn choice(self, value: &str) -> El {
        self.set(At::Value, Set::Property(value.into()))
    }

    /// Sends a message on an event.
    #[inline(never)]
    pub fn on(mut self, event: Ev, msg: Msg) -> El {
        self.0.events.push((event, msg));
        self
    }

    /// The tree as text, a line a thing: `E` opens an element and `.` closes it.
    pub fn write(&self, out: &mut String) {
        let parts = &*self.0;
        let mut line = |sign: &str, number: usize, text: &str| {
            out.push_str(sign);
            if !matches!(sign, "E" | "K" | "V" | "B" | ".") {
                out.push_str(&number.to_string());
                out.push(' ');
            }
            escape(text, out);
            out.push('\n');
        };
        line("E", 0, &parts.tag);
        if let Some(key) = &parts.key {
            line("K", 0, key);
        }
        for (name, value) in &parts.sets {
            match value {
                Set::Attribute(text) => line("A", *name as usize, text),
                Set::On(on) => line("S", *name as usize, if *on { "x" } else { "" }),
                Set::Property(text) => line("P", *name as usize, text),
            }
        }
        if let Some(value) = &parts.value {
            line("V", 0, value);
        }
        if let Some(on) = parts.checked {
            line("B", 0, if on { "x" } else { "" });
        }
        for (event, msg) in &parts.events {
            line("O", *event as usize, &msg.code());
        }
        for child in &parts.children {
            match child {
                Child::El(el) => el.write(out),
                Child::Text(text) => {
                    out.push('T');
                    escape(text, out);
                    out.push('\n');
                }
            }
        }
        out.push_str(".\n");
    }

    /// Reads what [`El::write`] writes; `None` for anything else.
    pub fn read(text: &str) -> Option<El> {
        let mut open: Vec<El> = Vec::new();
        for line in text.lines() {
            let sign = line.get(..1)?;
            let rest = line.get(1..)?;
            if sign == "E" {
                open.push(El(Box::new(Parts { tag: unescape(rest), ..Parts::default() })));
                continue;
            }
            if sign == "." {
                let done = open.pop()?;
                match open.last_mut() {
                    Some(around) => around.0.children.push(Child::El(done)),
                    None => return Some(done),
                }
                continue;
            }
            let parts = &mut open.last_mut()?.0;
            match sign {
                "T" => parts.children.push(Child::Text(unescape(rest))),
                "K" => parts.key = Some(unescape(rest)),
                "V" => parts.value = Some(unescape(rest)),
                "B" => parts.checked = Some(rest == "x"),
                _ => {
                    let (number, rest) = rest.split_once(' ')?;
                    let number = number.parse::<usize>().ok()?;
                    if sign == "O" {
                        parts.events.push((*Ev::ALL.get(number)?, Msg::parse(&unescape(rest))?));
                        continue;
                    }
                    let value = match sign {
                        "A" => Set::Attribute(unescape(rest)),
                        "S" => Set::On(rest == "x"),
                        "P" => Set::Property(unescape(rest)),
                        _ => return None,
                    };
                    parts.sets.push((*At::ALL.get(number)?, value));
                }
            }
        }
        None
    }
}

/// A heading that can take the focus when its page arrives.
#[inline(never)]
pub fn heading(tag: &str, text: &str) -> El {
    el(tag, "").at(At::Tabindex, "-1").text(text)
}

#[inline(never)]
pub fn p(class: &str, text: &str) -> El {
    el("p", class).text(text)
}

/// A button that sends one message.
#[inline(never)]
pub fn button(text: &str, class: &str, msg: Msg) -> El {
    el("button", class).at(At::Type, "button").text(text).on(Ev::Click, msg)
}

/// A list of texts.
#[inline(never)]
pub fn list(texts: &mut dyn Iterator<Item = &str>) -> El {
    el("ul", "bsh-plain").each(texts.map(|text| el("li", "").text(text)))
}
