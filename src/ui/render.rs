//! From markup as a value to Yew's nodes.
//!
//! Written by hand instead of Yew's `html!`: that macro writes out the making of every node at its place, which made the
//! program an eighth larger (docs/size.md). Knows Yew and the events of a browser. Must not know any page.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement, KeyboardEvent};
use yew::html::Scope;
use yew::virtual_dom::{AttrValue, AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VTag};
use yew::{Html, NodeRef};

use super::app::{App, Told};
use super::browser;
use crate::page::dom::{At, Child, El, Ev, NAMES, Set};
use crate::page::msg::Msg;

pub type Link = Scope<App>;

/// Makes the nodes of a tree. `node` gets the outermost element. With `named`, every element has its tag and its classes
/// as the parts by which a page around a shadow root styles it.
pub fn render(el: El, link: &Link, node: Option<&NodeRef>, named: bool) -> Html {
    let mut parts = *el.0;
    // A page around has a main part of its own.
    if named && parts.tag == "main" {
        parts.tag = "div".into();
    }
    if named {
        let class = parts.sets.iter().find(|(name, _)| *name == At::Class);
        let class = class.and_then(|(_, value)| if let Set::Attribute(text) = value { Some(&**text) } else { None });
        let mut part = parts.tag.to_string();
        for class in class.unwrap_or("").split(' ').filter_map(|class| class.strip_prefix("bsh-")) {
            part.push(' ');
            part.push_str(class);
        }
        parts.sets.push((At::Part, Set::Attribute(part)));
    }
    let mut tag = VTag::new(AttrValue::from(parts.tag));
    if let Some(node) = node {
        tag.node_ref = node.clone();
    }
    tag.key = parts.key.map(|key| Key::from(key.as_str()));
    // By attribute, up to the last one that is set: Yew compares two such lists without looking names up.
    let mut values: Vec<Option<AttributeOrProperty>> = Vec::new();
    for (name, value) in parts.sets {
        let place = name as usize;
        while values.len() <= place {
            values.push(None);
        }
        if let Some(slot) = values.get_mut(place) {
            *slot = Some(match value {
                Set::Attribute(text) => AttributeOrProperty::Attribute(AttrValue::from(text)),
                Set::On(on) => AttributeOrProperty::Property(on.into()),
                Set::Property(text) => AttributeOrProperty::Property(text.into()),
            });
        }
    }
    if let Some(keys) = NAMES.get(..values.len()) {
        tag.attributes = Attributes::Dynamic { keys, values: values.into() };
    }
    if let Some(on) = parts.checked {
        tag.set_checked(on);
    }
    if let Some(value) = parts.value {
        tag.set_value(Some(AttrValue::from(value)));
    }
    for (event, msg) in parts.events {
        tag.add_listener(Rc::new(On { event, msg, link: link.clone() }));
    }
    for child in parts.children {
        tag.add_child(match child {
            Child::Text(text) => Html::from(AttrValue::from(text)),
            Child::El(el) => render(el, link, None, named),
        });
    }
    Html::from(tag)
}

struct On {
    event: Ev,
    msg: Msg,
    link: Link,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        match self.event {
            Ev::Click | Ev::Link => ListenerKind::onclick,
            Ev::Change | Ev::File => ListenerKind::onchange,
            Ev::Input => ListenerKind::oninput,
            Ev::Key => ListenerKind::onkeydown,
            Ev::Submit => ListenerKind::onsubmit,
            Ev::PointerDown => ListenerKind::onpointerdown,
            Ev::PointerMove => ListenerKind::onpointermove,
        }
    }

    fn handle(&self, event: Event) {
        if let Some(told) = self.told(&event) {
            self.link.send_message(told);
        }
    }

    fn passive(&self) -> bool {
        !matches!(self.event, Ev::Click | Ev::Link | Ev::Key | Ev::Submit)
    }
}

impl On {
    fn told(&self, event: &Event) -> Option<Told> {
        let msg = self.msg.clone();
        let value = match self.event {
            Ev::Click | Ev::PointerDown => return Some(Told::Msg(msg)),
            Ev::Link | Ev::Submit => {
                event.prevent_default();
                return Some(Told::Msg(msg));
            }
            Ev::Change | Ev::Input => value(event)?,
            Ev::File => {
                let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
                let file = input.files()?.get(0)?;
                // So that the same file can be chosen again.
                input.set_value("");
                return Some(Told::Choose(file));
            }
            Ev::Key => {
                let key = event.dyn_ref::<KeyboardEvent>()?;
                let digit = key.key();
                if key.ctrl_key()
                    || key.meta_key()
                    || key.alt_key()
                    || !matches!(digit.as_str(), "1" | "2" | "3" | "4" | "5")
                {
                    return None;
                }
                event.prevent_default();
                digit
            }
            Ev::PointerMove => browser::row_under(event)?.to_string(),
        };
        msg.with(&value).map(Told::Msg)
    }
}

/// The text of an input, select or text area; of a tick box `x` or nothing.
fn value(event: &Event) -> Option<String> {
    let target = event.target()?;
    let get = |name: &str| js_sys::Reflect::get(target.as_ref(), &JsValue::from_str(name)).ok();
    if get("type")?.as_string().as_deref() == Some("checkbox") {
        return Some(String::from(if get("checked")?.is_truthy() { "x" } else { "" }));
    }
    get("value")?.as_string()
}
