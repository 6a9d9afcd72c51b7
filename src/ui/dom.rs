//! Markup by plain function calls: `el("p", "bsh-lead").text("...")`.
//!
//! The pages could be written with Yew's `html!` and once were: that macro writes out the construction of every node
//! at its place, which made the program an eighth larger (docs/size.md). Here one function per kind of part serves
//! all pages. Knows Yew's nodes and the message type; must not know any page.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};
use yew::html::Scope;
use yew::virtual_dom::{AttrValue, AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VTag};
use yew::{Html, NodeRef};

use super::app::{App, Msg};

pub type Link = Scope<App>;

macro_rules! attributes {
    ($($name:ident = $text:literal,)*) => {
        /// The attributes that the pages use, the most frequent first.
        #[derive(Clone, Copy)]
        pub enum At {
            $($name,)*
        }

        static NAMES: &[&str] = &[$($text,)*];
    };
}

attributes! {
    Class = "class",
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
}

/// An element that is being put together. A blank class or attribute is left out.
pub struct El(Box<Parts>);

struct Parts {
    tag: VTag,
    /// By [`At`], up to the last one that is set: Yew compares two such lists without looking names up.
    attributes: Vec<Option<AttributeOrProperty>>,
}

#[inline(never)]
pub fn el(tag: &'static str, class: &'static str) -> El {
    El(Box::new(Parts { tag: VTag::new(AttrValue::Static(tag)), attributes: Vec::new() })).lit(At::Class, class)
}

impl El {
    #[inline(never)]
    fn set(mut self, name: At, value: AttributeOrProperty) -> El {
        let place = name as usize;
        let all = &mut self.0.attributes;
        while all.len() <= place {
            all.push(None);
        }
        if let Some(slot) = all.get_mut(place) {
            *slot = Some(value);
        }
        self
    }

    /// An attribute whose value is known here.
    #[inline(never)]
    pub fn lit(self, name: At, value: &'static str) -> El {
        match value.is_empty() {
            true => self,
            false => self.set(name, AttributeOrProperty::Attribute(AttrValue::Static(value))),
        }
    }

    #[inline(never)]
    pub fn at(self, name: At, value: &str) -> El {
        match value.is_empty() {
            true => self,
            false => self.set(name, AttributeOrProperty::Attribute(AttrValue::from(value.to_string()))),
        }
    }

    #[inline(never)]
    pub fn key(mut self, key: &str) -> El {
        self.0.tag.key = Some(Key::from(key));
        self
    }

    #[inline(never)]
    pub fn text(self, text: &str) -> El {
        self.html(Html::from(AttrValue::from(text.to_string())))
    }

    #[inline(never)]
    pub fn html(mut self, child: Html) -> El {
        self.0.tag.add_child(child);
        self
    }

    #[inline(never)]
    pub fn put(self, child: El) -> El {
        self.html(child.done())
    }

    pub fn put_if(self, child: Option<El>) -> El {
        match child {
            Some(child) => self.put(child),
            None => self,
        }
    }

    pub fn each(self, children: impl Iterator<Item = El>) -> El {
        children.fold(self, El::put)
    }

    pub fn flag(self, name: At, on: bool) -> El {
        self.lit(name, if on { "true" } else { "" })
    }

    /// The live state of a radio button or tick box.
    #[inline(never)]
    pub fn checked(mut self, on: bool) -> El {
        self.0.tag.set_checked(on);
        self
    }

    /// The live text of an input.
    #[inline(never)]
    pub fn value(mut self, value: &str) -> El {
        self.0.tag.set_value(Some(AttrValue::from(value.to_string())));
        self
    }

    /// A property of the element, for what no attribute can set.
    #[inline(never)]
    pub fn prop(self, name: At, value: JsValue) -> El {
        self.set(name, AttributeOrProperty::Property(value))
    }

    pub fn node(mut self, node: &NodeRef) -> El {
        self.0.tag.node_ref = node.clone();
        self
    }

    /// Sends a message that depends on the event; `None` sends nothing.
    #[inline(never)]
    pub fn on(mut self, kind: Ev, link: &Link, make: Make) -> El {
        self.0.tag.add_listener(Rc::new(On { kind, link: link.clone(), make }));
        self
    }

    /// Sends a message on a click.
    #[inline(never)]
    pub fn click(self, link: &Link, msg: Msg) -> El {
        self.on(Ev::Click, link, Rc::new(move |_| Some(msg.clone())))
    }

    /// Sends what a new value makes of it: the text of an input, select or text area.
    pub fn change(self, kind: Ev, link: &Link, make: impl Fn(&str) -> Option<Msg> + 'static) -> El {
        self.on(kind, link, Rc::new(move |event| make(&target_text(event, "value")?)))
    }

    #[inline(never)]
    pub fn done(self) -> Html {
        let Parts { mut tag, attributes } = *self.0;
        if let Some(keys) = NAMES.get(..attributes.len()) {
            tag.attributes = Attributes::Dynamic { keys, values: attributes.into() };
        }
        Html::from(tag)
    }
}

/// The events that the pages listen to. Yew's own list of all there are is costly to copy.
#[derive(Clone, Copy, PartialEq)]
pub enum Ev {
    Click,
    Change,
    Input,
    Key,
    Submit,
}

/// What an event makes: a message, or nothing.
pub type Make = Rc<dyn Fn(&Event) -> Option<Msg>>;

struct On {
    kind: Ev,
    link: Link,
    make: Make,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        match self.kind {
            Ev::Click => ListenerKind::onclick,
            Ev::Change => ListenerKind::onchange,
            Ev::Input => ListenerKind::oninput,
            Ev::Key => ListenerKind::onkeydown,
            Ev::Submit => ListenerKind::onsubmit,
        }
    }

    fn handle(&self, event: Event) {
        if let Some(msg) = (self.make)(&event) {
            self.link.send_message(msg);
        }
    }

    fn passive(&self) -> bool {
        matches!(self.kind, Ev::Change | Ev::Input)
    }
}

/// A property of the event's target.
pub fn target_prop(event: &Event, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(event.target()?.as_ref(), &JsValue::from_str(name)).ok()
}

pub fn target_text(event: &Event, name: &str) -> Option<String> {
    target_prop(event, name)?.as_string()
}

/// The nearest element around the event's target that fits a selector.
pub fn around(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// A heading that can take the focus when its page arrives.
#[inline(never)]
pub fn heading(tag: &'static str, text: &str) -> El {
    el(tag, "").lit(At::Tabindex, "-1").text(text)
}

#[inline(never)]
pub fn p(class: &'static str, text: &str) -> El {
    el("p", class).text(text)
}

/// A button that sends one message.
#[inline(never)]
pub fn button(text: &str, class: &'static str, link: &Link, msg: Msg) -> El {
    el("button", class).lit(At::Type, "button").text(text).click(link, msg)
}

/// A list of texts.
#[inline(never)]
pub fn list(texts: &mut dyn Iterator<Item = &str>) -> El {
    el("ul", "bsh-plain").each(texts.map(|text| el("li", "").text(text)))
}
