// Vietnamese text as the server compares it (resolution03/lib/text.py).

// Small letters without marks, đ→d, single spaces: for searching.
export function fold(text) {
  const bare = text.normalize("NFD").replace(/[\u0300-\u036f'’‘ʼ`´]/g, "").toLowerCase();
  return bare.replace(/[đð]/g, "d").trim().replace(/\s+/g, " ");
}

// NFC, Ð→Đ, tone placement, case, spaces and commas do not count: for comparing with levels.
export function matchKey(text) {
  const squeezed = text.normalize("NFC").replace(/[ÐðƉ]/g, "Đ").toLowerCase().replace(/[\s,]+/g, "");
  const moved = squeezed.normalize("NFD").replace(
    /(?<!q)(?:(o)([\u0300\u0301\u0303\u0309\u0323])([ae])|(u)([\u0300\u0301\u0303\u0309\u0323])(y))/g,
    (_, o, tone, a, u, other, y) => (o ? o + a + tone : u + y + other),
  );
  return moved.normalize("NFC");
}

// As a text is stored: trimmed, single spaces.
export function squeeze(text) {
  return text.trim().replace(/\s+/g, " ");
}
