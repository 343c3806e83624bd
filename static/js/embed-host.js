// For a page that shows cards of Parallax: makes each frame as high as its card says. Other frames are left alone.
(() => {
  "use strict";
  addEventListener("message", (event) => {
    if (event.data?.parallax !== "height") return;
    const height = Number(event.data.height);
    if (!(height > 0 && height < 5000)) return;
    for (const frame of document.querySelectorAll("iframe[data-parallax]")) {
      if (frame.contentWindow === event.source) frame.height = height;
    }
  });
})();
