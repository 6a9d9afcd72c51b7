//! Which languages a pack has, and where the texts of each are: in the pack, or in files beside it.
//!
//! Knows where texts can be. Must not know what is in them.

use super::content::{Source, is_language, no_language};
use super::fault::{member, quote};
use super::node::Node;
use super::reader::Reader;
use super::walk::COMMENT;
use std::collections::BTreeMap;

const LANGUAGES_MAX: usize = 20;

impl Reader {
    /// Where the texts of each language are, the first one first, the others by their codes; each language once.
    pub fn sources<'s>(
        &mut self,
        first: Option<&str>,
        inside: &'s [(String, Node)],
        files: &'s [(String, Vec<u8>)],
    ) -> Vec<(&'s str, Source<'s>)> {
        let mut sources: Vec<(&str, Source)> = Vec::new();
        // A long list of codes is looked through once.
        let mut seen: BTreeMap<&str, bool> = BTreeMap::new();
        let mut noted = Vec::new();
        let inside = inside.iter().map(|(code, node)| (code, Source::Inside(node)));
        for (code, source) in inside.chain(files.iter().map(|(code, bytes)| (code, Source::File(bytes)))) {
            let here = || member("$.texts", code);
            match (&source, seen.get(code.as_str())) {
                (Source::Inside(_), _) if code == COMMENT => {}
                (Source::Inside(_), _) if !is_language(code) => {
                    self.walk.fault(here(), "a language code as in en or pt-BR", quote(code));
                }
                (Source::File(_), _) if !is_language(code) => {
                    noted.push(no_language(code, "files of texts by language code, as in en or pt-BR"));
                }
                (Source::Inside(_), Some(_)) => self.walk.fault(here(), "each key once", "it again"),
                (Source::File(_), Some(true)) => {
                    self.walk.fault(here(), "the texts of a language in one place", "a file of them beside the pack");
                }
                (Source::File(_), Some(false)) => {
                    noted.push(no_language(code, "one file of texts for each language"));
                }
                (_, None) => {
                    seen.insert(code, matches!(source, Source::Inside(_)));
                    sources.push((code, source));
                }
            }
        }
        sources.sort_by_key(|(code, _)| (Some(*code) != first, *code));
        if let Some(first) = first
            && sources.first().is_none_or(|(code, _)| *code != first)
        {
            let fault = no_language(first, "a language that has its texts in the pack or in a file beside it");
            self.walk.faults.push(fault);
        }
        if sources.len() > LANGUAGES_MAX {
            self.walk.fault("$", format!("at most {LANGUAGES_MAX} languages"), sources.len().to_string());
            sources.truncate(LANGUAGES_MAX);
        }
        self.walk.faults.append(&mut noted);
        sources
    }
}
