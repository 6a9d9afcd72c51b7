//! Markup by plain function calls: `el("p", "bsh-lead").text("...")`.
//!
//! The pages could be written with Yew's `html!` and once were: that macro writes out the construction of every node
//! at its place, which made the program half as large again (docs/size.md). Here one function per kind of part serves
//! all pages. Knows Yew's nodes and the message type; must not know any page.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};
use yew::html::Scope;
use yew::virtual_dom::{AttrValue, Key, Listener, ListenerKind, VTag};
use yew::{Html, NodeRef};

use super::app::{App, Msg};

pub type Link = Scope<App>;

/// An element that is being put together. A blank class or attribute is left out.
pub struct El(Box<VTag>);

#[inline(never)]
pub fn el(tag: &'static str, class: &'static str) -> El {
    El(Box::new(VTag::new(AttrValue::Static(tag)))).lit("class", class)
}

impl El {
    /// An attribute whose value is known here.
    #[inline(never)]
    pub fn lit(mut self, name: &'static str, value: &'static str) -> El {
        if !value.is_empty() {
            self.0.add_attribute(name, AttrValue::Static(value));
        }
        self
    }

    #[inline(never)]
    pub fn at(mut self, name: &'static str, value: &str) -> El {
        if !value.is_empty() {
            self.0.add_attribute(name, AttrValue::from(value.to_string()));
        }
        self
    }

    #[inline(never)]
    pub fn key(mut self, key: &str) -> El {
        self.0.key = Some(Key::from(key));
        self
    }

    #[inline(never)]
    pub fn text(self, text: &str) -> El {
        self.html(Html::from(AttrValue::from(text.to_string())))
    }

    #[inline(never)]
    pub fn html(mut self, child: Html) -> El {
        self.0.add_child(child);
        self
    }

    #[inline(never)]
    pub fn add(self, child: El) -> El {
        self.html(child.done())
    }

    pub fn add_if(self, child: Option<El>) -> El {
        match child {
            Some(child) => self.add(child),
            None => self,
        }
    }

    pub fn each(self, children: impl Iterator<Item = El>) -> El {
        children.fold(self, El::add)
    }

    pub fn flag(self, name: &'static str, on: bool) -> El {
        self.lit(name, if on { "true" } else { "" })
    }

    /// The live state of a radio button or tick box.
    #[inline(never)]
    pub fn checked(mut self, on: bool) -> El {
        self.0.set_checked(on);
        self
    }

    /// The live text of an input.
    #[inline(never)]
    pub fn value(mut self, value: &str) -> El {
        self.0.set_value(Some(AttrValue::from(value.to_string())));
        self
    }

    /// A property of the element, for what no attribute can set.
    #[inline(never)]
    pub fn prop(mut self, name: &'static str, value: JsValue) -> El {
        self.0.add_property(name, value);
        self
    }

    pub fn node(mut self, node: &NodeRef) -> El {
        self.0.node_ref = node.clone();
        self
    }

    /// Sends a message that depends on the event; `None` sends nothing.
    #[inline(never)]
    pub fn on(mut self, kind: Ev, link: &Link, make: Rc<dyn Fn(&Event) -> Option<Msg>>) -> El {
        self.0.add_listener(Rc::new(On { kind, link: link.clone(), make }));
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
        Html::from(*self.0)
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

struct On {
    kind: Ev,
    link: Link,
    make: Rc<dyn Fn(&Event) -> Option<Msg>>,
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
    el(tag, "").lit("tabindex", "-1").text(text)
}

#[inline(never)]
pub fn p(class: &'static str, text: &str) -> El {
    el("p", class).text(text)
}

/// A button that sends one message.
#[inline(never)]
pub fn button(text: &str, class: &'static str, link: &Link, msg: Msg) -> El {
    el("button", class).lit("type", "button").text(text).click(link, msg)
}

/// A list of texts.
#[inline(never)]
pub fn list<'a>(texts: &mut dyn Iterator<Item = &'a str>) -> El {
    el("ul", "bsh-plain").each(texts.map(|text| el("li", "").text(text)))
}
