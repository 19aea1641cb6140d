// Says what becomes of a press on a slow or broken line: sending, still trying, not sent. Forms work without it, too.
(function () {
  "use strict";
  var SLOW = 5000, GIVE_UP = 30000, clock;
  var words = { // here and not in the pages: they would travel with each of them
    kk: ["Жіберілуде…", "Байланыс баяу. Әлі жіберіп жатырмыз…",
      "Жіберілмеді: байланыс жоқ. Жауаптарыңыз осы бетте сақталып тұр. Батырманы қайта басыңыз: екі рет жіберілмейді.",
      "Жіберілмеді: мәтін тым ұзын немесе файлдар тым үлкен. Жазғаныңыз осы бетте тұр: қысқартып, қайта жіберіңіз."],
    ru: ["Отправляем…", "Связь медленная. Всё ещё отправляем…",
      "Не отправлено: нет связи. Ваши ответы остались здесь. Нажмите ещё раз: дважды ничего не уйдёт.",
      "Не отправлено: текст слишком длинный или файлы слишком большие. Всё осталось здесь: сократите и отправьте снова."],
    en: ["Sending…", "The line is slow. Still trying…",
      "Not sent: no connection. Your answers are still here. Press once more: nothing is sent twice.",
      "Not sent: the text is too long or the files are too large. All is still here: make it shorter and send it again."]
  }[document.documentElement.lang] || [];

  window.addEventListener("load", function () { // the page holds the rules it began with; what comes into it may need others
    var file = document.querySelector("link[rel=prefetch]");
    if (file) file.rel = "stylesheet";
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (event.submitter && event.submitter.closest("#languages")) return event.stopImmediatePropagation(); // a whole page
    if (form.getAttribute("aria-busy")) stop(event); // a second tap
    else if (navigator.onLine === false) {
      stop(event);
      fail(form, words[2]);
    } else start(form);
  }, true);

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented && !form.hasAttribute("hx-post")) end(form);
  });

  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.timeout = event.target.enctype === "multipart/form-data" ? 10 * GIVE_UP : GIVE_UP;
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    var answer = event.detail.xhr;
    if (!answer || !answer.getResponseHeader("HX-Redirect")) end(event.target);
  });

  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var status = name === "htmx:responseError" ? event.detail.xhr.status : 0;
      if (/^(0|50[234])$/.test(status)) fail(event.target, words[2]);
      else if (status === 413) fail(event.target, words[3]);
    });
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[aria-busy]").forEach(end);
  });

  function stop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function start(form) {
    form.setAttribute("aria-busy", "true");
    say(form, "status", words[0]);
    clock = setTimeout(function () { say(form, "status", words[1]); }, SLOW);
  }

  function end(form) {
    clearTimeout(clock);
    form.removeAttribute("aria-busy");
    var line = form.querySelector("[data-line][role=status]");
    if (line) line.remove();
  }

  function fail(form, text) {
    end(form);
    say(form, "alert", text);
  }

  function say(form, role, text) {
    var line = form.querySelector("[data-line]") || form.appendChild(document.createElement("p"));
    line.dataset.line = "";
    line.className = role === "alert" ? "error" : "hint";
    line.setAttribute("role", role);
    line.textContent = text;
  }
})();
