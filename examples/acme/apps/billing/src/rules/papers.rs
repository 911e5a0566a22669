//! Invoices: how the money for them is collected, and how they are printed.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref as Part, Str};

/// Begins to collect an invoice. Whoever asks again is told of the same collection.
#[expression_rule(use = ["billing_users"], description = "Collects the money for an invoice")]
async fn collect(invoice_id: Id<Invoice>) -> Result<Uuid> {
    let invoice = records::Invoice::get(invoice_id).await?;
    let collection = processes::collect_invoice(invoice.id).key(format!("invoice {}", invoice.id)).start().await?;
    Ok(collection.id)
}

/// An invoice on a page of A4.
pub fn pdf_of(invoice: &records::Invoice, lines: &[records::InvoiceLine]) -> Vec<u8> {
    let [catalog, pages, page, font, words] = [1, 2, 3, 4, 5].map(Part::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    let mut sheet = pdf.page(page);
    sheet.media_box(Rect::new(0.0, 0.0, 595.0, 842.0)).parent(pages).contents(words);
    sheet.resources().fonts().pair(Name(b"F1"), font);
    sheet.finish();
    pdf.type1_font(font).base_font(Name(b"Helvetica")).encoding_predefined(Name(b"WinAnsiEncoding"));

    let positions = lines.iter().map(|line| {
        let what = line.description.clone().unwrap_or_else(|| format!("Article {}", line.article));
        format!("{} x {what}: {}", line.quantity, line.unit_price)
    });
    let head = [format!("Invoice {}", invoice.number), format!("of {}", invoice.issued_on)];
    let mut text = Content::new();
    text.begin_text().set_font(Name(b"F1"), 12.0).set_leading(18.0).next_line(60.0, 780.0);
    for line in head.into_iter().chain(positions).chain([format!("Total: {}", invoice.total)]) {
        // The font has the signs of western Europe.
        let line: Vec<u8> = line.chars().map(|sign| u8::try_from(u32::from(sign)).unwrap_or(b'?')).collect();
        text.show(Str(&line)).next_line_using_leading();
    }
    text.end_text();
    pdf.stream(words, &text.finish());
    pdf.finish()
}
