// On the signing page: where "NCALayer" is chosen, the button asks NCALayer on this computer for the signature of the
// file to sign, and sends it. Without this script the same file is saved, signed and sent back by hand.
(function () {
  "use strict";
  var form = document.querySelector("form[data-ncalayer]");
  var link = document.getElementById("to-sign");
  if (!form || !link || !window.WebSocket || !window.fetch) return;
  var words = form.dataset;
  var says = document.getElementById("ncalayer");
  var button = form.querySelector("button");
  var socket = null;

  function say(text) {
    says.textContent = text;
  }

  function stop(text) {
    say(text);
    button.disabled = false;
    form.dispatchEvent(new CustomEvent("htmx:afterRequest", { bubbles: true, detail: {} })); // line.js: no longer busy
    if (socket) {
      var open = socket;
      socket = null;
      open.close();
    }
  }

  function base64(buffer) {
    var text = "";
    new Uint8Array(buffer).forEach(function (byte) {
      text += String.fromCharCode(byte);
    });
    return btoa(text);
  }

  function question(data) {
    var signer = { extKeyUsageOids: ["1.3.6.1.5.5.7.3.4"] };
    if ("trial" in words) signer.chain = [];
    return JSON.stringify({
      module: "kz.gov.pki.knca.basics",
      method: "sign",
      args: {
        allowedStorages: null,
        format: "cms",
        data: data,
        signingParams: { decode: true, encapsulate: false, digested: false },
        signerParams: signer,
        locale: document.documentElement.lang
      }
    });
  }

  function answered(message) {
    var signed = message.body && message.body.result;
    if (!message.status) return stop(words.failed);
    if (!signed || !signed.length) return stop(words.cancelled);
    form.elements.signed.value = [].concat(signed)[0];
    say("");
    form.submit();
  }

  function sign(data) {
    var greeted = false;
    socket = new WebSocket("wss://127.0.0.1:13579/");
    socket.onmessage = function (event) {
      var message;
      if (event.data === "--heartbeat--") return socket.send(event.data);
      try {
        message = JSON.parse(event.data);
      } catch (error) {
        return stop(words.failed);
      }
      if (greeted) return answered(message);
      greeted = true;
      socket.send(question(data));
    };
    socket.onerror = socket.onclose = function () {
      if (socket) stop(words.absent);
    };
  }

  // htmx sends the form itself unless its question is answered with no
  form.addEventListener(window.htmx ? "htmx:confirm" : "submit", function (event) {
    var pressed = (event.detail && event.detail.triggeringEvent || event).submitter;
    if (form.elements.method.value !== "ncalayer" || (pressed && pressed.name)) return;
    event.preventDefault();
    button.disabled = true;
    say(words.waiting);
    fetch(link.href, { credentials: "same-origin" })
      .then(function (response) {
        if (!response.ok) throw new Error(response.status);
        return response.arrayBuffer();
      })
      .then(base64)
      .then(sign)
      .catch(function () {
        stop(words.failed);
      });
  });
})();
