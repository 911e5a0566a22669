//! A server that takes a file and gives it back, and does nothing else.

use std::path::{Path, PathBuf};

use actix_web::{App, HttpResponse, HttpServer, web};
use futures_util::StreamExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn take(place: web::Data<PathBuf>, mut payload: web::Payload) -> HttpResponse {
    let file = tokio::fs::File::create(place.as_path()).await.expect("a file");
    let mut file = tokio::io::BufWriter::with_capacity(1 << 20, file);
    while let Some(part) = payload.next().await {
        file.write_all(&part.expect("a part")).await.expect("it is written");
    }
    file.flush().await.expect("it is written");
    // What a server has answered for is on the disk.
    file.get_ref().sync_all().await.expect("it is on the disk");
    HttpResponse::NoContent().finish()
}

async fn give(place: web::Data<PathBuf>) -> HttpResponse {
    let file = tokio::fs::File::open(place.as_path()).await.expect("a file");
    let length = file.metadata().await.expect("its length").len();
    let parts = futures_util::stream::unfold(file, |mut file| async {
        let mut part = vec![0; 1 << 16];
        let read = file.read(&mut part).await.expect("a part");
        part.truncate(read);
        (read > 0).then_some((Ok::<_, std::io::Error>(web::Bytes::from(part)), file))
    });
    HttpResponse::Ok().no_chunking(length).streaming(Box::pin(parts))
}

/// Starts it in a thread of its own, and tells where it is.
pub fn start(folder: &Path) -> String {
    std::fs::create_dir_all(folder).expect("a folder");
    let place = web::Data::new(folder.join("file"));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let app = move || {
                let file = web::resource("/file").route(web::put().to(take)).route(web::get().to(give));
                App::new().app_data(place.clone()).service(file)
            };
            HttpServer::new(app).workers(2).listen(listener).expect("a server").run().await
        })
    });
    address
}
