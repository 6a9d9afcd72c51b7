//! The condition language of readings and methods: from its written form to a rule, and from a rule to the postfix of
//! the compiled pack.
//!
//! Knows the grammar (docs/packs.md) and what facts there are to ask for. Must not know where a condition stands.

use super::fault::quote;
use super::hint::hint;
use crate::domain::facts::Sort;
use crate::domain::rules::{Compare, Rule, Token, Value};
use crate::pack::compiled::is_id;

/// The most pieces of a condition.
pub const TOKENS_MAX: usize = 200;
/// The deepest nesting of `not` and parentheses.
pub const DEPTH_MAX: usize = 20;

/// What is wrong in a condition; `found` has the column, from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrong {
    pub expected: String,
    pub found: String,
}

/// Reads a condition over the facts of a survey (`facts::sorts`). The first fault of grammar ends it; all faults about
/// facts and what they are compared with are listed.
pub fn parse(text: &str, facts: &[(String, Sort)]) -> Result<Rule, Vec<Wrong>> {
    let mut parser = Parser { pieces: pieces(text), next: 0, facts, rule: Vec::new(), wrongs: Vec::new() };
    if parser.pieces.len() > TOKENS_MAX {
        let expected = format!("a condition of at most {TOKENS_MAX} words and signs");
        return Err(vec![Wrong { expected, found: parser.pieces.len().to_string() }]);
    }
    let whole = parser.any(0).and_then(|()| parser.end());
    parser.wrongs.extend(whole.err());
    if parser.wrongs.is_empty() { Ok(Rule(parser.rule)) } else { Err(parser.wrongs) }
}

/// The postfix form that `records::rule` reads. Fractions have no written form; a pack has whole numbers only.
pub fn postfix(rule: &Rule) -> String {
    let piece = |token: &Token| match token {
        Token::Known(name) => format!("?{name}"),
        Token::Test(name, compare, value) => {
            let sign = Compare::NAMES.iter().find(|(_, known)| known == compare).map_or("", |(sign, _)| sign);
            match value {
                Value::Number(number, _) => format!("{name}{sign}{number}"),
                Value::Word(word) => format!("{name}{sign}{word}"),
                Value::Unknown => format!("{name}{sign}"),
            }
        }
        Token::Not => "!".into(),
        Token::And => "&".into(),
        Token::Or => "|".into(),
    };
    rule.0.iter().map(piece).collect::<Vec<String>>().join(" ")
}

/// A word, a parenthesis or a comparison, and its column in characters.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    column: usize,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut rest, mut column) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if c.is_whitespace() => c.len_utf8(),
            '(' | ')' => 1,
            c if is_sign(c) => rest.find(|c| !is_sign(c)).unwrap_or(rest.len()),
            _ => rest.find(|c: char| c.is_whitespace() || c == '(' || c == ')' || is_sign(c)).unwrap_or(rest.len()),
        };
        let (piece, tail) = rest.split_at(length);
        if !first.is_whitespace() {
            pieces.push(Piece { text: piece, column });
        }
        column += piece.chars().count();
        rest = tail;
    }
    pieces
}

fn is_sign(c: char) -> bool {
    matches!(c, '<' | '=' | '>' | '!')
}

struct Parser<'t> {
    pieces: Vec<Piece<'t>>,
    next: usize,
    facts: &'t [(String, Sort)],
    rule: Vec<Token>,
    /// What is wrong about facts, while the grammar is right.
    wrongs: Vec<Wrong>,
}

type Parsed<T> = Result<T, Wrong>;

