//! The 29 symbols of codes, numbers written with them, and the check over them.
//!
//! Knows nothing of what a code says.

/// The symbols in the order of their values: no two of them look alike, and none is one of I L O S Z B U.
pub const ALPHABET: &[u8; 29] = b"0123456789ACDEFGHJKMNPQRTVWXY";
/// How many symbols the check has.
pub const CHECK: usize = 4;

const BASE: u32 = 29;
/// The largest prime below 29^4. 29 is a primitive root of it.
const PRIME: u32 = 707_279;
/// What [`go_on`] gives for a whole string with its check.
pub const SEALED: u32 = 1;

/// What a character is to the reader of a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// A value below 29.
    Symbol(u8),
    /// White space, a hyphen or dash of any kind, something invisible, or what mail programs put around a line.
    Gap,
    Other,
}

/// Reads a character, in either case. The look-alikes O, I, L, Z, S and B, which no code has, are taken for the digits
/// that they were read as; whether that was right is for the check to say.
pub fn sign(c: char) -> Sign {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'B' => '8',
        other => other,
    };
    match ALPHABET.iter().zip(0..).find(|(symbol, _)| char::from(**symbol) == c) {
        Some((_, value)) => Sign::Symbol(value),
        None => match c {
            '-' | '>' | '*' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{2060}' => Sign::Gap,
            '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{feff}' | '\u{ff0d}' => Sign::Gap,
            c if c.is_whitespace() => Sign::Gap,
            _ => Sign::Other,
        },
    }
}

/// The values of a text of symbols and gaps; `None` when anything else is in it.
pub fn read(text: &str) -> Option<Vec<u8>> {
    let mut values = Vec::new();
    for c in text.chars() {
        match sign(c) {
            Sign::Symbol(value) => values.push(value),
            Sign::Gap => {}
            Sign::Other => return None,
        }
    }
    Some(values)
}

/// The symbols of some values.
pub fn write(values: &[u8]) -> String {
    values.iter().filter_map(|value| ALPHABET.get(usize::from(*value))).map(|symbol| char::from(*symbol)).collect()
}

/// What is left of a string of values below `base`, read as a number, when it is divided by [`PRIME`]; `before` is what
/// was left of the values in front of them. `base` is at most 256.
///
/// One wrong value changes the number by `d * base^k` with `0 < |d| < base`, two swapped neighbours by
/// `(a - b) * (base - 1) * base^k`: the prime divides none of these factors, so at any length something else is left.
fn left(before: u32, values: impl Iterator<Item = u8>, base: u32) -> u32 {
    values.fold(before, |left, value| (left * base + u32::from(value)) % PRIME)
}

/// Four symbols for a number below [`PRIME`].
fn four(number: u32) -> [u8; CHECK] {
    [BASE * BASE * BASE, BASE * BASE, BASE, 1].map(|unit| (number / unit % BASE) as u8)
}

/// Adds the check: with it, the whole string read as a number leaves 1 (a pure system in the manner of ISO/IEC 7064).
pub fn seal(values: &mut Vec<u8>) {
    let open = left(0, values.iter().copied().chain([0; CHECK]), BASE);
    values.extend(four((PRIME + SEALED - open) % PRIME));
}

/// Does the check at the end of the values hold?
pub fn sealed(values: &[u8]) -> bool {
    go_on(0, values) == SEALED
}

/// The check piece by piece, from 0 on: it holds where this gives [`SEALED`].
pub fn go_on(before: u32, values: &[u8]) -> u32 {
    left(before, values.iter().copied(), BASE)
}

/// The check over a text, which does not become part of a number with it.
pub fn check(text: &str) -> String {
    write(&four(left(0, text.bytes(), 256)))
}

/// A whole number in base 29 to which digits of any base are added at the low end, and taken away again from there. It
/// begins as 1, so that its length depends on the bases alone and not on the digits, but for one symbol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number(
    /// The highest value first.
    pub Vec<u8>,
);

impl Default for Number {
    fn default() -> Number {
        Number(vec![1])
    }
}

impl Number {
    /// Adds a digit of a base up to 2^24.
    pub fn push(&mut self, base: u32, digit: u32) {
        let mut carry = digit;
        for value in self.0.iter_mut().rev() {
            let sum = u32::from(*value) * base + carry;
            *value = (sum % BASE) as u8;
            carry = sum / BASE;
        }
        while carry > 0 {
            self.0.insert(0, (carry % BASE) as u8);
            carry /= BASE;
        }
    }

    /// Takes away the digit that was added last, of a base up to 2^24; 0 when nothing is left.
    pub fn pull(&mut self, base: u32) -> u32 {
        let mut rest = 0;
        for value in &mut self.0 {
            let part = rest * BASE + u32::from(*value);
            *value = (part / base) as u8;
            rest = part % base;
        }
        rest
    }

    /// Has every digit been taken away?
    pub fn done(&self) -> bool {
        self.0.split_last().is_some_and(|(last, rest)| *last == 1 && rest.iter().all(|value| *value == 0))
    }
}
