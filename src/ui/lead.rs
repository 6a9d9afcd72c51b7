//! Sending the result: what is typed, the agreement, and what becomes of it.
//!
//! Knows the state of the visit and the page's script. Must not know what is sent: that comes whole with the message of
//! the button, as the page showed it.

use super::app::App;
use super::browser::number;
use crate::page::msg::Msg;
use crate::page::visit::Lead;
use crate::storage::home;

impl App {
    /// What belongs to sending; true when the page is to be drawn anew.
    pub fn lead(&mut self, msg: Msg) -> bool {
        let lead = &mut self.visit.lead;
        let waits = lead.state.starts_with("queued");
        match msg {
            Msg::Lead(which, text) => {
                if let Some(field) = lead.fields.get_mut(which) {
                    *field = text.chars().take(Lead::most(which)).collect();
                }
            }
            Msg::LeadConsent(on) => {
                lead.consent = on;
                if lead.id.is_empty() {
                    lead.id = home::id([number(), number()]);
                }
            }
            Msg::Unsend => {
                self.host.unsend(true);
                lead.state = "unsent".into();
                self.focus = Some("[data-section=lead] h2".into());
            }
            Msg::Send(url, _) if waits && url.is_empty() => {
                lead.state = "queued\tnow".into();
                self.host.send("", "");
            }
            // A second click on the same.
            Msg::Send(..) if waits || lead.state == "sending" => return false,
            Msg::Send(url, body) if lead.consent && !url.is_empty() => {
                lead.state = "sending".into();
                self.host.send(&url, &body);
            }
            _ => {
                lead.state = "consent".into();
                self.focus = Some("#bsh-lead-ok".into());
            }
        }
        true
    }

    /// What became of it. Once it is sent, another one is agreed to anew.
    pub fn sent(&mut self, state: String) {
        let lead = &mut self.visit.lead;
        if state.starts_with("sent") {
            lead.consent = false;
            lead.id.clear();
        } else if state == "queued" && lead.state == "sending" {
            // The button is gone.
            self.focus = Some("[data-section=lead] h2".into());
        }
        lead.state = state;
    }
}
