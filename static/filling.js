// Saves each answer as it is given. Without this script every step is saved when the visitor goes on.
(function () {
  var form = document.querySelector("form[data-save]");
  if (!form || !window.fetch || !window.URLSearchParams) return;
  var line = form.querySelector(".saved"), waiting = {}, running;
  function value(name) {
    var field = form.elements[name];
    return field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
  }
  function save() {
    var sent = {}, body = new URLSearchParams();
    for (var name in waiting) {
      sent[name] = value(name);
      if (sent[name] || name !== "consent") body.append(name, sent[name]);
      body.append("was-" + name, form.elements["was-" + name].value);
    }
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (running) running.abort();
    running = new AbortController();
    line.textContent = form.dataset.busy;
    fetch(form.dataset.save, { method: "POST", body: body, signal: running.signal, keepalive: true })
      .then(function (answer) { if (!answer.ok || answer.redirected) throw answer; return answer.text(); })
      .then(function (words) {
        for (var name in sent) {
          form.elements["was-" + name].value = sent[name];
          if (value(name) === sent[name]) delete waiting[name];
        }
        line.textContent = words;
      })
      .catch(function (error) { if (error.name !== "AbortError") line.textContent = form.dataset.failed; });
  }
  form.addEventListener("change", function (event) {
    if (!form.elements["was-" + event.target.name]) return;
    waiting[event.target.name] = true;
    save();
  });
  form.querySelectorAll("[data-max]").forEach(function (field) {
    var left = document.createElement("p");
    left.className = "hint";
    field.after(left);
    function count() { left.textContent = form.dataset.left.replace("#", field.dataset.max - field.value.length); }
    field.addEventListener("input", count);
    count();
  });
})();
