//! The platform of the corpus.

//~v shop.rules.stock_up trigger
appos::platform!(ledger, shop, first_start = shop::rules::stock_up);
