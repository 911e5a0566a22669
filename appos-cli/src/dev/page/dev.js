// Reloads the page when the program behind it is another one, or does not build.
(() => {
  const own = document.currentScript.dataset.generation;
  let source;
  const close = () => {
    source?.close();
    source = undefined;
  };
  const open = () => {
    // A page that nobody sees needs no connection: browsers have few for one host.
    if (source || document.hidden) return;
    source = new EventSource("/__appos/dev/events");
    source.addEventListener("state", (event) => {
      const { generation } = JSON.parse(event.data);
      if (generation === own) return;
      close();
      location.reload();
    });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
})();
