//! What is wrong in a file: a line for each fault, with the path to it.
//!
//! Knows how a path is written. Must not know what is being read.

/// The most faults that are listed; the others are counted.
pub const FAULTS_MAX: usize = 100;
/// The most characters of foreign text in a message.
const SHOWN_MAX: usize = 40;

/// Where something stands, from the top of the file: `accounts[3].people[0].seniority`.
#[derive(Clone, Copy)]
pub enum Path<'a> {
    Top,
    Key(&'a Path<'a>, &'a str),
    Place(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    pub fn key(&'a self, key: &'a str) -> Path<'a> {
        Path::Key(self, key)
    }

    pub fn place(&'a self, index: usize) -> Path<'a> {
        Path::Place(self, index)
    }

    fn write(&self, out: &mut String) {
        match self {
            Path::Top => {}
            Path::Place(above, index) => {
                above.write(out);
                for part in ["[", &index.to_string(), "]"] {
                    out.push_str(part);
                }
            }
            Path::Key(above, key) => {
                above.write(out);
                let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
                if (1..=SHOWN_MAX).contains(&key.len()) && key.bytes().all(plain) {
                    if !out.is_empty() {
                        out.push('.');
                    }
                    out.push_str(key);
                } else {
                    for part in ["[", &quote(key), "]"] {
                        out.push_str(part);
                    }
                }
            }
        }
    }
}

/// A foreign text as it is shown: quoted, on one line, cut when it is long.
pub fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    out.extend(text.chars().take(SHOWN_MAX).map(|c| if c.is_control() { ' ' } else { c }));
    out.push_str(if text.chars().nth(SHOWN_MAX).is_some() { "\"..." } else { "\"" });
    out
}

/// The faults of one file.
#[derive(Default)]
pub struct Faults {
    list: Vec<String>,
    more: usize,
}

impl Faults {
    /// Adds what is wrong at a path: the parts of one sentence.
    pub fn add(&mut self, path: &Path, parts: &[&str]) {
        if self.list.len() == FAULTS_MAX {
            self.more += 1;
            return;
        }
        let mut line = String::new();
        path.write(&mut line);
        if !line.is_empty() {
            line.push_str(": ");
        }
        line.push_str(&parts.concat());
        self.list.push(line);
    }

    /// The lines; the last one says how many more there are.
    pub fn lines(mut self) -> Vec<String> {
        if self.more > 0 {
            self.list.push(["and ", &self.more.to_string(), " more"].concat());
        }
        self.list
    }
}
