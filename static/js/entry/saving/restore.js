// What was typed before a reload is put back on its row and sent with the version it was typed on.

// Rows that are not in this list are sent as well; `notices` says what became of those.
export function restore({ page, sheet, store, saving, post, notices }) {
  const rows = [], strays = [];
  for (const kept of store.read()) {
    const row = sheet.byId.get(kept.id);
    if (row) rows.push(row) && row.putBack(kept);
    else strays.push(kept);
  }
  const typed = rows.filter((row) => row.isUnsaved);
  store.keep(rows.filter((row) => !row.unread));
  saving.queue(typed.filter((row) => row.isDirty && !row.unread));
  sheet.touch(...typed);
  if (typed.length) notices.restored(typed.length);
  if (strays.length) sendStrays(page, store, post, notices, strays);
}

// How many of those that are kept and stand in no row here were stored.
export async function sendStrays(page, store, post, notices, strays) {
  const lines = strays.map(({ id, version, values }) => ({ line: id, version, changes: values }));
  const { answers = [], failure, refusal } = await post.send(lines.slice(0, page.data.atOnce));
  if (failure) return 0;
  const found = new Map(answers.map((answer) => [answer.line, answer]));
  let saved = 0;
  for (const kept of strays) {
    const answer = found.get(kept.id) || (refusal && { state: "refused", why: refusal });
    saved += answer?.state === "saved";
    if (answer?.state === "saved") store.drop(kept.id);
    else if (answer) notices.stray(kept, answer);
  }
  return saved;
}
