//! The program in a real browser: it mounts, draws, keeps answers in the real store, and takes what goes wrong.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

use buy_sell_hierarchy::embed::{Handle, mount};
use buy_sell_hierarchy::results::{load, view};
use buy_sell_hierarchy::storage::browser::Browser;
use buy_sell_hierarchy::storage::store::Store;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// The browser's own storage, as a page gives it.
fn store() -> Browser {
    Browser(Function::new_no_args("return localStorage"))
}

/// A mounted program under a key of its own.
struct Stage {
    root: Element,
    handle: Handle,
    key: String,
}

impl Stage {
    async fn new(key: &str, options: &[(&str, JsValue)]) -> Stage {
        let root = document().create_element("div").unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let object = Stage::given(key);
        for (name, value) in options {
            Reflect::set(&object, &(*name).into(), value).unwrap();
        }
        let handle = mount(root.clone(), object.into()).unwrap();
        let stage = Stage { root, handle, key: format!("bsh:draft:{key}") };
        stage.drawn().await;
        stage
    }

    /// The options of a visit under a key, with what the page does for it.
    fn given(key: &str) -> Object {
        let object = Object::new();
        Reflect::set(&object, &"pack".into(), &support::small_pack().into()).unwrap();
        Reflect::set(&object, &"key".into(), &key.into()).unwrap();
        // What the page does for the later pages.
        let number: usize = load(&support::small_pack(), &support::small_more()).parse().unwrap();
        let host =
            Closure::<dyn Fn(String, JsValue) -> JsValue>::new(move |verb: String, one: JsValue| match verb.as_str() {
                "store" => web_sys::window().unwrap().local_storage().unwrap().into(),
                "view" => view(number, &one.as_string().unwrap()).into(),
                _ => JsValue::UNDEFINED,
            });
        Reflect::set(&object, &"host".into(), &host.into_js_value()).unwrap();
        object
    }

    /// Yew draws in microtasks: after a resolved promise of a later task everything queued is done.
    async fn drawn(&self) {
        let mut later = |resolve: Function, _: Function| {
            web_sys::window().unwrap().request_animation_frame(&resolve).unwrap();
        };
        JsFuture::from(Promise::new(&mut later)).await.unwrap();
    }

    fn find(&self, selector: &str) -> HtmlElement {
        let found = self.root.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("no {selector} in {}", self.root.inner_html())).dyn_into().unwrap()
    }

    async fn click(&self, selector: &str) {
        self.find(selector).click();
        self.drawn().await;
    }

    fn step(&self) -> String {
        self.find("[data-step]").get_attribute("data-step").unwrap()
    }

    fn stored(&self) -> Option<String> {
        store().read(&self.key).unwrap()
    }

    fn leave(mut self) {
        self.handle.destroy();
        self.root.remove();
        store().remove(&self.key).unwrap();
    }
}

#[wasm_bindgen_test]
async fn nothing_is_stored_before_start_and_every_answer_after_it() {
    let stage = Stage::new("stored", &[]).await;
    assert_eq!(stage.step(), "start");
    assert_eq!(stage.stored(), None);
    stage.click("#bsh-go").await;
    assert_eq!(stage.step(), "gate-2");
    assert!(stage.stored().unwrap().starts_with("bsh-answers 3 "));
    stage.click("input[name=g2-01][value='3']").await;
    assert!(stage.stored().unwrap().contains("\ng2-01=3\n"));
    stage.leave();
}

#[wasm_bindgen_test]
async fn start_pressed_on_the_static_page_is_heeded() {
    let stage = Stage::new("early", &[("start", true.into()), ("account", "Metal Works".into())]).await;
    assert_eq!(stage.step(), "gate-2");
    assert!(stage.stored().unwrap().contains("\naccount=Metal Works\n"));
    stage.leave();
}

#[wasm_bindgen_test]
async fn a_second_visit_is_greeted_and_a_pressed_start_replaces_nothing() {
    store().write("bsh:draft:second", "bsh-answers 1 4 0123456789abcdef\nform=short\ng2-01=3\nstep=gate-3\n").unwrap();
    let stage = Stage::new("second", &[("start", true.into())]).await;
    assert_eq!(stage.step(), "return");
    stage.click(".bsh-primary").await;
    assert_eq!(stage.step(), "gate-3");
    assert!(stage.stored().unwrap().contains("\ng2-01=3\n"));
    stage.leave();
}

#[wasm_bindgen_test]
async fn unreadable_data_is_set_aside_and_a_newer_version_is_left_alone() {
    store().write("bsh:draft:bad", "rubbish").unwrap();
    let stage = Stage::new("bad", &[]).await;
    assert!(stage.find(".bsh-banners").text_content().unwrap().contains("trouble.unread"));
    assert_eq!(store().read("bsh:aside:bad").unwrap().as_deref(), Some("rubbish"));
    store().remove("bsh:aside:bad").unwrap();
    stage.leave();

    let newer = "bsh-answers 9 1 0123456789abcdef\nx=y\n";
    store().write("bsh:draft:new", newer).unwrap();
    let stage = Stage::new("new", &[]).await;
    stage.click("#bsh-go").await;
    stage.click("input[name=g2-01][value='3']").await;
    assert_eq!(stage.stored().as_deref(), Some(newer));
    assert!(stage.find(".bsh-warn").text_content().unwrap().contains("trouble.newer"));
    stage.leave();
}

