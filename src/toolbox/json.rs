//! JSON as a tree: a reader with limits that says line and column, and a writer with a line for each row.
//!
//! Keys stay in their order and those that stand twice stay twice, so that both can be named. Not serde_json: that makes
//! the program 12 kB larger in brotli, for fractions that no field has. Knows JSON. Must not know what a file is about.

/// The largest text that is read, in bytes: a store of 5 Mi units full of long answers makes two thirds of it.
pub const SIZE_MAX: usize = 32 * 1024 * 1024;
/// How deep lists and objects may stand in each other.
pub const DEPTH_MAX: usize = 16;
/// The most values of one file; bounds the memory that a small file of many tiny values takes.
pub const VALUES_MAX: usize = 3_000_000;

/// A value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Json {
    Null,
    Bool(bool),
    /// A number without fraction and exponent.
    Whole(i64),
    /// Any other number, as it was written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

/// Why a text could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wrong {
    /// Both from 1; the column in characters.
    pub line: usize,
    pub column: usize,
    pub what: &'static str,
}

impl Json {
    /// Reads a whole text; a byte-order mark does no harm.
    pub fn read(text: &str) -> Result<Json, Wrong> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { text, at: 0, left: VALUES_MAX };
        let read = if text.len() > SIZE_MAX {
            Err("the file is larger than 32 MiB")
        } else {
            reader.value(0).and_then(|value| match reader.next() {
                None => Ok(value),
                Some(_) => Err("something stands after the end"),
            })
        };
        read.map_err(|what| {
            let before = text.get(..reader.at).unwrap_or("");
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let column = before.get(start..).unwrap_or("").chars().count() + 1;
            Wrong { line: before.matches('\n').count() + 1, column, what }
        })
    }

    /// Adds the value to a text. Objects and lists above `open` have a line for each of their members, two spaces
    /// deeper than they themselves at `depth`; all below stand on one line.
    pub fn write(&self, depth: usize, open: usize, out: &mut String) {
        let inside = |out: &mut String, first: bool| {
            if !first {
                out.push(',');
            }
            if depth < open {
                line(depth + 1, out);
            } else if !first {
                out.push(' ');
            }
        };
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Whole(value) => out.push_str(&value.to_string()),
            Json::Number(text) => out.push_str(text),
            Json::Text(text) => quote(text, out),
            Json::List(list) => {
                out.push('[');
                for (index, value) in list.iter().enumerate() {
                    inside(out, index == 0);
                    value.write(depth + 1, open, out);
                }
                if depth < open && !list.is_empty() {
                    line(depth, out);
                }
                out.push(']');
            }
            Json::Map(map) => {
                out.push('{');
                for (index, (key, value)) in map.iter().enumerate() {
                    inside(out, index == 0);
                    quote(key, out);
                    out.push_str(": ");
                    value.write(depth + 1, open, out);
                }
                if depth < open && !map.is_empty() {
                    line(depth, out);
                }
                out.push('}');
            }
        }
    }
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// Adds a text in quotation marks.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                out.push_str("\\u00");
                for digit in [u32::from(c) / 16, u32::from(c) % 16] {
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
    /// How many values may still come.
    left: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space, not yet taken.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.peek()
    }

    /// Takes a byte when it is the next one.
    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn value(&mut self, depth: usize) -> Result<Json, &'static str> {
        self.left = self.left.checked_sub(1).ok_or("there are more than 3,000,000 values")?;
        if depth > DEPTH_MAX {
            return Err("lists and objects stand more than 16 deep in each other");
        }
        match self.next() {
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.text().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(_) => Err("expected a value"),
            None => Err("the file ends too early"),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, &'static str> {
        let there = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += if there { word.len() } else { 0 };
        there.then_some(value).ok_or("expected a value")
    }

    fn list(&mut self, depth: usize) -> Result<Json, &'static str> {
        self.at += 1;
        let mut list = Vec::new();
        if self.next() != Some(b']') {
            loop {
                list.push(self.value(depth + 1)?);
                if !self.more(b']')? {
                    break;
                }
            }
        }
        self.at += 1;
        Ok(Json::List(list))
    }

    fn map(&mut self, depth: usize) -> Result<Json, &'static str> {
        self.at += 1;
        let mut map = Vec::new();
        if self.next() != Some(b'}') {
            loop {
                if self.next() != Some(b'"') {
                    return Err("expected a key in quotation marks");
                }
                let key = self.text()?;
                if self.next() != Some(b':') {
                    return Err("expected a colon");
                }
                self.at += 1;
                map.push((key, self.value(depth + 1)?));
                if !self.more(b'}')? {
                    break;
                }
            }
        }
        self.at += 1;
        Ok(Json::Map(map))
    }

    /// Is there a comma, and not the end?
    fn more(&mut self, end: u8) -> Result<bool, &'static str> {
        match self.next() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == end => Ok(false),
            Some(_) => Err("expected a comma or the closing bracket"),
            None => Err("the file ends too early"),
        }
    }

    fn digits(&mut self) -> Result<(), &'static str> {
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > from { Ok(()) } else { Err("expected a digit") }
    }

    fn number(&mut self) -> Result<Json, &'static str> {
        let from = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        let mut whole = true;
        if self.take(b'.') {
            whole = false;
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            whole = false;
            if !self.take(b'+') {
                self.take(b'-');
            }
            self.digits()?;
        }
        let text = self.text.get(from..self.at).unwrap_or("");
        let number = text.parse().ok().filter(|_| whole).map(Json::Whole);
        Ok(number.unwrap_or_else(|| Json::Number(text.into())))
    }

    fn text(&mut self) -> Result<String, &'static str> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
            let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..32)).unwrap_or(rest.len());
            out.push_str(self.text.get(self.at..self.at + length).unwrap_or(""));
            self.at += length;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    out.push(self.escaped()?);
                }
                Some(_) => return Err("a line break, tab or control character must be written with a backslash"),
                None => return Err("the file ends within a text"),
            }
        }
    }

    /// The character that an escape stands for; the backslash is taken already.
    fn escaped(&mut self) -> Result<char, &'static str> {
        let byte = self.peek();
        self.at += usize::from(byte.is_some_and(|byte| byte.is_ascii()));
        Ok(match byte {
            Some(plain @ (b'"' | b'\\' | b'/')) => plain.into(),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                const HALF: &str = "half of a pair of \\u escapes is missing";
                let code = match self.hex()? {
                    high @ 0xd800..=0xdbff => {
                        if !(self.take(b'\\') && self.take(b'u')) {
                            return Err(HALF);
                        }
                        let low = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(HALF)?;
                        0x10000 + (high - 0xd800) * 0x400 + low
                    }
                    code => code,
                };
                char::from_u32(code).ok_or(HALF)?
            }
            _ => return Err("no such escape"),
        })
    }

    fn hex(&mut self) -> Result<u32, &'static str> {
        let digits = self.text.get(self.at..self.at + 4).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|text| u32::from_str_radix(text, 16).ok()).ok_or("expected four hex digits")?;
        self.at += 4;
        Ok(code)
    }
}