const OPERAND: &str = "a fact, not, known or (";

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<Piece<'t>> {
        self.pieces.get(self.next).copied()
    }

    /// Takes the next piece if it is this word.
    fn takes(&mut self, word: &str) -> bool {
        let is = self.peek().is_some_and(|piece| piece.text == word);
        self.next += usize::from(is);
        is
    }

    fn wrong(piece: Option<Piece>, expected: impl Into<String>) -> Wrong {
        let found =
            piece.map_or("the end".into(), |Piece { text, column }| format!("{} at column {column}", quote(text)));
        Wrong { expected: expected.into(), found }
    }

    /// and {"or" and}
    fn any(&mut self, depth: usize) -> Parsed<()> {
        self.all(depth)?;
        while self.takes("or") {
            self.all(depth)?;
            self.rule.push(Token::Or);
        }
        Ok(())
    }

    /// not {"and" not}
    fn all(&mut self, depth: usize) -> Parsed<()> {
        self.one(depth)?;
        while self.takes("and") {
            self.one(depth)?;
            self.rule.push(Token::And);
        }
        Ok(())
    }

    /// "not" not | "(" expr ")" | "known" fact | fact op value
    fn one(&mut self, depth: usize) -> Parsed<()> {
        let piece = self.peek();
        if depth > DEPTH_MAX {
            return Err(Self::wrong(piece, format!("at most {DEPTH_MAX} of not and ( in each other")));
        }
        if self.takes("not") {
            self.one(depth + 1)?;
            self.rule.push(Token::Not);
        } else if self.takes("(") {
            self.any(depth + 1)?;
            if !self.takes(")") {
                return Err(Self::wrong(self.peek(), "and, or, or )"));
            }
        } else if self.takes("known") {
            let (name, _) = self.fact("a fact after known")?;
            self.rule.push(Token::Known(name.into()));
        } else {
            self.test()?;
        }
        Ok(())
    }

    fn end(&mut self) -> Parsed<()> {
        match self.peek() {
            None => Ok(()),
            piece => Err(Self::wrong(piece, "and, or, or the end")),
        }
    }

    /// A fact by name, and its sort where there is such a fact.
    fn fact(&mut self, expected: &str) -> Parsed<(&'t str, Option<&'t Sort>)> {
        let piece = self.peek();
        let keyword = |text: &str| matches!(text, "and" | "or" | "not" | "known");
        let Some(found) = piece.filter(|p| p.text.starts_with(|c: char| c.is_alphabetic()) && !keyword(p.text)) else {
            return Err(Self::wrong(piece, expected));
        };
        self.next += 1;
        let sort = self.facts.iter().find(|(name, _)| name == found.text).map(|(_, sort)| sort);
        if sort.is_none() {
            let expected = hint(found.text, self.facts);
            self.wrongs.push(Self::wrong(piece, expected));
        }
        Ok((found.text, sort))
    }

    fn test(&mut self) -> Parsed<()> {
        let (name, sort) = self.fact(OPERAND)?;
        let sign = self.peek();
        let compare = sign.and_then(|sign| Compare::NAMES.iter().find(|(text, _)| *text == sign.text));
        let Some((_, compare)) = compare else {
            let signs: Vec<&str> = Compare::NAMES.iter().map(|(text, _)| *text).collect();
            return Err(Self::wrong(sign, format!("one of {} after {}", signs.join(" "), quote(name))));
        };
        self.next += 1;
        if matches!(sort, Some(Sort::Words(_))) && !matches!(compare, Compare::Equal | Compare::Not) {
            self.wrongs.push(Self::wrong(sign, format!("= or !=, as {name} is a word")));
        }
        let value = self.value(name, sort)?;
        self.rule.push(Token::Test(name.into(), *compare, value));
        Ok(())
    }

    fn value(&mut self, name: &str, sort: Option<&Sort>) -> Parsed<Value> {
        let piece = self.peek();
        let text = piece.map_or("", |piece| piece.text);
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits && !is_id(text) {
            return Err(Self::wrong(piece, "a whole number or a word"));
        }
        self.next += 1;
        match (sort, digits) {
            (Some(Sort::Number), false) => {
                self.wrongs.push(Self::wrong(piece, format!("a whole number, as {name} is a number")));
            }
            (Some(Sort::Words(words)), _) if !words.iter().any(|word| word == text) => {
                self.wrongs.push(Self::wrong(piece, format!("one of {} for {name}", words.join(" "))));
            }
            _ => {}
        }
        if !digits {
            return Ok(Value::Word(text.into()));
        }
        let number = text.parse::<u32>();
        if number.is_err() && !matches!(sort, Some(Sort::Words(_))) {
            self.wrongs.push(Self::wrong(piece, format!("a whole number of at most {}", u32::MAX)));
        }
        Ok(Value::whole(number.unwrap_or_default()))
    }
}
