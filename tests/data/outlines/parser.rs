use std::fmt;

pub const LIMIT: usize = 4;
static NAME: &str = "x";

pub mod tokens {
    pub type Id = u32;
}

#[derive(Debug)]
pub struct Parser<'a> {
    text: &'a str,
    pub at: usize,
}

pub enum Token {
    Word(String),
    End,
}

pub trait Parse {
    fn parse(&mut self) -> Token;
}

impl<'a> Parse for Parser<'a> {
    fn parse(&mut self) -> Token {
        let local = 1;
        Token::End
    }
}

macro_rules! check {
    ($x:expr) => { $x };
}

union Bits { a: u32, b: f32 }

pub async fn run<T>(x: T) -> Result<(), ()> where T: Copy {
    Ok(())
}