#[wasm_bindgen_test]
async fn keys_choose_in_the_group_and_the_error_summary_names_what_is_blank() {
    let stage = Stage::new("keys", &[("start", true.into())]).await;
    let group = stage.find("[data-item=g2-02] .bsh-answers");
    let init = web_sys::KeyboardEventInit::new();
    init.set_key("5");
    init.set_bubbles(true);
    group
        .dispatch_event(&web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap())
        .unwrap();
    stage.drawn().await;
    assert!(stage.stored().unwrap().contains("\ng2-02=4\n"));
    stage.click(".bsh-moves .bsh-primary").await;
    assert_eq!(stage.step(), "gate-2");
    assert_eq!(stage.root.query_selector_all(".bsh-errors li").unwrap().length(), 3);
    stage.click(".bsh-errors button").await;
    assert_eq!(stage.step(), "gate-3");
    stage.leave();
}

#[wasm_bindgen_test]
async fn the_second_program_draws_the_result_and_its_events_come_back() {
    let answers: String =
        (2..=5).map(|gate| format!("g{gate}-01=4\ng{gate}-02=4\ng{gate}-03=2\ng{gate}-04=1\n")).collect();
    let draft = format!("bsh-answers 1 4 0123456789abcdef\nform=full\nstep=result\n{answers}");
    store().write("bsh:draft:result", &draft).unwrap();
    let stage = Stage::new("result", &[]).await;
    stage.click(".bsh-primary").await;
    assert_eq!(stage.step(), "result");
    assert!(stage.find("h1").text_content().unwrap().starts_with("result."));
    stage.click("[data-change=g2-04]").await;
    assert_eq!(stage.step(), "gate-2");
    stage.click("input[name=g2-04][value='4']").await;
    stage.click(".bsh-moves .bsh-primary").await;
    assert_eq!(stage.step(), "result");
    assert!(stage.stored().unwrap().contains("\ng2-04=4\n"));
    assert!(stage.stored().unwrap().starts_with("bsh-answers 3 "));
    stage.leave();
}

#[wasm_bindgen_test]
async fn another_tab_erases_and_this_one_follows() {
    let stage = Stage::new("tabs", &[("start", true.into())]).await;
    store().remove(&stage.key).unwrap();
    stage.click("input[name=g2-01][value='3']").await;
    assert_eq!(stage.step(), "start");
    assert_eq!(stage.stored(), None);
    stage.leave();
}

#[wasm_bindgen_test]
async fn start_does_not_overwrite_what_another_tab_began() {
    let stage = Stage::new("began", &[("account", "Zebra".into())]).await;
    let theirs = "bsh-answers 1 4 0123456789abcdef\nform=short\naccount=Acme\ng2-01=3\nstep=gate-3\n";
    store().write(&stage.key, theirs).unwrap();
    stage.click("#bsh-go").await;
    assert_eq!(stage.step(), "return");
    assert_eq!(stage.stored().as_deref(), Some(theirs));
    stage.leave();
}

#[wasm_bindgen_test]
async fn typed_names_survive_a_redraw() {
    let stage = Stage::new("typed", &[]).await;
    let input: web_sys::HtmlInputElement = stage.find("#bsh-account").dyn_into().unwrap();
    input.set_value("Metal Works");
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    input.dispatch_event(&web_sys::Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
    stage.click("#bsh-form-full").await;
    assert_eq!(input.value(), "Metal Works");
    stage.click("#bsh-go").await;
    assert!(stage.stored().unwrap().contains("\naccount=Metal Works\n"));
    stage.leave();
}

#[wasm_bindgen_test]
async fn a_place_is_used_again_and_nothing_of_the_first_visit_is_left() {
    let mut stage = Stage::new("first", &[("account", "Metal Works".into())]).await;
    stage.click("#bsh-go").await;
    stage.click("input[name=g2-01][value='3']").await;
    stage.handle.renew(Stage::given("again").into()).unwrap();
    stage.drawn().await;
    assert_eq!(stage.step(), "start");
    let input: web_sys::HtmlInputElement = stage.find("#bsh-account").dyn_into().unwrap();
    assert_eq!(input.value(), "");
    stage.click("#bsh-go").await;
    assert!(!stage.find("input[name=g2-01][value='3']").dyn_into::<web_sys::HtmlInputElement>().unwrap().checked());
    assert!(stage.stored().unwrap().contains("\ng2-01=3\n"));
    store().remove("bsh:draft:again").unwrap();
    stage.leave();
}

#[wasm_bindgen_test]
fn a_pack_that_is_none_is_refused_by_name() {
    let refused = |pack: &str| {
        let object = Object::new();
        Reflect::set(&object, &"pack".into(), &pack.into()).unwrap();
        let root = document().create_element("div").unwrap();
        mount(root, object.into()).err().and_then(|error| error.as_string())
    };
    assert_eq!(refused("").as_deref(), Some("foreign"));
    assert_eq!(refused(&support::small_pack().replace("Gate 3", "Gate 7")).as_deref(), Some("damaged"));
}
