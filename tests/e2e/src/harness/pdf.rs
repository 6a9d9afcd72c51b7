//! What stands on the pages of a PDF, read by poppler's pdftotext: words and lines with their places.
//! Knows the output of that program; must not know what was printed.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// A line of words, as high on its page as it is; in points, from the top.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub page: usize,
    pub top: f64,
    pub bottom: f64,
    pub left: f64,
    pub text: String,
}

#[derive(Clone, Debug, Default)]
pub struct Pdf {
    /// Width and height of each page.
    pub pages: Vec<(f64, f64)>,
    /// In the order of reading.
    pub lines: Vec<Line>,
}

/// Is poppler here?
pub fn there() -> bool {
    let run = |program| Command::new(program).arg("-v").stdout(Stdio::null()).stderr(Stdio::null()).status();
    ["pdftotext", "pdfinfo"].into_iter().all(|program| run(program).is_ok_and(|status| status.success()))
}

/// Reads a PDF; it is left as a file in `folder`.
pub fn read(bytes: &[u8], folder: &Path, name: &str) -> Result<Pdf> {
    ensure!(bytes.starts_with(b"%PDF-"), "no PDF: {} bytes", bytes.len());
    std::fs::create_dir_all(folder)?;
    let path = folder.join(name);
    std::fs::write(&path, bytes)?;
    let run = |program: &str, arguments: &[&str]| {
        let output =
            Command::new(program).args(arguments).output().with_context(|| format!("{program} does not run"))?;
        ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let file = path.to_string_lossy();
    let pdf = lines_of(&run("pdftotext", &["-bbox-layout", &file, "-"])?);
    let told = run("pdfinfo", &[&file])?;
    let pages = told.lines().find_map(|line| line.strip_prefix("Pages:")?.trim().parse().ok());
    ensure!(pages == Some(pdf.pages.len()), "pdfinfo counts {pages:?} pages, pdftotext {}", pdf.pages.len());
    Ok(pdf)
}

struct Word {
    page: usize,
    top: f64,
    bottom: f64,
    left: f64,
    text: String,
}

fn lines_of(xml: &str) -> Pdf {
    let mut pdf = Pdf::default();
    let mut words: Vec<Word> = Vec::new();
    for line in xml.lines().map(str::trim) {
        let number = |name: &str| {
            let (_, rest) = line.split_once(&format!(" {name}=\""))?;
            rest.split('"').next()?.parse::<f64>().ok()
        };
        if line.starts_with("<page ") {
            pdf.pages.push((number("width").unwrap_or(0.0), number("height").unwrap_or(0.0)));
        } else if line.starts_with("<word ")
            && let (Some(left), Some(top), Some(bottom)) = (number("xMin"), number("yMin"), number("yMax"))
        {
            let text = line.split_once('>').and_then(|(_, rest)| rest.strip_suffix("</word>")).unwrap_or("");
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
            words.push(Word { page: pdf.pages.len(), top, bottom, left, text: spelt(&text.replace("&amp;", "&")) });
        }
    }
    // What has its middle within another line's height stands beside it.
    words.sort_by(|a, b| {
        (a.page, a.top + a.bottom).partial_cmp(&(b.page, b.top + b.bottom)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut rows: Vec<Vec<Word>> = Vec::new();
    for word in words {
        let middle = (word.top + word.bottom) / 2.0;
        match rows.last_mut() {
            Some(row) if row[0].page == word.page && (row[0].top + row[0].bottom) / 2.0 > middle - 3.0 => {
                row.push(word)
            }
            _ => rows.push(vec![word]),
        }
    }
    for mut row in rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let text: Vec<&str> = row.iter().map(|word| word.text.as_str()).collect();
        pdf.lines.push(Line {
            page: row[0].page,
            top: row.iter().map(|word| word.top).fold(f64::MAX, f64::min),
            bottom: row.iter().map(|word| word.bottom).fold(0.0, f64::max),
            left: row[0].left,
            text: text.join(" "),
        });
    }
    pdf
}

impl Pdf {
    /// The lines of a page, from 1 on.
    pub fn page(&self, page: usize) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.page == page)
    }

    /// The first line from `from` on where these words fill whole lines: its place, and that of the line behind them.
    pub fn find(&self, from: usize, words: &str) -> Option<(usize, usize)> {
        let wanted = bare(words);
        (from..self.lines.len()).find_map(|at| {
            let mut said = String::new();
            for (n, line) in self.lines.iter().enumerate().skip(at) {
                said.push_str(&bare(&line.text));
                if said == wanted {
                    return Some((at, n + 1));
                }
                if !wanted.starts_with(&said) {
                    return None;
                }
            }
            None
        })
    }
}

/// Letters that a font draws as one, by themselves.
fn spelt(text: &str) -> String {
    [("ﬃ", "ffi"), ("ﬄ", "ffl"), ("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl")]
        .iter()
        .fold(text.to_owned(), |text, (one, letters)| text.replace(one, letters))
}

/// Without blanks: a PDF has its own.
fn bare(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace() && *sign != '\u{ad}').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_lines() {
        let xml = r#"<page width="595.0" height="842.0">
            <word xMin="90" yMin="10" xMax="99" yMax="20">plan</word>
            <word xMin="50" yMin="10.5" xMax="80" yMax="20.5">Your</word>
            <word xMin="50" yMin="30" xMax="80" yMax="40">R&amp;D</word>
            </page>
            <page width="595.0" height="842.0">
            </page>
            <page width="595.0" height="842.0">
            <word xMin="50" yMin="10" xMax="80" yMax="20">ﬂ&lt;b&gt;</word>"#;
        let pdf = lines_of(xml);
        let texts: Vec<(usize, &str)> = pdf.lines.iter().map(|line| (line.page, line.text.as_str())).collect();
        assert_eq!(texts, [(1, "Your plan"), (1, "R&D"), (3, "fl<b>")]);
        assert_eq!(pdf.find(0, "Your plan R&D"), Some((0, 2)));
        assert_eq!(pdf.find(1, "Your plan"), None);
    }
}
