// The only script of the staff's door: a form with data-key asks a security key and sends what it answers.
(() => {
  "use strict";
  const form = document.querySelector("form[data-key]");
  document.getElementById("no-script").hidden = true;
  const failed = document.getElementById("key-failed");
  const decode = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const encode = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((each) => ({ ...each, id: decode(each.id) }));

  const ask = () => {
    const options = JSON.parse(form.dataset.key);
    options.challenge = decode(options.challenge);
    if (!options.user) {
      options.allowCredentials = known(options.allowCredentials);
      return navigator.credentials.get({ publicKey: options });
    }
    options.user.id = decode(options.user.id);
    options.excludeCredentials = known(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  };

  const describe = (key) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) response[name] = encode(key.response[name]);
    }
    return JSON.stringify({ id: key.id, rawId: encode(key.rawId), type: key.type, response, clientExtensionResults: {} });
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      form.credential.value = describe(await ask());
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
})();
