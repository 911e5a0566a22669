//! Names of types as keys have them.

/// `order_status` of `OrderStatus`.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut before_is_lower = false;
    for letter in name.chars() {
        if letter.is_uppercase() && before_is_lower {
            snake.push('_');
        }
        before_is_lower = letter.is_lowercase() || letter.is_ascii_digit();
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::snake;

    #[test]
    fn words_are_parted() {
        assert_eq!([snake("Tier"), snake("OrderStatus"), snake("Iso2Code")], ["tier", "order_status", "iso2_code"]);
    }
}
