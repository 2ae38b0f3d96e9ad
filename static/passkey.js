// Passkeys: asks the browser for one and sends what it answers. Without this script these forms stay hidden.
(function () {
  var form = document.querySelector("form[data-passkey]"), without = document.querySelector("[data-without-passkey]");
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return;
  var line = form.querySelector("[data-failed]"), written = document.getElementById("passkey-options");
  form.hidden = false;
  if (without) without.hidden = true;
  function bytes(letters) {
    var plain = atob(letters.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }
  function letters(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function question() {
    if (written) return Promise.resolve(JSON.parse(written.textContent));
    return fetch(form.action, { headers: { Accept: "application/json" } })
      .then(function (answer) { if (!answer.ok) throw answer; return answer.json(); })
      .then(function (data) { return data.request_options; });
  }
  function ask(options) {
    var asked = options.publicKey;
    asked.challenge = bytes(asked.challenge);
    (asked.allowCredentials || []).concat(asked.excludeCredentials || []).forEach(function (known) { known.id = bytes(known.id); });
    if (form.dataset.passkey !== "create") return navigator.credentials.get({ publicKey: asked });
    asked.user.id = bytes(asked.user.id);
    // Kept on the device where that is possible, so that it can sign in without a password.
    asked.authenticatorSelection.residentKey = "preferred";
    return navigator.credentials.create({ publicKey: asked });
  }
  function told(credential) {
    var answer = {}, names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    names.forEach(function (name) { if (credential.response[name]) answer[name] = letters(credential.response[name]); });
    return JSON.stringify({
      id: credential.id, rawId: letters(credential.rawId), type: credential.type, response: answer,
      clientExtensionResults: credential.getClientExtensionResults()
    });
  }
  form.querySelector("button").addEventListener("click", function () {
    line.textContent = "";
    question().then(ask)
      .then(function (credential) { form.elements.credential.value = told(credential); form.submit(); })
      .catch(function () { line.textContent = line.dataset.failed; });
  });
})();
