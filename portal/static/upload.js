// Sends files while the page is still open: photos shrunk, in small pieces (tus 1.0), going on after a break.
// Without it, or when it fails, the form sends them whole.
(function () {
  "use strict";
  if (!window.fetch || !window.AbortController) return;
  var CHUNK = 65536, SIDE = 1600, TRIES = 12;
  var sending = 0, pressed = null;

  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.matches("input[data-uploads]") && input.files.length) sendAll(input);
  });

  document.addEventListener("submit", function (event) {
    var button = event.submitter, input = button && button.name === "add" && event.target.elements[button.value];
    var again = input && input.matches && input.matches("[data-left]") && input.files.length;
    if (!sending && !again) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    var box = document.querySelector("[data-busy]");
    if (box) {
      say(box, box.dataset.wait);
      pressed = button && button.name !== "add" ? button : pressed; // goes on once everything is there
    } else {
      delete input.dataset.left; // a third time the form itself sends what is left
      sendAll(input, true);
    }
  }, true);

  async function sendAll(input, again) {
    var box = input.closest("fieldset"), bar = document.createElement("progress"), trouble = "";
    var files = Array.from(input.files), left = [], token = input.form.elements.csrf_token.value;
    bar.setAttribute("aria-label", box.dataset.sending);
    input.after(bar);
    input.disabled = true;
    box.dataset.busy = "1";
    sending++;
    say(box, box.dataset.sending);
    for (var file of files) {
      try {
        var small = await shrink(file);
        var name = small === file ? file.name : file.name.replace(/\.[^.]*$/, "") + ".jpg";
        await send(input, token, small, name, file, bar);
      } catch (error) {
        if (!error.final) left.push(file);
        trouble += (error.final ? file.name + ": " + error.message : box.dataset.failed) + " ";
      }
    }
    sending--;
    delete box.dataset.busy;
    bar.remove();
    input.disabled = false;
    keep(input, left);
    if (left.length && !again) input.dataset.left = "1";
    say(box, trouble);
    await refresh(input);
    if (sending) return;
    var next = pressed;
    pressed = null;
    if (next && !trouble) next.click();
  }

  function say(box, text) {
    box.querySelector("[role=status]").textContent = text;
  }

  function keep(input, files) {
    try {
      var held = new DataTransfer();
      files.forEach(function (file) { held.items.add(file); });
      input.files = held.files;
    } catch (error) {
      if (!files.length) input.value = "";
    }
  }

  async function shrink(file) {
    if (!/^image\//.test(file.type) || !window.createImageBitmap) return file;
    try {
      var picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      var scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      if (scale === 1 && file.size < 4e5 && /jpeg|png/.test(file.type)) return file;
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      var pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.imageSmoothingQuality = "high";
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      var small = null;
      for (var quality of [0.8, 0.65, 0.5]) { // less only where it is still large: print stays readable
        small = await new Promise(function (done) { canvas.toBlob(done, "image/jpeg", quality); });
        if (!small || small.size <= 3e5) break;
      }
      return small && (small.size < file.size || !/jpeg|png/.test(file.type)) ? small : file;
    } catch (error) {
      return file;
    }
  }

  async function send(input, token, blob, name, file, bar) {
    var print = ["tus", input.dataset.uploads, input.name, file.name, file.size, file.lastModified, blob.size].join();
    var address = recall(print), offset = -1, tries = 0;
    bar.max = blob.size;
    while (offset < blob.size) {
      var answer = null, method = !address ? "POST" : offset < 0 ? "HEAD" : "PATCH", headers = { "Tus-Resumable": "1.0.0" };
      if (method !== "HEAD") {
        headers["X-CSRF-Token"] = token;
        headers["Content-Type"] = "application/offset+octet-stream";
      }
      if (method === "POST") {
        headers["Upload-Length"] = blob.size;
        headers["Upload-Metadata"] = "filename " + base64(name) + ",field " + base64(input.name);
      }
      if (method === "PATCH") headers["Upload-Offset"] = offset;
      var start = method === "PATCH" ? offset : 0;
      var body = method === "HEAD" ? undefined : blob.slice(start, start + CHUNK);
      try {
        answer = await ask(address || input.dataset.uploads, { method: method, headers: headers, body: body, redirect: "manual" });
      } catch (error) { /* the line broke: ask how far we came */ }
      if (answer && answer.type === "opaqueredirect") throw new Error(); // signed out
      var status = answer ? answer.status : 0;
      if (status === 200 || status === 201 || status === 204) {
        address = answer.headers.get("Location") || address;
        var reached = +answer.headers.get("Upload-Offset");
        if (reached > offset) tries = 0;
        bar.value = offset = reached;
        recall(print, address);
        continue;
      }
      if (status === 404 || status === 410) address = "";
      else if (status && status < 500 && status !== 409 && status !== 429 && status !== 460) {
        recall(print, "");
        var problem = new Error(status === 413 || status === 422 ? await answer.text() : "");
        problem.final = !!problem.message;
        throw problem;
      }
      offset = -1;
      if (++tries > TRIES) throw new Error();
      await pause(Math.min(30000, 500 * Math.pow(2, tries)));
    }
    recall(print, "");
  }

  function ask(address, options) {
    var stop = new AbortController(), clock = setTimeout(function () { stop.abort(); }, 120000);
    options.signal = stop.signal;
    return fetch(address, options).finally(function () { clearTimeout(clock); });
  }

  function pause(time) {
    return new Promise(function (done) {
      setTimeout(done, time);
      window.addEventListener("online", done, { once: true });
    });
  }

  function recall(print, address) {
    try {
      if (address === undefined) return sessionStorage.getItem(print) || "";
      if (address) sessionStorage.setItem(print, address);
      else sessionStorage.removeItem(print);
    } catch (error) { /* storage is off: then an upload ends with its page */ }
    return "";
  }

  function base64(text) {
    return btoa(unescape(encodeURIComponent(text)));
  }

  function forget(input) {
    var box = input.closest("fieldset"), summary = document.getElementById("errors");
    var said = document.getElementById(input.id + "-error");
    if (!said) return;
    said.remove();
    box.classList.remove("bad");
    box.removeAttribute("aria-invalid");
    if (document.getElementById(input.id + "-hint")) box.setAttribute("aria-describedby", input.id + "-hint");
    else box.removeAttribute("aria-describedby");
    if (!summary) return;
    summary.querySelectorAll("a").forEach(function (link) {
      if (link.hash === "#" + input.id) link.closest("li").remove();
    });
    if (!summary.querySelector("li")) summary.remove();
  }

  async function refresh(input) {
    try {
      var page = await (await fetch(location.href)).text();
      var fresh = new DOMParser().parseFromString(page, "text/html").getElementById(input.id + "-files");
      var list = document.getElementById(input.id + "-files");
      if (fresh && list) list.replaceWith(fresh);
      if (fresh && fresh.querySelector("li")) forget(input); // what was said of a missing file is no longer so
    } catch (error) { /* the next page shows it */ }
  }
})();
