// Runs in a page: its width, the least contrast of any text on a card (WCAG 2.2 §1.4.3), and the least height of a button.
(() => {
  const luminance = (color) => {
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const card = luminance(getComputedStyle(document.querySelector('section:not([hidden])')).backgroundColor);
  const texts = 'dt, dd, p, h2, .pill, .outcome, .note, .name, .ms, .codes';
  const contrasts = [...document.querySelectorAll(texts)]
    .filter((each) => each.closest('main') && each.textContent !== '' && each.getClientRects().length > 0)
    .map((each) => luminance(getComputedStyle(each).color))
    .map((text) => (Math.max(text, card) + 0.05) / (Math.min(text, card) + 0.05));
  const heights = [...document.querySelectorAll('button')].map((each) => each.getBoundingClientRect().height);
  return {
    wide: document.documentElement.scrollWidth,
    contrast: Math.min(...contrasts),
    smallest: Math.min(...heights.filter((height) => height > 0)),
  };
})();
