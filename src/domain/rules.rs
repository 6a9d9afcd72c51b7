//! Rules over facts: a small condition language, compiled to postfix, with three-valued answers.
//!
//! Knows facts by name and how to compare them. Must not know where a fact comes from, nor the written form of a rule
//! (docs/packs.md), which the author's side turns into this one.

use std::cmp::Ordering;

/// What a fact is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// A number as a fraction: percentages stay exact. The second is above 0.
    Number(u32, u32),
    /// One of a few words, `yes` and `no` among them.
    Word(String),
    /// Not known: a comparison with it is neither true nor false.
    Unknown,
}

impl Value {
    pub fn whole(number: impl Into<u32>) -> Value {
        Value::Number(number.into(), 1)
    }

    pub fn flag(on: bool) -> Value {
        Value::Word(if on { "yes" } else { "no" }.into())
    }

    /// A number, or not known.
    pub fn maybe(number: Option<u32>) -> Value {
        number.map_or(Value::Unknown, Value::whole)
    }
}

/// Named facts.
pub type Facts = Vec<(String, Value)>;

/// How two sides are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compare {
    Less,
    AtMost,
    Equal,
    Not,
    AtLeast,
    More,
}

impl Compare {
    pub const NAMES: [(&str, Compare); 6] = [
        ("<", Compare::Less),
        ("<=", Compare::AtMost),
        ("=", Compare::Equal),
        ("!=", Compare::Not),
        (">=", Compare::AtLeast),
        (">", Compare::More),
    ];

    fn holds(self, order: Ordering) -> bool {
        match self {
            Compare::Less => order == Ordering::Less,
            Compare::AtMost => order != Ordering::Greater,
            Compare::Equal => order == Ordering::Equal,
            Compare::Not => order != Ordering::Equal,
            Compare::AtLeast => order != Ordering::Less,
            Compare::More => order == Ordering::Greater,
        }
    }
}

/// One piece of a rule in postfix order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Token {
    /// Is the fact known? True or false, never unknown.
    Known(String),
    /// A fact compared with a number or a word.
    Test(String, Compare, Value),
    Not,
    And,
    Or,
}

/// The most values that may wait for their `and` or `or` at one time. A written rule needs two a level of brackets.
const OPEN_MAX: usize = 64;

/// A condition.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rule(pub Vec<Token>);

impl Rule {
    /// True, false, or not known (Kleene). A rule that is put together wrongly is not known.
    pub fn value(&self, facts: &[(String, Value)]) -> Option<bool> {
        self.value_by(|_, name| fact(facts, name))
    }

    /// The same with any way to look a fact up: by the index of its token, or by its name.
    pub fn value_by<'a>(&self, fact: impl Fn(usize, &str) -> &'a Value) -> Option<bool> {
        // No allocation: a million sheets ask a dozen rules each.
        let mut stack = [None; OPEN_MAX];
        let mut open = 0;
        for (index, token) in self.0.iter().enumerate() {
            let mut pop = || {
                open = usize::checked_sub(open, 1)?;
                stack.get(open).copied()
            };
            let result = match token {
                Token::Known(name) => Some(*fact(index, name) != Value::Unknown),
                Token::Test(name, compare, with) => test(fact(index, name), *compare, with),
                Token::Not => pop()?.map(|value: bool| !value),
                Token::And | Token::Or => {
                    let (b, a) = (pop()?, pop()?);
                    // The value that decides alone: false for and, true for or.
                    let decides = *token == Token::Or;
                    if a == Some(decides) || b == Some(decides) { Some(decides) } else { a.and(b) }
                }
            };
            *stack.get_mut(open)? = result;
            open += 1;
        }
        if open == 1 { stack[0] } else { None }
    }

    /// Does it hold for sure?
    pub fn holds(&self, facts: &[(String, Value)]) -> bool {
        self.value(facts) == Some(true)
    }

    /// The names of the facts that it rests on, in its order, each once.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for token in &self.0 {
            if let Token::Known(name) | Token::Test(name, ..) = token
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        }
        names
    }
}

/// A fact by name; one that is not there is not known.
pub fn fact<'a>(facts: &'a [(String, Value)], name: &str) -> &'a Value {
    facts.iter().find(|(known, _)| known == name).map_or(&Value::Unknown, |(_, value)| value)
}

fn test(left: &Value, compare: Compare, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Number(a, b), Value::Number(c, d)) => {
            let cross = |x: u32, y: u32| u64::from(x) * u64::from(y);
            Some(compare.holds(cross(*a, *d).cmp(&cross(*c, *b))))
        }
        (Value::Word(a), Value::Word(b)) => match compare {
            Compare::Equal => Some(a == b),
            Compare::Not => Some(a != b),
            _ => None,
        },
        _ => None,
    }
}
