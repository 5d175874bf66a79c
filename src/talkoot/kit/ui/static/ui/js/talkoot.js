// Small helps. Every page works without this file.
(() => {
  "use strict";

  // A form is sent once: the second press of its button does nothing. Coming back with the browser opens it again.
  const open = (form) => form.removeAttribute("data-sent");
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.hasAttribute("data-sent")) event.preventDefault();
    else form.setAttribute("data-sent", "");
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(open));

  // A weight: two ranges and two number fields say the same interval.
  const weight = (box) => {
    const [low, high] = box.querySelectorAll('input[type="number"]');
    const pair = box.querySelector(".pair");
    const [from, to] = pair.querySelectorAll('input[type="range"]');
    const bar = pair.querySelector(".bar-fill");
    const draw = () => {
      from.value = low.value || 0;
      to.value = high.value || 100;
      bar.setAttribute("x", Math.min(from.value, to.value));
      bar.setAttribute("width", Math.abs(to.value - from.value));
    };
    const slide = (range, number) => {
      if (range === from && +from.value > +to.value) from.value = to.value;
      if (range === to && +to.value < +from.value) to.value = from.value;
      number.value = range.value;
      draw();
    };
    from.addEventListener("input", () => slide(from, low));
    to.addEventListener("input", () => slide(to, high));
    [low, high].forEach((number) => number.addEventListener("input", draw));
    pair.hidden = false;
    draw();
  };

  const prepare = (root) => {
    root.querySelectorAll("[data-weight]").forEach((box) => {
      if (box.querySelector(".pair[hidden]")) weight(box);
    });
    root.querySelector("[data-focus]")?.focus();
  };
  prepare(document);
  document.addEventListener("htmx:load", (event) => prepare(event.target));
})();
